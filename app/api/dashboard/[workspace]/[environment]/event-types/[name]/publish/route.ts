// Owns the route of sending an example to everybody who takes it, in the sandbox.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("events:write", catalogueCalls.publish);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
