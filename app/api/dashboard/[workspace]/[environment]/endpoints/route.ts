// Owns the route of the collection of endpoints: list, create.
import { endpointCalls } from "@/lib/server/http/endpoint-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", endpointCalls.list);
export const POST = withOperator("endpoints:write", endpointCalls.create);
export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
