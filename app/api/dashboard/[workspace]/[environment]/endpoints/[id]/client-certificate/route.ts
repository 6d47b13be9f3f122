// Owns the route of an endpoint's client certificate.
import { endpointAuthCalls } from "@/lib/server/http/endpoint-auth-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const PUT = withOperator("endpoints:write", endpointAuthCalls.setCertificate);
export const DELETE = withOperator("endpoints:write", endpointAuthCalls.removeCertificate);
export const { GET, HEAD, OPTIONS, POST, PATCH } = methodNotAllowed(["PUT", "DELETE"]);
