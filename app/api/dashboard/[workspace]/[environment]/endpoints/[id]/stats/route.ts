// Owns the route of one endpoint's numbers of the last 24 hours.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", endpointCalls.stats);
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
