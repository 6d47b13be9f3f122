// Owns the route of alert channels.
import { alertCalls } from "@/lib/server/http/alert-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("alerts:read", alertCalls.listChannels);
export const POST = withOperator("alerts:write", alertCalls.createChannel);
export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
