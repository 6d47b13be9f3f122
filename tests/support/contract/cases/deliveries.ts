// The calls on deliveries.
import { replayDelivery } from "@/lib/server/services/replay-delivery";
import { seedAttempt } from "@/tests/support/delivery-rows";
import type { Cases, Prepare } from "../case";

const inState =
  (state: string): Prepare =>
  async (scene) => ({ params: { id: (await scene.delivery({ state })).id } });

/** An attempt of it is under way. */
const inFlight: Prepare = async (scene) => {
  const leaseUntil = new Date(scene.ctx.now() + 60_000);
  return { params: { id: (await scene.delivery({ state: "pending", leaseUntil })).id } };
};

export const deliveryCases: Cases = {
  listDeliveries: {
    ready: async (scene) => {
      await scene.delivery();
      await scene.delivery({ state: "failed", lastStatus: 503, attemptCount: 3 });
      return { query: { state: "succeeded,failed", limit: "1" } };
    },
    also: {
      "200": {
        "no match": () => ({ query: { code: "5xx", trigger: "replay", from: "2026-01-15T09:30:00Z" } }),
      },
      "400 invalid_request": {
        "a bad state": () => ({ query: { state: "lost" } }),
        "a bad cursor": () => ({ query: { cursor: "x" } }),
      },
    },
  },
  getDelivery: {
    ready: async (scene) => {
      const { id } = await scene.delivery({ state: "pending", attemptCount: 2, step: 2 });
      await seedAttempt(scene.ctx, id, { number: 1, status: 503, truncated: true });
      await seedAttempt(scene.ctx, id, { number: 2, status: null, errorClass: "timeout" });
      return { params: { id } };
    },
    also: {
      "200": {
        "with a replay": async (scene) => {
          const { id } = await scene.delivery();
          await replayDelivery(scene.ctx, scene.actor, id);
          return { params: { id } };
        },
      },
    },
  },
  replayDelivery: {
    ready: inState("succeeded"),
    also: {
      "201": {
        "no body": async (scene) => ({
          ...(await inState("failed")(scene)),
          bytes: new Uint8Array(),
          headers: { "idempotency-key": "replay-1" },
        }),
      },
      "400 invalid_request": {
        "a bad key": async (scene) => ({
          ...(await inState("failed")(scene)),
          headers: { "idempotency-key": "two words" },
        }),
      },
      "409 conflict": {
        "under way": inFlight,
        "a deleted endpoint": async (scene) => {
          const { id: endpointId } = await scene.endpoint();
          const { id } = await scene.delivery({ endpointId });
          const data = { deletedAt: new Date() };
          await scene.ctx.db.prisma.endpoint.update({ where: { id: endpointId }, data });
          return { params: { id } };
        },
        "a cleared payload": async (scene) => ({ params: { id: (await scene.delivery({ data: null })).id } }),
        "types that have changed": async (scene) => ({
          params: { id: (await scene.delivery({ type: "invoice.paid" })).id },
        }),
      },
      "422 idempotency_mismatch": async (scene) => {
        const other = await scene.delivery();
        await replayDelivery(scene.ctx, scene.actor, other.id, { idempotencyKey: "used" });
        return { ...(await inState("succeeded")(scene)), headers: { "idempotency-key": "used" } };
      },
    },
  },
  retryDeliveryNow: {
    ready: inState("pending"),
    also: { "409 conflict": { "it has ended": inState("failed"), "under way": inFlight } },
  },
  cancelDelivery: {
    ready: inState("held"),
    also: { "409 conflict": inState("cancelled") },
  },
};
