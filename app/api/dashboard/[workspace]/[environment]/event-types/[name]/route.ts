// Owns the route of one event type: read, change, delete.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("endpoints:read", catalogueCalls.get);
export const PATCH = withOperator("endpoints:write", catalogueCalls.update);
export const DELETE = withOperator("endpoints:write", catalogueCalls.remove);
export const { HEAD, OPTIONS, POST, PUT } = methodNotAllowed(["GET", "PATCH", "DELETE"]);
