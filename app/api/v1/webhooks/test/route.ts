// Owns the route of sending an event type's example to an endpoint.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { webhookCalls } from "@/lib/server/http/webhook-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("endpoints:write", webhookCalls.test);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
