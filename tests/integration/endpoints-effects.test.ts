// No setting without a delivery that it changes: each test sets one thing and looks at what reaches the receiver.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import { signingKeyBytes, verifyStandardWebhook } from "@/lib/domain/signing/standard-webhooks";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { disableEndpoint } from "@/lib/server/services/disable-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { getEndpointStats } from "@/lib/server/services/endpoint-stats";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { retireSecret } from "@/lib/server/services/retire-secret";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { sendTestEvent } from "@/lib/server/services/send-test-event";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { headerOf, type ReceivedRequest } from "@/tests/support/receiver/http-reader";
import { createWorld, eventually, type World } from "@/tests/support/world";

let world: World;
let unique = 0;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** An address that only this test uses, so that tests share one receiver without seeing each other's requests. */
const freshPath = (behaviour = "/ok") => `${behaviour}?n=${unique++}`;
const freshType = () => `t${unique++}.happened`;
const arrivedAt = (path: string) => world.receiver.requests.filter((request) => request.target === path);
const waitFor = (path: string, count = 1) =>
  eventually(async () => arrivedAt(path).length >= count && arrivedAt(path));
const stateOf = async (eventId: string) => (await world.deliveriesOf(eventId)).map((row) => row.state);

function signs(request: ReceivedRequest, secret: string): boolean {
  const result = verifyStandardWebhook({
    id: headerOf(request, "webhook-id"),
    timestamp: headerOf(request, "webhook-timestamp"),
    signature: headerOf(request, "webhook-signature"),
    body: request.body,
    key: signingKeyBytes(secret),
    nowMs: Date.now(),
  });
  return result.outcome === "verified";
}

describe("which events", () => {
  test("exact types, groups and everything reach exactly who wants them", async () => {
    const group = `g${unique++}`;
    const paths = { exact: freshPath(), group: freshPath(), nested: freshPath(), all: freshPath() };
    await world.endpoint(paths.exact, { event_types: [`${group}.paid`] });
    await world.endpoint(paths.group, { event_types: [`${group}.*`] });
    await world.endpoint(paths.nested, { event_types: [`${group}.eu.*`] });
    const all = await world.endpoint(paths.all, { event_types: ["*"] });
    await world.send(`${group}.paid`);
    await world.send(`${group}.eu.paid`);
    await world.send(`${group}x.paid`);
    await waitFor(paths.all, 3);
    await waitFor(paths.group, 2);
    await waitFor(paths.exact);
    await waitFor(paths.nested);
    const typesAt = (path: string) =>
      arrivedAt(path)
        .map((request) => JSON.parse(request.body.toString()).type)
        .sort();
    expect(typesAt(paths.exact)).toEqual([`${group}.paid`]);
    expect(typesAt(paths.group)).toEqual([`${group}.eu.paid`, `${group}.paid`]);
    expect(typesAt(paths.nested)).toEqual([`${group}.eu.paid`]);
    expect(typesAt(paths.all)).toHaveLength(3);
    // Later tests would otherwise find a second delivery for each of their events.
    await deleteEndpoint(world.ctx, world.actor, all.id);
  });

  test("a tenant's endpoint gets its tenant's events only; one without a tenant gets them all", async () => {
    const type = freshType();
    const a = await world.endpoint(freshPath(), { event_types: [type], tenant: "a" });
    const none = await world.endpoint(freshPath(), { event_types: [type] });
    const reached = async (fields: object) => {
      const { id } = await world.send(type, "{}", { ...fields });
      return new Set((await world.deliveriesOf(id)).map((row) => row.endpoint_id));
    };
    expect(await reached({ tenant: "a" })).toEqual(new Set([a.id, none.id]));
    expect(await reached({ tenant: "b" })).toEqual(new Set([none.id]));
    expect(await reached({})).toEqual(new Set([none.id]));
  });

  test("changing types and tenant changes what the very next event reaches", async () => {
    const [before, after] = [freshType(), freshType()];
    const endpoint = await world.endpoint(freshPath(), { event_types: [before] });
    await updateEndpoint(world.ctx, world.actor, endpoint.id, { event_types: [after], tenant: "t" });
    expect((await world.send(before)).deliveries).toBe(0);
    expect((await world.send(after)).deliveries).toBe(0);
    expect((await world.send(after, "{}", { tenant: "t" })).deliveries).toBe(1);
  });
});

describe("the request", () => {
  test("H-04 H-08 custom headers are on the wire once, masked in the log, and replaced as a whole", async () => {
    const path = freshPath();
    const type = freshType();
    const canary = "canary-4d1f-value";
    const endpoint = await world.endpoint(path, {
      event_types: [type],
      headers: { "X-Api-Key": canary, "X-Old": "1" },
    });
    const { id } = await world.send(type);
    const [request] = await waitFor(path);
    const named = (name: string) =>
      request?.rawHeaders.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
    expect(named("x-api-key")).toEqual([canary]);
    expect(named("webhook-signature")).toHaveLength(1);
    const delivery = await world.waitForDelivery(id, (row) => row.state === "succeeded");
    expect(delivery.attempts[0]?.request.headers.map(([name]) => name.toLowerCase())).toContain("x-api-key");
    expect(JSON.stringify(delivery)).not.toContain(canary);

    await updateEndpoint(world.ctx, world.actor, endpoint.id, { headers: { "X-New": "2" } });
    await world.send(type);
    const [, second] = await waitFor(path, 2);
    if (second === undefined) throw new Error("a second request was expected");
    expect(headerOf(second, "x-new")).toBe("2");
    expect(headerOf(second, "x-api-key")).toBeNull();
  });

  test("a changed URL is where the next attempt goes, also of an event from before", async () => {
    const path = freshPath();
    const type = freshType();
    const endpoint = await world.endpoint("/500", {
      event_types: [type],
      retry_policy: { delays_seconds: [0, 3600] },
    });
    const { id } = await world.send(type);
    const failed = await world.waitForDelivery(id, (row) => row.step === 1);
    await updateEndpoint(world.ctx, world.actor, endpoint.id, { url: `${world.receiver.url}${path}` });
    await world.ctx.pump.attemptOne(failed.id, { force: true });
    expect(arrivedAt(path)).toHaveLength(1);
    const delivery = await getDelivery(world.ctx, world.actor, failed.id);
    expect(delivery.attempts.map((attempt) => attempt.request.url)).toEqual([
      `${world.receiver.url}/500`,
      `${world.receiver.url}${path}`,
    ]);
  });

  test("the endpoint's own timeout ends an attempt", async () => {
    const type = freshType();
    await world.endpoint("/hang", {
      event_types: [type],
      timeout_ms: 1_000,
      retry_policy: { preset: "none" },
    });
    const { id } = await world.send(type);
    const delivery = await world.waitForDelivery(id, (row) => row.state === "failed");
    expect(delivery.attempts[0]?.error?.class).toBe("timeout");
    expect(delivery.attempts[0]?.duration_ms).toBeGreaterThanOrEqual(990);
  });

  test("F-02 no more attempts run at once than the endpoint allows", async () => {
    const type = freshType();
    await world.endpoint("/hang", {
      event_types: [type],
      max_concurrency: 2,
      timeout_ms: 1_000,
      retry_policy: { preset: "none" },
    });
    const seen: number[] = [];
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await world.send(type)).id);
    await eventually(async () => {
      seen.push(world.ctx.pump.load().inFlight);
      const states = await Promise.all(ids.map(stateOf));
      return states.every(([state]) => state === "failed");
    }, 25_000);
    expect(Math.max(...seen)).toBe(2);
  });
});

describe("the schedule", () => {
  test("own delays, and none at all, decide about the next attempt", async () => {
    const [patient, once] = [freshType(), freshType()];
    await world.endpoint("/500", { event_types: [patient], retry_policy: { delays_seconds: [0, 1800] } });
    await world.endpoint("/500", { event_types: [once], retry_policy: { preset: "none" } });
    const waiting = await world.send(patient);
    const given = await world.send(once);
    const delivery = await world.waitForDelivery(waiting.id, (row) => row.step === 1);
    const wait = Date.parse(delivery.next_attempt_at ?? "") - Date.parse(delivery.updated_at);
    expect(wait).toBe(1_800_000);
    const failed = await world.waitForDelivery(given.id, (row) => row.state === "failed");
    expect(failed).toMatchObject({ attempt_count: 1, state_reason: "schedule_exhausted" });
  });
});

describe("the state", () => {
  test("I-18 paused: nothing arrives, events are held; released: everything arrives, nothing is lost", async () => {
    const path = freshPath();
    const type = freshType();
    const { id } = await world.endpoint(path, { event_types: [type] });
    await pauseEndpoint(world.ctx, world.actor, id);
    const events = [await world.send(type), await world.send(type), await world.send(type)];
    expect((await Promise.all(events.map((event) => stateOf(event.id)))).flat()).toEqual([
      "held",
      "held",
      "held",
    ]);
    expect((await getEndpointStats(world.ctx, world.actor, id)).held).toBe(3);
    expect(arrivedAt(path)).toEqual([]);
    await enableEndpoint(world.ctx, world.actor, id, { held: "release" });
    const requests = await waitFor(path, 3);
    expect(new Set(requests.map((request) => headerOf(request, "webhook-id")))).toEqual(
      new Set(events.map((event) => event.id)),
    );
  });

  test("a retry that was waiting when the endpoint was disabled is held and keeps its place in the schedule", async () => {
    const type = freshType();
    const { id } = await world.endpoint("/500", {
      event_types: [type],
      retry_policy: { delays_seconds: [0, 3600, 3600] },
    });
    const event = await world.send(type);
    await world.waitForDelivery(event.id, (row) => row.step === 1);
    await disableEndpoint(world.ctx, world.actor, id);
    const held = await world.waitForDelivery(event.id, (row) => row.state === "held");
    expect(held).toMatchObject({ attempt_count: 1, state_reason: "endpoint_disabled" });
    await enableEndpoint(world.ctx, world.actor, id, { held: "release" });
    await world.waitForDelivery(event.id, (row) => row.step === 2);
  });

  test("dropped ones never arrive; a deleted endpoint gets no new deliveries", async () => {
    const path = freshPath();
    const type = freshType();
    const { id } = await world.endpoint(path, { event_types: [type] });
    await pauseEndpoint(world.ctx, world.actor, id);
    const dropped = await world.send(type);
    await enableEndpoint(world.ctx, world.actor, id, { held: "drop" });
    const next = await world.send(type);
    await world.waitForDelivery(next.id, (row) => row.state === "succeeded");
    expect(await stateOf(dropped.id)).toEqual(["cancelled"]);
    expect(arrivedAt(path).map((request) => headerOf(request, "webhook-id"))).toEqual([next.id]);
    await deleteEndpoint(world.ctx, world.actor, id);
    expect((await world.send(type)).deliveries).toBe(0);
  });
});

describe("the secret", () => {
  const deliver = async (type: string, path: string) => {
    const before = arrivedAt(path).length;
    await world.send(type);
    const request = (await waitFor(path, before + 1)).at(-1);
    if (request === undefined) throw new Error("a request was expected");
    return request;
  };

  async function signedEndpoint(): Promise<EndpointWithSecretDto & { path: string; type: string }> {
    const path = freshPath();
    const type = freshType();
    return { ...(await world.endpoint(path, { event_types: [type] })), path, type };
  }

  test("G-02 before, during and after an overlap", async () => {
    const { id, secret, path, type } = await signedEndpoint();
    expect(signs(await deliver(type, path), secret)).toBe(true);
    const rotated = await rotateSecret(world.ctx, world.actor, id, { overlap_seconds: 3_600 });
    const during = await deliver(type, path);
    expect([signs(during, secret), signs(during, rotated.secret)]).toEqual([true, true]);
    expect(headerOf(during, "webhook-signature")?.split(" ")).toHaveLength(2);
    await retireSecret(world.ctx, world.actor, id, rotated.secrets[1]?.id ?? "");
    const after = await deliver(type, path);
    expect([signs(after, secret), signs(after, rotated.secret)]).toEqual([false, true]);
  });

  test("G-03 without an overlap the next attempt of an event from before uses the new secret only", async () => {
    const type = freshType();
    const path = freshPath("/503");
    const { id, secret } = await world.endpoint(path, {
      event_types: [type],
      retry_policy: { delays_seconds: [0, 3600] },
    });
    const event = await world.send(type);
    const waiting = await world.waitForDelivery(event.id, (row) => row.step === 1);
    const rotated = await rotateSecret(world.ctx, world.actor, id, { overlap_seconds: 0 });
    await world.ctx.pump.attemptOne(waiting.id, { force: true });
    const [first, second] = await waitFor(path, 2);
    if (first === undefined || second === undefined) throw new Error("two attempts were expected");
    expect([signs(first, secret), signs(second, secret), signs(second, rotated.secret)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(headerOf(second, "webhook-id")).toBe(headerOf(first, "webhook-id"));
  });
});

describe("a test event", () => {
  test("goes to its endpoint alone, signed like every other, and does not count", async () => {
    const path = freshPath();
    const { id, secret } = await world.endpoint(path, { event_types: ["nothing.ever"] });
    await world.endpoint(freshPath(), { event_types: ["signpost.test"] });
    const sent = await sendTestEvent(world.ctx, world.actor, id, { data_text: '{"n":1.0}' });
    const [request] = await waitFor(path);
    if (request === undefined) throw new Error("a request was expected");
    expect(signs(request, secret)).toBe(true);
    expect(request.body.toString()).toContain('"data":{"n":1.0}');
    const delivery = await world.waitForDelivery(sent.event_id, (row) => row.state === "succeeded");
    expect(delivery).toMatchObject({ id: sent.delivery_id, trigger: "test", event_type: "signpost.test" });
    expect(await world.deliveriesOf(sent.event_id)).toHaveLength(1);
    expect(await getEndpointStats(world.ctx, world.actor, id)).toMatchObject({
      succeeded_24h: 0,
      failed_24h: 0,
    });
  });

  test("S-15 meets the same guard as a delivery, and reaches a paused endpoint", async () => {
    const { id } = await world.endpoint("/500", { event_types: ["nothing.ever"] });
    await pauseEndpoint(world.ctx, world.actor, id);
    const failed = await sendTestEvent(world.ctx, world.actor, id, {});
    const one = await world.waitForDelivery(failed.event_id, (row) => row.state === "failed");
    expect(one).toMatchObject({ attempt_count: 1, state_reason: "single_attempt" });
    // A URL that was fine when it was saved and no longer is: the row is changed behind the service's back.
    await world.ctx.db.prisma.endpoint.update({ where: { id }, data: { url: "https://169.254.169.254/" } });
    world.ctx.pump.forgetEndpoint(id);
    const refused = await sendTestEvent(world.ctx, world.actor, id, {});
    const two = await world.waitForDelivery(refused.event_id, (row) => row.state === "failed");
    expect(two.attempts[0]?.error?.class).toBe("target_not_allowed");
  });

  test("T-01 another environment's endpoint cannot be tested", async () => {
    const { id } = await world.endpoint(freshPath(), { event_types: ["nothing.ever"] });
    const sandbox = world.owner(world.environments.sandbox);
    await expect(sendTestEvent(world.ctx, sandbox, id, {})).rejects.toMatchObject({ code: "not_found" });
  });
});
