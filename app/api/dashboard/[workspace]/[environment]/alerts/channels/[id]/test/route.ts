// Owns the route of a test through one alert channel.
import { alertCalls } from "@/lib/server/http/alert-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("alerts:write", alertCalls.testChannel);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
