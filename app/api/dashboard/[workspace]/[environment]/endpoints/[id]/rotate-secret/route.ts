// Owns the route of rotation of the signing secret; the answer shows the new one, once.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("endpoints:write", endpointCalls.rotateSecret);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
