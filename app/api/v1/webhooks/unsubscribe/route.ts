// Owns the route of ending a subscription.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { webhookCalls } from "@/lib/server/http/webhook-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("endpoints:write", webhookCalls.unsubscribe);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
