// Owns the route of the early end of a retiring secret.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const DELETE = withApiKey("endpoints:write", endpointCalls.retireSecret);
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH } = methodNotAllowed(["DELETE"]);
