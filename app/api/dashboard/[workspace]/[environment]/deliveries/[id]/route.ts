import { handleGetDelivery } from "@/lib/server/http/delivery-handlers";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("deliveries:read", handleGetDelivery);
