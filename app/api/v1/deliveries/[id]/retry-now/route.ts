import { handleRetryDeliveryNow } from "@/lib/server/http/delivery-handlers";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("deliveries:write", handleRetryDeliveryNow);

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
