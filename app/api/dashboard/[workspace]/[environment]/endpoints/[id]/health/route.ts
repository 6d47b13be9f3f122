// Owns the route of one endpoint's health.
import { endpointHealthCall } from "@/lib/server/http/endpoint-health-call";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", endpointHealthCall);
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
