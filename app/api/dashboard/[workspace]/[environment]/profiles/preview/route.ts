// Owns the route of previews: the exact request that a profile makes of an event, without sending it.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("profiles:read", profileCalls.preview);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
