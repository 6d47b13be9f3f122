// Owns the route of fetching a subject's events.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { subjectCalls } from "@/lib/server/http/subject-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("events:read", subjectCalls.listEvents);
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
