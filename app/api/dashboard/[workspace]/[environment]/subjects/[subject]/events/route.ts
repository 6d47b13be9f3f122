// Owns the route of fetching a subject's events, as whoever polls gets them.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { subjectCalls } from "@/lib/server/http/subject-calls";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("events:read", subjectCalls.listEvents);
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
