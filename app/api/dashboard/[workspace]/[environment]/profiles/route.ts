// Owns the route of the collection of profiles: list, create.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("profiles:read", profileCalls.list);
export const POST = withOperator("profiles:write", profileCalls.create);
export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
