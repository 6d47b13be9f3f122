// Owns the route of the collection of endpoints: list, create.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", endpointCalls.list);
export const POST = withApiKey("endpoints:write", endpointCalls.create);
export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
