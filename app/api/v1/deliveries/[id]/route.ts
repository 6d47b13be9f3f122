import { handleGetDelivery } from "@/lib/server/http/delivery-handlers";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("deliveries:read", handleGetDelivery);
