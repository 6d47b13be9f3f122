// Owns the route of tests: what a profile makes of an event, really sent.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("profiles:write", profileCalls.test);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
