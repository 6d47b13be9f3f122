// Owns the route of a webhook channel's new secret.
import { alertCalls } from "@/lib/server/http/alert-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("alerts:write", alertCalls.rotateChannelSecret);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
