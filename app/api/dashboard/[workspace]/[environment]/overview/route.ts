// The overview of one environment.
import { jsonResponse } from "@/lib/server/http/json-response";
import { withOperator } from "@/lib/server/http/with-operator";
import { getOverview } from "@/lib/server/services/get-overview";

export const GET = withOperator("deliveries:read", async ({ ctx, actor }) =>
  jsonResponse(await getOverview(ctx, actor)),
);
