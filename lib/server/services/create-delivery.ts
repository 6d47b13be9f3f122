// Owns the birth of a test: a real event for one endpoint alone, on the same rows and the same way as every other.
import { createHash } from "node:crypto";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { insertEvents } from "../repositories/hot-path/ingest-statement";
import { parseEvent } from "./ingest/parse-event";

export type TestDeliveryInput = {
  environmentId: string;
  endpointId: string;
  type: string;
  dataText: string;
  /** The version to send instead of the endpoint's own; null is the default profile. */
  profileVersionId?: number | null;
  /** The rest of the event; a test has none of it, and happens now, unless given. */
  event?: {
    subject?: string | undefined;
    tenant?: string | undefined;
    attributes?: Readonly<Record<string, string>> | undefined;
    occurredAtMs: number;
  };
};

const MAX_STALE_ROUNDS = 10;

/**
 * Writes a test event with one delivery and lets it be attempted; the caller watches the delivery. `dataText` must be
 * JSON and is sent as given. Throws `invalid_json` and its kin exactly as ingest would.
 */
export async function createTestDelivery(
  ctx: ServiceContext,
  { environmentId, endpointId, type, dataText, profileVersionId, event }: TestDeliveryInput,
): Promise<{ deliveryId: string; eventId: string }> {
  const eventId = ctx.newId("event");
  const deliveryId = ctx.newId("delivery");
  const { data } = parseEvent(Buffer.from(`{"type":${JSON.stringify(type)},"data":${dataText}\n}`));
  for (let round = 0; round < MAX_STALE_ROUNDS; round++) {
    const snapshot = await ctx.ingest.snapshotFor(environmentId);
    const endpoint = snapshot.endpoint(endpointId);
    if (endpoint === undefined) {
      // It may be newer than the snapshot; one that a fresh one does not know is gone, or a callback that has ended.
      if (round > 0) throw new AppError("conflict", "This endpoint takes no events any more.");
      ctx.ingest.snapshots.drop(environmentId, snapshot.version);
      continue;
    }
    const [result] = await insertEvents(ctx.db.hot, [
      {
        environmentId,
        version: snapshot.version,
        id: eventId,
        type,
        tenant: event?.tenant ?? null,
        subject: event?.subject ?? null,
        attributes: event?.attributes === undefined ? null : { ...event.attributes },
        data,
        isTest: true,
        requestHash: createHash("sha256").update(data).digest(),
        occurredAtMs: event?.occurredAtMs ?? ctx.now(),
        idempotency: null,
        deliveries: [
          {
            id: deliveryId,
            endpointId,
            state: "pending",
            stateReason: null,
            trigger: "test",
            delayMs: 0,
            leaseMs: null,
            profileVersionId:
              profileVersionId === undefined ? endpoint.wire.profileVersionId : profileVersionId,
            transformId: endpoint.wire.transformId,
          },
        ],
      },
    ]);
    if (result?.written) {
      ctx.bus.publish(environmentId, { kind: "deliveries", ids: [deliveryId] });
      ctx.pump.attemptOne(deliveryId, { force: false }).catch((error: unknown) => {
        ctx.logger.warn(
          { err: error, delivery: deliveryId },
          "a test could not start at once; the sweep takes it",
        );
      });
      return { deliveryId, eventId };
    }
    ctx.ingest.snapshots.drop(environmentId, snapshot.version);
  }
  throw new AppError("overloaded", "Endpoints are changing too fast right now; try again shortly.", {
    retryAfterSeconds: 1,
  });
}
