// Owns the route of one alert channel.
import { alertCalls } from "@/lib/server/http/alert-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const PATCH = withOperator("alerts:write", alertCalls.updateChannel);
export const DELETE = withOperator("alerts:write", alertCalls.deleteChannel);
export const { GET, HEAD, OPTIONS, POST, PUT } = methodNotAllowed(["PATCH", "DELETE"]);
