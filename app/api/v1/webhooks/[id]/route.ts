// Owns the route of one subscription: end it.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { webhookCalls } from "@/lib/server/http/webhook-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const DELETE = withApiKey("endpoints:write", webhookCalls.remove);
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH } = methodNotAllowed(["DELETE"]);
