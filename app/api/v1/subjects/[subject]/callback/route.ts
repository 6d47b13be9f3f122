// Owns the route of a subject's callback: set, read, end.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { subjectCalls } from "@/lib/server/http/subject-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", subjectCalls.getCallback);
export const PUT = withApiKey("endpoints:write", subjectCalls.putCallback);
export const DELETE = withApiKey("endpoints:write", subjectCalls.endCallback);
export const { HEAD, OPTIONS, POST, PATCH } = methodNotAllowed(["GET", "PUT", "DELETE"]);
