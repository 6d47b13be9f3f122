// Owns the route of the early end of a retiring secret.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const DELETE = withOperator("endpoints:write", endpointCalls.retireSecret);
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH } = methodNotAllowed(["DELETE"]);
