// Owns the route of how an endpoint authenticates itself with a header or token.
import { endpointAuthCalls } from "@/lib/server/http/endpoint-auth-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", endpointAuthCalls.get);
export const PUT = withOperator("endpoints:write", endpointAuthCalls.set);
export const DELETE = withOperator("endpoints:write", endpointAuthCalls.remove);
export const { HEAD, OPTIONS, POST, PATCH } = methodNotAllowed(["GET", "PUT", "DELETE"]);
