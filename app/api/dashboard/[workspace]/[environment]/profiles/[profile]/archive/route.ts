// Owns the route of taking a profile out of use.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("profiles:write", profileCalls.archive);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
