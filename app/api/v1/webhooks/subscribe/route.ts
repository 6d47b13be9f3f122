// Owns the route of making a subscription in one call.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { webhookCalls } from "@/lib/server/http/webhook-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("endpoints:write", webhookCalls.subscribe);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
