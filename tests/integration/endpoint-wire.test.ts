// What an endpoint is sent, and when: its profile, filter, subjects, field mapping and rate limit, through the real pipeline.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEndpointInput, updateEndpointInput } from "@/lib/contracts/endpoints";
import { builtInProfile } from "@/lib/domain/profile/built-in";
import { compileProfile } from "@/lib/domain/profile/compile";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { listAudit } from "@/lib/server/services/list-audit";
import { replayDelivery } from "@/lib/server/services/replay-delivery";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

describe("the wire of an endpoint", () => {
  let world: World;
  const made: string[] = [];
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    for (const id of made.splice(0)) await deleteEndpoint(world.ctx, world.actor, id);
    world.receiver.requests.length = 0;
  });

  const endpoint = async (input: Record<string, unknown> = {}) => {
    const parsed = createEndpointInput.parse({
      url: `${world.receiver.url}/200`,
      event_types: ["*"],
      ...input,
    });
    const created = await createEndpoint(world.ctx, world.actor, parsed);
    made.push(created.id);
    return created;
  };
  const change = (id: string, input: Record<string, unknown>) =>
    updateEndpoint(world.ctx, world.actor, id, updateEndpointInput.parse(input));
  const bodyAt = (index: number) => world.receiver.requests[index]?.body.toString();

  it("sends the profile's envelope, headers and signature, and takes its schedule, timeout and rule", async () => {
    const created = await endpoint({ profile: "vizi" });
    expect(created).toMatchObject({
      profile: { slug: "vizi", version: 1, latest_version: 1 },
      timeout_ms: 30_000,
      retry_policy: { delays_seconds: [0, 60, 300, 1800, 7200, 28_800] },
      auto_disable: { after_hours: 72 },
      overrides: [],
    });
    const data = '{"b":1,"a":12345678901234567890,"b":"\\u00e9 😀"}';
    const { id } = await world.send("score.updated", data, { timestamp: "2026-03-15T14:30:00Z" });
    await world.receiver.waitFor(1);
    const [request] = world.receiver.requests;
    if (request === undefined) throw new Error("nothing arrived");
    expect(request.body.toString()).toBe(
      `{"id":"${id}","type":"score.updated","created_at":"2026-03-15T14:30:00Z","data":${data}}`,
    );
    expect(headerOf(request, "X-Vizi-Event-ID")).toBe(id);
    expect(headerOf(request, "X-Vizi-Delivery-Attempt")).toBe("1");
    expect(headerOf(request, "webhook-id")).toBeNull();
    const { definition } = builtInProfile("vizi") ?? { definition: undefined };
    if (definition === undefined) throw new Error("no such profile");
    const profile = compileProfile(definition);
    const verdict = profile.verify({
      headers: request.rawHeaders,
      body: request.body,
      keys: [profile.openKey(created.secret)],
      nowMs: Date.now(),
      method: "POST",
      url: "/200",
    });
    expect(verdict).toEqual({ outcome: "verified", keyIndex: 0 });
  });

  it("shows the body of such a delivery as it was sent", async () => {
    await endpoint({ profile: "nzochain", transform: [{ op: "delete", path: "$.secret_field" }] });
    const { id } = await world.send("threat.detected", '{"severity": "high", "secret_field": 1}', {
      subject: "0xabc",
    });
    const delivery = await world.waitForDelivery(id, ({ state }) => state === "succeeded");
    expect(delivery.attempts[0]?.request.body).toBe(bodyAt(0));
    expect(bodyAt(0)).toContain('"wallet":"0xabc"');
    expect(bodyAt(0)).toContain('"data":{"severity": "high"}');
  });

  it("a filter decides by what the event says; without an answer the event is not wanted", async () => {
    const { id } = await endpoint({ filter: "event.data.amount >= 100" });
    const sent = async (dataText: string) => (await world.send("order.paid", dataText)).deliveries;
    expect(await sent('{"amount":100}')).toBe(1);
    expect(await sent('{"amount":99.5}')).toBe(0);
    expect(await sent('{"other":1}')).toBe(0);
    await change(id, { filter: null });
    expect(await sent('{"amount":1}')).toBe(1);
  });

  it("an event whose filter would take too long is held, not dropped", async () => {
    await endpoint({ filter: "event.data.items.all(a, event.data.items.all(b, a == a && b == b))" });
    const items = JSON.stringify(Array.from({ length: 2_000 }, (_, index) => index));
    const { id, deliveries } = await world.send("order.paid", `{"items":${items}}`);
    expect(deliveries).toBe(1);
    const row = await world.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: id } });
    expect([row.state, row.stateReason]).toEqual(["held", "filter_too_costly"]);
    expect(world.receiver.requests).toHaveLength(0);
  });

  it("a filter that cannot be used is refused with its place, and changes nothing", async () => {
    await expect(endpoint({ filter: "event.dat.amount > 1" })).rejects.toMatchObject({
      code: "invalid_request",
      errors: [{ path: "filter", message: expect.stringContaining("character") }],
    });
  });

  it("subjects scope an endpoint to what events are about", async () => {
    await endpoint({ subjects: ["0xaa", "0xbb"] });
    const sent = async (fields: Record<string, unknown>) => (await world.send("a.b", "1", fields)).deliveries;
    expect(await sent({ subject: "0xaa" })).toBe(1);
    expect(await sent({ subject: "0xcc" })).toBe(0);
    expect(await sent({})).toBe(0);
  });

  it("retries and replays keep the form of the first attempt; a replay with the settings of now does not", async () => {
    const { id } = await endpoint({
      url: `${world.receiver.url}/500`,
      retry_policy: { delays_seconds: [0, 1] },
      transform: [{ op: "rename", from: "$.name", to: "$.full_name" }],
    });
    const { id: eventId } = await world.send("a.b", '{"name": "Ada"}');
    await world.receiver.waitFor(1);
    await change(id, { transform: [{ op: "delete", path: "$.name" }], profile: "nzochain" });
    const [delivery] = await world.deliveriesOf(eventId);
    await world.ctx.pump.attemptOne(delivery?.id ?? "", { force: true });
    await world.receiver.waitFor(2);
    expect(bodyAt(0)).toContain('"data":{"full_name": "Ada"}');
    expect(bodyAt(1)).toBe(bodyAt(0));
    const replay = async (settings: "original" | "current") => {
      const before = world.receiver.requests.length;
      await replayDelivery(world.ctx, world.actor, delivery?.id ?? "", { settings });
      await world.receiver.waitFor(before + 1);
      await eventually(
        async () => (await world.ctx.db.prisma.delivery.count({ where: { state: "pending" } })) === 0,
      );
      return bodyAt(before);
    };
    expect(await replay("original")).toBe(bodyAt(0));
    expect(await replay("current")).toMatch(/^\{"event":"a\.b".*"data":\{\}\}$/);
    expect((await getDelivery(world.ctx, world.actor, delivery?.id ?? "")).attempts).toHaveLength(2);
  });

  it("a profile that answers to one status only takes another for a failure", async () => {
    const { id } = await endpoint({ url: `${world.receiver.url}/202`, profile: "vivoldi" });
    expect(id).toBeTruthy();
    const { id: eventId } = await world.send("url.clicked", "{}");
    const seen = await world.waitForDelivery(eventId, ({ step }) => step === 1);
    const accepts = compileProfile(builtInProfile("vivoldi")?.definition as never).isSuccess(202);
    expect(seen.state).toBe(accepts ? "succeeded" : "pending");
  });

  it("a rate limit spreads attempts out", async () => {
    await endpoint({ rate_limit: 20 });
    const startedAt = performance.now();
    for (let n = 0; n < 11; n++) await world.send("a.b", String(n));
    await world.receiver.waitFor(11);
    // The first may go at once; ten more at twenty a second need half a second.
    expect(performance.now() - startedAt).toBeGreaterThan(400);
  });

  it("settings that a person has set stay when the profile changes; the others follow it", async () => {
    const { id } = await endpoint({ timeout_ms: 7_000, auto_disable: false });
    const moved = await change(id, { profile: "vizi" });
    expect(moved).toMatchObject({
      timeout_ms: 7_000,
      retry_policy: { delays_seconds: [0, 60, 300, 1800, 7200, 28_800] },
      auto_disable: false,
      overrides: ["timeout_ms", "auto_disable"],
    });
    const { data: audit } = await listAudit(world.ctx, world.actor, { target: id, limit: 1 });
    expect(audit[0]?.detail).toMatchObject({
      before: { profile: "standard-webhooks, version 1" },
      after: { profile: "vizi, version 1" },
    });
    expect(await change(id, { timeout_ms: null, auto_disable: null })).toMatchObject({
      timeout_ms: 30_000,
      auto_disable: { after_hours: 72 },
      overrides: [],
    });
  });

  it("a profile that cannot use the secret is refused until a new one is asked for", async () => {
    const { id } = await endpoint({ profile: "github", secret: "It's a Secret to Everybody" });
    await expect(change(id, { profile: "svix" })).rejects.toMatchObject({ code: "conflict" });
    const moved = await change(id, { profile: "svix", new_secret: true });
    expect(moved).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
      secrets: [{ expires_at: null }],
    });
    await world.send("a.b", "1");
    await world.receiver.waitFor(1);
    const [request] = world.receiver.requests;
    expect(request && headerOf(request, "svix-signature")).toMatch(/^v1,/);
  });

  it("moving to ed25519 and rotating with an overlap carries both kinds of signature", async () => {
    const { id } = await endpoint();
    await change(id, { profile: "standard-webhooks-ed25519" });
    const rotated = await rotateSecret(world.ctx, world.actor, id, { overlap_seconds: 3600 });
    expect(rotated.public_key).toMatch(/^whpk_/);
    expect(rotated.secret).toBe(rotated.public_key);
    await world.send("a.b", "1");
    await world.receiver.waitFor(1);
    const [request] = world.receiver.requests;
    expect(request && headerOf(request, "webhook-signature")).toMatch(/^v1a,\S+ v1,\S+$/);
  });

  it("a profile with one signature has no overlap, and a secret can be brought along", async () => {
    const secret = "It's a Secret to Everybody";
    const created = await endpoint({ profile: "github", secret });
    expect(created.secret).toBe(secret);
    await expect(
      rotateSecret(world.ctx, world.actor, created.id, { overlap_seconds: 3600 }),
    ).rejects.toMatchObject({ code: "invalid_request", errors: [{ path: "overlap_seconds" }] });
    const rotated = await rotateSecret(world.ctx, world.actor, created.id, {});
    expect(rotated.secrets).toHaveLength(1);
    await expect(endpoint({ secret: "short" })).rejects.toMatchObject({
      code: "invalid_request",
      errors: [{ path: "secret" }],
    });
  });
});
