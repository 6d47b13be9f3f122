// Owns the test of an endpoint: a real event for it alone, through the same signing, guard and log as every other.
import type { SendTestInput, TestSentDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { createTestDelivery } from "./create-delivery";
import { requireEndpoint } from "./endpoint/change-endpoint";
import { requirePermission } from "./require-permission";

/** The type of a test when the caller names none. */
export const TEST_EVENT_TYPE = "signpost.test";

/** Sends a test event; its answer is in the delivery, which the caller watches. Throws `not_found`. */
export async function sendTestEvent(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: SendTestInput,
): Promise<TestSentDto> {
  requirePermission(actor, "endpoints:write");
  const endpoint = await requireEndpoint(ctx, actor, id);
  const type = input.type ?? TEST_EVENT_TYPE;
  const dataText =
    input.data_text ??
    JSON.stringify({
      message: "This is a test from Signpost.",
      sent_by: actor.label,
      endpoint_id: endpoint.id,
    });
  const { deliveryId, eventId } = await createTestDelivery(ctx, {
    environmentId: actor.environmentId,
    endpointId: endpoint.id,
    type,
    dataText,
  });
  return { event_id: eventId, delivery_id: deliveryId };
}
