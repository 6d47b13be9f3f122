// Owns the route of one profile: read, change.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("profiles:read", profileCalls.get);
export const PATCH = withOperator("profiles:write", profileCalls.update);
export const { HEAD, OPTIONS, POST, PUT, DELETE } = methodNotAllowed(["GET", "PATCH"]);
