// The calls on events, and those that try filters and mappings on them.
import { ingestBatch, ingestEvent } from "@/lib/server/services/ingest-events";
import type { Cases, Prepare } from "../case";

const EVENT = { type: "order.paid", data: { amount: 1 } };

/** Arrays in arrays. */
const nested = (levels: number): unknown => (levels === 1 ? [] : [nested(levels - 1)]);

const listed: Prepare = async (scene) => {
  await scene.event();
  return { query: { limit: "1" } };
};

const onStored: Prepare = async (scene) => ({
  body: {
    rules: [{ op: "rename", from: "$.nothing", to: "$.total" }],
    event_id: await scene.event(),
  },
});

export const eventCases: Cases = {
  createEvent: {
    ready: async (scene) => {
      await scene.endpoint();
      return {};
    },
    also: {
      "202": {
        "a repetition": async (scene) => {
          await scene.event({ ...EVENT, id: "mine" });
          return { body: { ...EVENT, id: "mine" } };
        },
        "all fields": () => ({
          headers: { "idempotency-key": "k-1" },
          body: {
            ...EVENT,
            id: "whole",
            tenant: "t_1",
            subject: "ord_1",
            timestamp: "2026-01-15T09:30:00+01:00",
            attributes: { region: "eu" },
          },
        }),
      },
      "400 invalid_request": { "a bad key": () => ({ headers: { "idempotency-key": "ü" } }) },
      "400 body_too_deep": {
        "129 levels of data": () => ({ body: { ...EVENT, data: nested(129) } }),
      },
      "409 event_id_conflict": async (scene) => {
        await scene.event({ ...EVENT, id: "mine" });
        return { body: { ...EVENT, id: "mine", data: 2 } };
      },
      "422 idempotency_mismatch": async (scene) => {
        await ingestEvent(scene.ctx, scene.actor, Buffer.from(JSON.stringify(EVENT)), "used");
        return { headers: { "idempotency-key": "used" } };
      },
    },
  },
  createEventBatch: {
    ready: async (scene) => {
      await scene.endpoint();
      return {};
    },
    also: {
      "202": {
        "a repetition": async (scene) => {
          const body = { events: [EVENT] };
          await ingestBatch(scene.ctx, scene.actor, Buffer.from(JSON.stringify(body)), "again");
          return { body, headers: { "idempotency-key": "again" } };
        },
      },
      "400 body_too_deep": {
        "129 levels of data": () => ({ body: { events: [{ ...EVENT, data: nested(129) }] } }),
      },
      "409 event_id_conflict": async (scene) => {
        await scene.event({ ...EVENT, id: "mine" });
        return { body: { events: [{ ...EVENT, id: "mine", data: 2 }] } };
      },
      "422 idempotency_mismatch": async (scene) => {
        const body = Buffer.from(JSON.stringify({ events: [EVENT] }));
        await ingestBatch(scene.ctx, scene.actor, body, "used");
        return { headers: { "idempotency-key": "used" } };
      },
    },
  },
  listEvents: {
    ready: listed,
    also: {
      "200": {
        "more pages": async (scene) => {
          await scene.event({ ...EVENT, attributes: { region: "eu" } });
          return listed(scene);
        },
      },
      "400 invalid_request": {
        "a bad limit": () => ({ query: { limit: "0" } }),
        "a bad cursor": () => ({ query: { cursor: "x" } }),
        "an end before its beginning": () => ({
          query: { from: "2026-01-15T09:30:00Z", to: "2026-01-14T09:30:00Z" },
        }),
      },
    },
  },
  getEvent: {
    ready: async (scene) => ({ params: { id: await scene.event({ subject: "ord_1", tenant: "t_1" }) } }),
    also: {
      "200": { "a cleared payload": async (scene) => ({ params: { id: await scene.clearedEvent() } }) },
    },
  },
  explainEvent: {
    ready: async (scene) => {
      await scene.endpoint({ event_types: ["invoice.*"] });
      await scene.endpoint({ filter: "event.data.amount > 10000" });
      return { params: { id: await scene.event() } };
    },
  },
  testFilter: {
    ready: async (scene) => {
      await scene.event();
      await scene.event({ data: { amount: 1 } });
      return {};
    },
    also: {
      "400 invalid_request": { "no filter": () => ({ body: { filter: "event." } }) },
    },
  },
  previewTransform: {
    ready: () => ({}),
    inTrouble: onStored,
    also: {
      "200": { "a stored event": onStored },
      "404 not_found": () => ({ body: { rules: [{ op: "delete", path: "$.a" }], event_id: "nope" } }),
      "409 conflict": async (scene) => ({
        body: { rules: [{ op: "delete", path: "$.a" }], event_id: await scene.clearedEvent() },
      }),
    },
  },
};
