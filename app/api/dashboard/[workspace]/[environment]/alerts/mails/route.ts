// Owns the route of the mails that were written.
import { alertCalls } from "@/lib/server/http/alert-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("alerts:read", alertCalls.listMails);
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
