// Owns the route of one endpoint: read, change settings, delete.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", endpointCalls.get);
export const PATCH = withApiKey("endpoints:write", endpointCalls.update);
export const DELETE = withApiKey("endpoints:write", endpointCalls.remove);
export const { HEAD, OPTIONS, POST, PUT } = methodNotAllowed(["GET", "PATCH", "DELETE"]);
