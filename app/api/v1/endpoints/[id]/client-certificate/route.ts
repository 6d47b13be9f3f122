// Owns the route of an endpoint's client certificate.
import { endpointAuthCalls } from "@/lib/server/http/endpoint-auth-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const PUT = withApiKey("endpoints:write", endpointAuthCalls.setCertificate);
export const DELETE = withApiKey("endpoints:write", endpointAuthCalls.removeCertificate);
export const { GET, HEAD, OPTIONS, POST, PATCH } = methodNotAllowed(["PUT", "DELETE"]);
