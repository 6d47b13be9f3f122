// Owns the route of the environment's settings.
import { environmentCalls } from "@/lib/server/http/environment-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", environmentCalls.get);
export const PATCH = withOperator("endpoints:write", environmentCalls.update);
export const { HEAD, OPTIONS, POST, PUT, DELETE } = methodNotAllowed(["GET", "PATCH"]);
