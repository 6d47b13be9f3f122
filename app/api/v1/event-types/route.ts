// Owns the route of the names of event types that are known.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", endpointCalls.listEventTypes);
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
