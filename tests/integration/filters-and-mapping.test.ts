// What an endpoint's filter, subjects and field mapping do to real events: who gets what, and which bytes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAppError } from "@/lib/domain/errors";
import { explainEvent } from "@/lib/server/services/explain-event";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { replayDelivery } from "@/lib/server/services/replay-delivery";
import { sendTestEvent } from "@/lib/server/services/send-test-event";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { createWorld, eventually, type World } from "@/tests/support/world";

let world: World;

beforeAll(async () => {
  world = await createWorld();
});

afterAll(async () => {
  await world.close();
});

const statesOf = async (eventId: string, endpointId: string) =>
  (await world.deliveriesOf(eventId)).filter((row) => row.endpoint_id === endpointId).map((row) => row.state);

/** The body that came in at the path for the event. */
const bodyOf = (path: string, eventId: string) =>
  eventually(async () =>
    world.receiver.requests
      .find((request) => request.target === path && headerOf(request, "webhook-id") === eventId)
      ?.body.toString("utf8"),
  );

describe("a filter", () => {
  it("decides what is delivered; a missing member and text where a number belongs are no match", async () => {
    const made = await world.endpoint("/200?filter", {
      event_types: ["score.changed"],
      filter: "crosses(event.data.before, event.data.score, 700)",
    });
    const sent = {
      crosses: await world.send("score.changed", '{"before":690,"score":710}'),
      stays: await world.send("score.changed", '{"before":710,"score":720}'),
      missing: await world.send("score.changed", '{"score":710}'),
      text: await world.send("score.changed", '{"before":"690","score":710}'),
    };
    expect(await statesOf(sent.crosses.id, made.id)).toHaveLength(1);
    expect(sent.crosses.deliveries).toBe(1);
    const why = async (id: string) =>
      (await explainEvent(world.ctx, world.actor, id)).not_delivered.find((e) => e.endpoint_id === made.id);
    expect(await why(sent.crosses.id)).toBeUndefined();
    expect(await why(sent.stays.id)).toMatchObject({ reason: "filter_false" });
    const missing = await why(sent.missing.id);
    expect(missing?.reason).toBe("filter_missing_member");
    expect(missing?.detail).toContain("before");
    expect(await why(sent.text.id)).toMatchObject({ reason: "filter_type_mismatch" });
    for (const event of [sent.stays, sent.missing, sent.text]) {
      expect(await statesOf(event.id, made.id), event.id).toEqual([]);
    }
  });

  it("that is too costly for an event holds the delivery with that reason; nothing is dropped", async () => {
    const made = await world.endpoint("/200?costly", {
      event_types: ["list.changed"],
      filter: "event.data.items.all(a, event.data.items.all(b, a + b > 0))",
    });
    const items = JSON.stringify(Array.from({ length: 2_000 }, () => 1));
    const { id } = await world.send("list.changed", `{"items":${items}}`);
    const row = await world.ctx.db.prisma.delivery.findFirst({ where: { eventId: id, endpointId: made.id } });
    expect(row).toMatchObject({ state: "held", stateReason: "filter_too_costly" });
    const { id: cheap } = await world.send("list.changed", '{"items":[1,2]}');
    await eventually(async () => (await statesOf(cheap, made.id))[0] === "succeeded");
    expect(world.receiver.requests.some((request) => headerOf(request, "webhook-id") === id)).toBe(false);
  });
});

describe("subjects", () => {
  it("an endpoint scoped to subjects gets events about those only", async () => {
    const made = await world.endpoint("/200?subjects", {
      event_types: ["wallet.moved"],
      subjects: ["0xabc", "0xdef"],
    });
    const { id: wanted } = await world.send("wallet.moved", "{}", { subject: "0xdef" });
    const { id: other } = await world.send("wallet.moved", "{}", { subject: "0x123" });
    const { id: none } = await world.send("wallet.moved", "{}");
    await eventually(async () => (await statesOf(wanted, made.id))[0] === "succeeded");
    expect(await statesOf(other, made.id)).toEqual([]);
    expect(await statesOf(none, made.id)).toEqual([]);
    const { not_delivered } = await explainEvent(world.ctx, world.actor, other);
    const why = not_delivered.find((e) => e.endpoint_id === made.id);
    expect(why?.reason).toBe("subject");
    expect(why?.detail).toContain("0x123");
  });
});

describe("field mapping", () => {
  const data =
    '{ "id":12345678901234567890, "amount":1.10, "name":"Ada Lovelace", "z":[1e2,-0.0], "a":"\\u00e9😀" }';

  it("edits the named fields; everything else is on the wire byte for byte", async () => {
    await world.endpoint("/200?mapped", {
      event_types: ["person.made"],
      transform: [
        { op: "rename", from: "$.id", to: "$.person_id" },
        { op: "split", from: "$.name", separator: " ", to: ["$.first", "$.last"], keep: false },
        { op: "set", path: "$.version", value_json: "1.0" },
      ],
    });
    await world.endpoint("/200?plain", { event_types: ["person.made"] });
    const { id } = await world.send("person.made", data);
    const mapped = await bodyOf("/200?mapped", id);
    expect(mapped).toContain(
      '"data":{ "person_id":12345678901234567890, "amount":1.10, "z":[1e2,-0.0], "a":"\\u00e9😀","first":"Ada","last":"Lovelace","version":1.0 }',
    );
    expect(await bodyOf("/200?plain", id)).toContain(`"data":${data}`);
  });

  it("a replay sends the bytes of the first time, or with the mapping of now when that is asked for", async () => {
    const made = await world.endpoint("/200?replayed", {
      event_types: ["order.mapped"],
      transform: [{ op: "rename", from: "$.n", to: "$.first" }],
    });
    const { id } = await world.send("order.mapped", '{"n":1.0}');
    const first = await bodyOf("/200?replayed", id);
    expect(first).toContain('"data":{"first":1.0}');
    await updateEndpoint(world.ctx, world.actor, made.id, {
      transform: [{ op: "rename", from: "$.n", to: "$.second" }],
    });
    const [delivery] = await world.deliveriesOf(id);
    const bodies = () =>
      world.receiver.requests
        .filter((request) => request.target === "/200?replayed")
        .map((request) => request.body.toString("utf8"));
    await replayDelivery(world.ctx, world.actor, delivery?.id ?? "");
    await eventually(async () => bodies().length === 2);
    await eventually(async () => (await world.deliveriesOf(id)).every((row) => row.state === "succeeded"));
    await replayDelivery(world.ctx, world.actor, delivery?.id ?? "", { settings: "current" });
    await eventually(async () => bodies().length === 3);
    const [one, two, three] = bodies();
    expect(one).toBe(first);
    expect(two).toBe(first);
    expect(three).toContain('"data":{"second":1.0}');
  });

  it("a key that made a replay with other settings is refused", async () => {
    await world.endpoint("/200?keyed", { event_types: ["order.keyed"] });
    const { id } = await world.send("order.keyed");
    await eventually(async () => (await world.deliveriesOf(id))[0]?.state === "succeeded");
    const [delivery] = await world.deliveriesOf(id);
    const replay = (settings: "original" | "current") =>
      replayDelivery(world.ctx, world.actor, delivery?.id ?? "", { settings, idempotencyKey: "one-key" });
    const made = await replay("current");
    expect(await replay("current")).toMatchObject({
      outcome: "replayed",
      delivery: { id: made.outcome === "replayed" ? made.delivery.id : "none" },
    });
    const refused = await replay("original").catch((error: unknown) => error);
    expect(isAppError(refused) && refused.code).toBe("idempotency_mismatch");
  });
});

describe("who did not get it", () => {
  it("names each endpoint of the environment without a delivery, with the reason", async () => {
    const here = await createWorld();
    try {
      const make = (path: string, input: Parameters<World["endpoint"]>[1]) =>
        here.endpoint(`/200?${path}`, input);
      const got = await make("got", { event_types: ["order.*"] });
      const paused = await make("paused", { event_types: ["order.*"] });
      await pauseEndpoint(here.ctx, here.actor, paused.id);
      const byType = await make("type", { event_types: ["invoice.*"] });
      const byTenant = await make("tenant", { event_types: ["order.*"], tenant: "acme" });
      const bySubject = await make("subject", { event_types: ["order.*"], subjects: ["ord_2"] });
      const byFilter = await make("filter", { event_types: ["order.*"], filter: "event.data.amount > 100" });
      const changed = await make("changed", { event_types: ["invoice.*"] });
      const { id } = await here.send("order.paid", '{"amount":50}', { subject: "ord_1" });
      await updateEndpoint(here.ctx, here.actor, changed.id, { event_types: ["order.paid"] });
      const later = await make("later", { event_types: ["order.*"] });

      const answer = await explainEvent(here.ctx, here.actor, id);
      expect(answer.delivered_to).toBe(2);
      expect(Object.fromEntries(answer.not_delivered.map((e) => [e.endpoint_id, e.reason]))).toEqual({
        [byType.id]: "event_type",
        [byTenant.id]: "tenant",
        [bySubject.id]: "subject",
        [byFilter.id]: "filter_false",
        [changed.id]: "wanted_now",
        [later.id]: "created_later",
      });

      const test = await sendTestEvent(here.ctx, here.actor, got.id, {});
      const ofTest = await explainEvent(here.ctx, here.actor, test.event_id);
      expect(new Set(ofTest.not_delivered.map((e) => e.reason))).toEqual(new Set(["test_event"]));
      expect(ofTest.not_delivered.map((e) => e.endpoint_id)).not.toContain(got.id);

      await here.ctx.db.prisma.event.updateMany({
        where: { id },
        data: { data: null, payloadClearedAt: new Date() },
      });
      const cleared = await explainEvent(here.ctx, here.actor, id);
      expect(cleared.not_delivered.find((e) => e.endpoint_id === byFilter.id)?.reason).toBe("filter_unknown");

      const elsewhere = here.owner(here.environments.sandbox);
      const refused = await explainEvent(here.ctx, elsewhere, id).catch((error: unknown) => error);
      expect(isAppError(refused) && refused.code).toBe("not_found");
    } finally {
      await here.close();
    }
  });
});
