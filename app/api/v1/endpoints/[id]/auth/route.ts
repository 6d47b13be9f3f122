// Owns the route of how an endpoint authenticates itself with a header or token.
import { endpointAuthCalls } from "@/lib/server/http/endpoint-auth-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", endpointAuthCalls.get);
export const PUT = withApiKey("endpoints:write", endpointAuthCalls.set);
export const DELETE = withApiKey("endpoints:write", endpointAuthCalls.remove);
export const { HEAD, OPTIONS, POST, PATCH } = methodNotAllowed(["GET", "PUT", "DELETE"]);
