// Owns the route of enabling an endpoint and deciding about its held deliveries.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("endpoints:write", endpointCalls.enable);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
