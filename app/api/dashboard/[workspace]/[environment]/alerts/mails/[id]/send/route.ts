// Owns the route that lets a mail go out again.
import { alertCalls } from "@/lib/server/http/alert-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("alerts:write", alertCalls.sendMailAgain);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
