import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCurl } from "@/lib/client/deliveries/curl";
import { cancelDelivery } from "@/lib/server/services/cancel-delivery";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { replayDelivery } from "@/lib/server/services/replay-delivery";
import { retryDeliveryNow } from "@/lib/server/services/retry-delivery-now";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { createWorld, eventually, type World } from "@/tests/support/world";

const AN_HOUR = { delays_seconds: [0, 3600, 3600] };
const DATA = '{ "zebra":1.10,\r\n\t"alpha":9007199254740993, "a":1,"a":2 }';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});

afterAll(() => world.close());

const arrived = (eventId: string) =>
  world.receiver.requests.filter((request) => headerOf(request, "webhook-id") === eventId);

/** The delivery once its state is as asked. */
const settled = (id: string, state: string) =>
  eventually(async () => {
    const delivery = await getDelivery(world.ctx, world.actor, id);
    return delivery.state === state ? delivery : null;
  });

/** Resolves when one attempt is recorded. */
const attempted = (id: string) =>
  eventually(async () => (await getDelivery(world.ctx, world.actor, id)).attempts.length === 1);

async function sent(path: string, policy?: { delays_seconds: number[] }) {
  const type = `t${world.ctx.newId("event")}`;
  const endpoint = await world.endpoint(path, { event_types: [type], retry_policy: policy });
  const { id: eventId } = await world.send(type, DATA);
  const [delivery] = await world.deliveriesOf(eventId);
  if (delivery === undefined) throw new Error("no delivery was made");
  return { id: delivery.id, eventId, endpointId: endpoint.id };
}

describe("replayDelivery with a receiver", () => {
  it("P-01 P-02 P-03 I-19 sends the same id and bytes again with a fresh signature, once", async () => {
    const { id, eventId } = await sent("/ok");
    await settled(id, "succeeded");
    const result = await replayDelivery(world.ctx, world.actor, id);
    if (result.outcome !== "replayed") throw new Error(result.outcome);
    const replay = await settled(result.delivery.id, "succeeded");
    const [first, second, ...more] = arrived(eventId);
    expect(more).toEqual([]);
    expect(second?.body).toEqual(first?.body);
    expect(first?.body.toString().endsWith(`"data":${DATA}}`)).toBe(true);
    expect(replay.event_id).toBe(eventId);
    expect(replay.attempts).toHaveLength(1);
    expect(replay.attempts[0]?.request.body).toBe(first?.body.toString());
    expect(
      buildCurl(replay.attempts[0]?.request ?? { method: "", url: "", headers: [], body: "" }),
    ).toContain(DATA);
  });

  it("is inert: it fails after one attempt whatever the schedule says", async () => {
    const { id } = await sent("/503", AN_HOUR);
    await attempted(id);
    await cancelDelivery(world.ctx, world.actor, id);
    const result = await replayDelivery(world.ctx, world.actor, id);
    if (result.outcome !== "replayed") throw new Error(result.outcome);
    const replay = await settled(result.delivery.id, "failed");
    expect(replay).toMatchObject({ state_reason: "single_attempt", attempt_count: 1, planned_attempts: [] });
  });

  it("reaches the receiver of a paused endpoint, whose own deliveries stay held", async () => {
    const { id, eventId, endpointId } = await sent("/ok");
    await settled(id, "succeeded");
    await pauseEndpoint(world.ctx, world.actor, endpointId);
    const result = await replayDelivery(world.ctx, world.actor, id);
    if (result.outcome !== "replayed") throw new Error(result.outcome);
    await settled(result.delivery.id, "succeeded");
    expect(arrived(eventId)).toHaveLength(2);
  });
});

describe("retryDeliveryNow with a receiver", () => {
  it("makes the next attempt of the schedule at once and leaves the rest of it", async () => {
    const { id, eventId } = await sent("/flaky/1", AN_HOUR);
    await attempted(id);
    const waiting = await getDelivery(world.ctx, world.actor, id);
    expect(waiting.planned_attempts.map((planned) => planned.number)).toEqual([2, 3]);
    expect(await retryDeliveryNow(world.ctx, world.actor, id)).toMatchObject({ outcome: "started" });
    const done = await settled(id, "succeeded");
    expect(done.attempts.map((attempt) => [attempt.number, attempt.response?.status])).toEqual([
      [1, 503],
      [2, 200],
    ]);
    expect(arrived(eventId)).toHaveLength(2);
  });
});

describe("cancelDelivery with a receiver", () => {
  it("records the attempt under way, but its success does not bring the delivery back", async () => {
    const { id, eventId } = await sent("/slow/700", AN_HOUR);
    await world.receiver.waitFor(() => arrived(eventId).length === 1);
    expect(await retryDeliveryNow(world.ctx, world.actor, id)).toEqual({ outcome: "in_flight" });
    expect(await replayDelivery(world.ctx, world.actor, id)).toEqual({ outcome: "in_flight" });
    expect(await cancelDelivery(world.ctx, world.actor, id)).toMatchObject({ outcome: "cancelled" });
    expect(await replayDelivery(world.ctx, world.actor, id)).toEqual({ outcome: "in_flight" });
    await attempted(id);
    const delivery = await getDelivery(world.ctx, world.actor, id);
    expect(delivery).toMatchObject({ state: "cancelled", planned_attempts: [], next_attempt_at: null });
    expect(delivery.attempts[0]).toMatchObject({ succeeded: true, response: { status: 200 } });
    expect(await replayDelivery(world.ctx, world.actor, id)).toMatchObject({ outcome: "replayed" });
  });
});

describe("getDelivery with a receiver", () => {
  it.each(["/badutf8", "/nul", "/surrogate"])("R-21 has the attempt and the answer of %s", async (path) => {
    const { id } = await sent(path);
    const { attempts } = await settled(id, "succeeded");
    expect(attempts[0]?.response?.body).not.toBe("");
    expect(attempts[0]?.response?.body_encoding).toBe(path === "/nul" ? "utf8" : "base64");
  });

  it.each(["/xss", "/ansi"])("R-22 X-01 gives the answer of %s as text, unchanged", async (path) => {
    const { id } = await sent(path);
    const { attempts } = await settled(id, "succeeded");
    const answer = attempts[0]?.response?.body ?? "";
    expect(answer).toContain(path === "/xss" ? "<script>window.__xss=1</script>" : "\u001b[31m");
  });
});
