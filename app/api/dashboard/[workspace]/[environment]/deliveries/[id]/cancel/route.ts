import { handleCancelDelivery } from "@/lib/server/http/delivery-handlers";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("deliveries:write", handleCancelDelivery);
