// Owns the test of an endpoint: a real event for it alone, through the same signing, guard and log as every other.
import type { SendTestInput, TestSentDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { EventExample } from "@/lib/domain/catalogue/pack";
import { callbackStatus } from "@/lib/domain/endpoint/kinds";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import type { EndpointView } from "@/lib/server/repositories/endpoints";
import { exampleOf } from "./catalogue/example-of";
import { createTestDelivery } from "./create-delivery";
import { requireEndpoint } from "./endpoint/change-endpoint";
import { requirePermission } from "./require-permission";

/** The type of a test when the caller names none. */
export const TEST_EVENT_TYPE = "signpost.test";

async function send(
  ctx: ServiceContext,
  endpoint: EndpointView,
  environmentId: string,
  type: string,
  example: EventExample,
): Promise<TestSentDto> {
  const { deliveryId, eventId } = await createTestDelivery(ctx, {
    environmentId,
    endpointId: endpoint.id,
    type,
    dataText: example.data,
    event: {
      // An endpoint that is scoped to subjects only ever sees its own.
      subject: endpoint.subjects[0] ?? example.subject ?? undefined,
      tenant: endpoint.tenant ?? undefined,
      attributes: example.attributes ?? undefined,
      occurredAtMs: ctx.now(),
    },
  });
  return { event_id: eventId, delivery_id: deliveryId };
}

/** The endpoint, or `conflict` for a callback that takes nothing any more. Throws `not_found`. */
async function requireOpen(ctx: ServiceContext, actor: Actor, id: string): Promise<EndpointView> {
  const endpoint = await requireEndpoint(ctx, actor, id);
  const times = {
    expiresAtMs: endpoint.expiresAt?.getTime() ?? null,
    unsubscribedAtMs: endpoint.unsubscribedAt?.getTime() ?? null,
  };
  if (callbackStatus(times, ctx.now()) === "active") return endpoint;
  throw new AppError("conflict", "This callback has ended; put it again to send it anything.");
}

/**
 * Sends a test event with the data given, else with the example of its type; its answer is in the delivery, which the
 * caller watches. Throws `not_found`, `conflict` (a callback that has ended).
 */
export async function sendTestEvent(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: SendTestInput,
): Promise<TestSentDto> {
  requirePermission(actor, "endpoints:write");
  const endpoint = await requireOpen(ctx, actor, id);
  const type = input.type ?? TEST_EVENT_TYPE;
  const example = await exampleOf(ctx, actor, type);
  const data =
    input.data_text ??
    example?.data ??
    JSON.stringify({
      message: "This is a test from Signpost.",
      sent_by: actor.label,
      endpoint_id: endpoint.id,
    });
  const { subject = null, attributes = null } = example ?? {};
  return send(ctx, endpoint, actor.environmentId, type, { data, subject, attributes });
}

/**
 * Sends the example of an event type to an endpoint. Throws `not_found`, `conflict` (a callback that has ended),
 * `invalid_request` (a type without an example).
 */
export async function sendExampleEvent(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  type: string,
): Promise<TestSentDto> {
  requirePermission(actor, "endpoints:write");
  const endpoint = await requireOpen(ctx, actor, id);
  const example = await exampleOf(ctx, actor, type);
  if (example === null) {
    const message = `There is no example of ${type}. Add one to the event type, or install the pack that has it.`;
    throw new AppError("invalid_request", message, { errors: [{ path: "event_type", message }] });
  }
  return send(ctx, endpoint, actor.environmentId, type, example);
}
