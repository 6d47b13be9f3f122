// Owns the route of the collection of event types: list, create.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", catalogueCalls.list);
export const POST = withOperator("endpoints:write", catalogueCalls.create);
export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
