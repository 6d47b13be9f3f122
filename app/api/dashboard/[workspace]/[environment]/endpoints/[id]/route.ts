// Owns the route of one endpoint: read, change settings, delete.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", endpointCalls.get);
export const PATCH = withOperator("endpoints:write", endpointCalls.update);
export const DELETE = withOperator("endpoints:write", endpointCalls.remove);
export const { HEAD, OPTIONS, POST, PUT } = methodNotAllowed(["GET", "PATCH", "DELETE"]);
