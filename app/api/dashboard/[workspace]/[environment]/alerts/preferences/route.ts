// Owns the route of one's own e-mail preferences: everybody who may read alerts decides for themselves.
import { alertCalls } from "@/lib/server/http/alert-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("alerts:read", alertCalls.getPreferences);
export const PUT = withOperator("alerts:read", alertCalls.updatePreferences);
export const { HEAD, OPTIONS, POST, PATCH, DELETE } = methodNotAllowed(["GET", "PUT"]);
