// Owns the route of installing and removing a pack of event types.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("endpoints:write", catalogueCalls.installPack);
export const DELETE = withOperator("endpoints:write", catalogueCalls.removePack);
export const { GET, HEAD, OPTIONS, PUT, PATCH } = methodNotAllowed(["POST", "DELETE"]);
