// Owns the route of a subject's callback: read, end.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { subjectCalls } from "@/lib/server/http/subject-calls";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", subjectCalls.getCallback);
export const DELETE = withOperator("endpoints:write", subjectCalls.endCallback);
export const { HEAD, OPTIONS, POST, PUT, PATCH } = methodNotAllowed(["GET", "DELETE"]);
