import { handleRetryDeliveryNow } from "@/lib/server/http/delivery-handlers";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("deliveries:write", handleRetryDeliveryNow);
