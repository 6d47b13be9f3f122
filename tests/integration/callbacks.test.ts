// Callbacks of single subjects: where their events go, and that they end when they should, and not before.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setRuntime } from "@/lib/server/runtime";
import { ingestBatch, ingestEvent } from "@/lib/server/services/ingest-events";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { type ApiClient, openApiClient } from "../support/api-client";
import { createTestContext, type TestContext } from "../support/context";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

const DAY = 86_400_000;
let world: World;
let other: TestContext;
let api: ApiClient;
let unique = 0;
const clock = { offset: 0 };

beforeAll(async () => {
  world = await createWorld({ now: () => Date.now() + clock.offset });
  // A second process over the same database, which learns of changes from the database alone.
  other = await createTestContext({
    connectionString: world.connectionString,
    inlineAttempts: false,
    now: () => Date.now() + clock.offset,
  });
  setRuntime({ ...world.ctx, stop: async () => undefined });
  api = await openApiClient(world.ctx, world.actor);
});
afterAll(async () => {
  setRuntime(null);
  await other.close();
  await world.close();
});

const freshSubject = () => `ref-${unique++}`;
const address = (subject: string) => `/api/v1/subjects/${encodeURIComponent(subject)}/callback`;
const put = (subject: string, input: Record<string, unknown> = {}) =>
  api.call("PUT", address(subject), { callback_url: `${world.receiver.url}/ok?${subject}`, ...input });
const about = (subject: string, type = "reference.updated") => world.send(type, '{"n":1}', { subject });
const aboutElsewhere = async (subject: string, type = "reference.updated") => {
  const body = JSON.stringify({ type, subject, data: { n: 1 } });
  return (await ingestEvent(other.ctx, other.owner(), Buffer.from(body), null)).answer;
};
const arrivedFor = (subject: string) =>
  world.receiver.requests.filter((request) => request.target.endsWith(`?${subject}`));

describe("a callback", () => {
  it("takes the events of its subject and of no other, signed with the secret shown once", async () => {
    const subject = freshSubject();
    const made = await put(subject, { event_types: ["reference.*"] });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ subject, status: "active", unsubscribe_on: [], expires_at: null });
    expect(made.json.secret).toMatch(/^whsec_/);
    expect((await about(subject)).deliveries).toBe(1);
    expect((await about(freshSubject())).deliveries).toBe(0);
    expect((await world.send("reference.updated")).deliveries).toBe(0);
    expect((await about(subject, "other.type")).deliveries).toBe(0);
    const [request] = await eventually(async () => arrivedFor(subject).length > 0 && arrivedFor(subject));
    expect(request === undefined ? null : headerOf(request, "webhook-signature")).toMatch(/^v1,/);
    const read = await api.call("GET", address(subject));
    expect(read.json).toEqual({ ...made.json, secret: undefined, public_key: undefined });
  });

  it("keeps its endpoint and secret when it is put again, and the new address gets the next event", async () => {
    const subject = freshSubject();
    const first = await put(subject, { unsubscribe_on: ["reference.completed"], expires_in_seconds: 60 });
    const again = await put(subject, { callback_url: `${world.receiver.url}/ok?moved-${subject}` });
    expect(again.status).toBe(200);
    expect(again.json.endpoint_id).toBe(first.json.endpoint_id);
    expect(again.json).toMatchObject({ unsubscribe_on: [], expires_at: null });
    expect(again.text).not.toContain("secret");
    await about(subject);
    await eventually(async () => arrivedFor(`moved-${subject}`).length === 1);
    expect(arrivedFor(subject)).toEqual([]);
  });

  it("takes a secret that the receiver has, changes nothing when told the same, and another one at once", async () => {
    const subject = freshSubject();
    const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
    expect((await put(subject, { secret })).json.secret).toBe(secret);
    expect((await put(subject, { secret })).json.secret).toBeUndefined();
    const next = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
    expect((await put(subject, { secret: next })).json.secret).toBe(next);
  });

  it("refused, keeps its secret: none is replaced without an answer that shows the new one", async () => {
    const subject = freshSubject();
    const { json } = await put(subject, { tenant: "a", profile: "nzochain" });
    const secrets = () =>
      world.ctx.db.prisma.endpointSecret.findMany({ where: { endpointId: json.endpoint_id } });
    const before = await secrets();
    const { prisma } = world.ctx.db;
    await prisma.$executeRawUnsafe(`
      CREATE FUNCTION refuse_replacing() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'power cut'; END $$`);
    await prisma.$executeRawUnsafe(`
      CREATE TRIGGER refuse_replacing BEFORE INSERT ON audit_entry
      FOR EACH ROW WHEN (NEW.action = 'callback.replaced') EXECUTE FUNCTION refuse_replacing()`);
    const call = { tenant: "a", profile: "standard-webhooks", new_secret: true };
    expect((await put(subject, call)).status).toBe(500);
    await prisma.$executeRawUnsafe("DROP TRIGGER refuse_replacing ON audit_entry");
    expect(await secrets()).toEqual(before);
    expect((await put(subject, { ...call, tenant: "b" })).status).toBe(409);
    expect(await secrets()).toEqual(before);
    expect((await put(subject, call)).json.secret).toMatch(/^whsec_/);
  });

  it("moves to another profile, with a new secret where that needs one, and only when told", async () => {
    const subject = freshSubject();
    const made = await put(subject, { profile: "nzochain" });
    expect(made.json.secret).toMatch(/^[0-9a-f]{64}$/);
    expect((await put(subject, { profile: "visisto" })).json).toMatchObject({ profile: "visisto" });
    const refused = await put(subject, { profile: "standard-webhooks" });
    expect([refused.status, refused.json.code]).toEqual([409, "conflict"]);
    const moved = await put(subject, { profile: "standard-webhooks", new_secret: true });
    expect(moved.json).toMatchObject({
      profile: "standard-webhooks",
      secret: expect.stringMatching(/^whsec_/),
    });
  });

  it.each([
    ["no address", {}, "callback_url"],
    ["two ends", { expires_at: "2099-01-01T00:00:00Z", expires_in_seconds: 5 }, "expires_in_seconds"],
    ["an end in the past", { expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
    ["a final pattern", { unsubscribe_on: ["reference.*"] }, "unsubscribe_on[0]"],
    ["an unknown profile", { profile: "nobody" }, "profile"],
    ["an unknown field", { subject: "x" }, ""],
  ])("refuses %s and makes nothing", async (_, input, path) => {
    const subject = freshSubject();
    const refused =
      path === "callback_url" ? await api.call("PUT", address(subject), {}) : await put(subject, input);
    expect(refused.status).toBe(400);
    expect(refused.json.errors[0].path).toBe(path);
    expect((await api.call("GET", address(subject))).status).toBe(404);
  });

  it("refuses an address that must not be called", async () => {
    const refused = await put(freshSubject(), { callback_url: "https://10.0.0.1/x" });
    expect([refused.status, refused.json.errors[0].path]).toEqual([422, "callback_url"]);
  });

  it("cannot be turned to another subject as an endpoint, and is told apart in the list", async () => {
    const subject = freshSubject();
    const { json } = await put(subject);
    const patch = await api.call("PATCH", `/api/v1/endpoints/${json.endpoint_id}`, { subjects: ["x"] });
    expect([patch.status, patch.json.errors[0].path]).toEqual([400, "subjects"]);
    const listed = await api.call("GET", `/api/v1/endpoints?kind=callback&subject=${subject}`);
    expect(listed.json.data.map(({ id }: { id: string }) => id)).toEqual([json.endpoint_id]);
    expect((await api.call("GET", `/api/v1/endpoints?kind=ordinary&subject=${subject}`)).json.data).toEqual(
      [],
    );
  });
});

describe("its end", () => {
  it("unsubscribed, it gets nothing new, while a retry from before still goes out", async () => {
    const subject = freshSubject();
    const { json } = await put(subject, { callback_url: `${world.receiver.url}/flaky/1?${subject}` });
    await api.call("PATCH", `/api/v1/endpoints/${json.endpoint_id}`, {
      retry_policy: { delays_seconds: [0, 3600] },
    });
    const before = await about(subject);
    await world.waitForDelivery(before.id, (row) => row.step === 1);
    expect((await api.call("DELETE", address(subject))).status).toBe(204);
    expect((await api.call("DELETE", address(subject))).status).toBe(204);
    expect((await about(subject)).deliveries).toBe(0);
    expect((await aboutElsewhere(subject)).deliveries).toBe(0);
    const [row] = await world.deliveriesOf(before.id);
    expect(row?.state).toBe("pending");
    await world.ctx.pump.attemptOne(row?.id ?? "", { force: true });
    expect((await world.deliveriesOf(before.id))[0]?.state).toBe("succeeded");
    expect((await api.call("GET", address(subject))).json).toMatchObject({
      status: "unsubscribed",
      unsubscribed_by_event: null,
    });
    expect((await put(subject)).json).toMatchObject({ status: "active", unsubscribed_at: null });
    expect((await about(subject)).deliveries).toBe(1);
  });

  it("a subject without a callback is unknown to every call", async () => {
    const subject = freshSubject();
    expect((await api.call("GET", address(subject))).status).toBe(404);
    expect((await api.call("DELETE", address(subject))).status).toBe(404);
  });

  it("expired by our clock, it gets nothing new, whichever process accepts the event", async () => {
    const subject = freshSubject();
    await put(subject, { expires_in_seconds: 2 * 86_400 });
    clock.offset = DAY;
    expect((await about(subject)).deliveries).toBe(1);
    expect((await aboutElsewhere(subject)).deliveries).toBe(1);
    clock.offset = 3 * DAY;
    expect((await about(subject)).deliveries).toBe(0);
    expect((await aboutElsewhere(subject)).deliveries).toBe(0);
    const read = await api.call("GET", address(subject));
    expect(read.json.status).toBe("expired");
    const test = await api.call("POST", `/api/v1/endpoints/${read.json.endpoint_id}/test`);
    expect([test.status, test.json.code]).toEqual([409, "conflict"]);
    clock.offset = 0;
  });

  it("a final event is the last one that it takes, in every process and at any haste", async () => {
    const subject = freshSubject();
    await put(subject, { unsubscribe_on: ["reference.completed"] });
    // Both processes have matched for it before, so both know it.
    expect((await about(subject)).deliveries).toBe(1);
    expect((await aboutElsewhere(subject)).deliveries).toBe(1);
    const final = await about(subject, "reference.completed");
    expect(final.deliveries).toBe(1);
    expect((await aboutElsewhere(subject)).deliveries).toBe(0);
    expect((await about(subject)).deliveries).toBe(0);
    expect((await about(subject, "reference.completed")).deliveries).toBe(0);
    expect((await api.call("GET", address(subject))).json).toMatchObject({
      status: "unsubscribed",
      unsubscribed_by_event: final.id,
    });
    await world.waitForDelivery(final.id, (row) => row.state === "succeeded");
  });

  it("of many final events at once exactly one is delivered", async () => {
    const subject = freshSubject();
    await put(subject, { unsubscribe_on: ["reference.completed"] });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        (index % 2 === 0 ? about : aboutElsewhere)(subject, "reference.completed"),
      ),
    );
    expect(answers.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(1);
  });

  it("a final type that it does not subscribe to ends it without a delivery; a test of that type does not", async () => {
    const subject = freshSubject();
    const { json } = await put(subject, {
      event_types: ["reference.updated"],
      unsubscribe_on: ["reference.completed"],
    });
    const tested = await api.call("POST", `/api/v1/endpoints/${json.endpoint_id}/test`, {
      type: "reference.completed",
    });
    expect(tested.status).toBe(202);
    expect((await about(subject)).deliveries).toBe(1);
    expect((await about(subject, "reference.completed")).deliveries).toBe(0);
    expect((await about(subject)).deliveries).toBe(0);
  });

  it("paused, its final event is held for a person, and it ends all the same", async () => {
    const subject = freshSubject();
    const { json } = await put(subject, { unsubscribe_on: ["reference.completed"] });
    await pauseEndpoint(world.ctx, world.actor, json.endpoint_id);
    const final = await about(subject, "reference.completed");
    expect((await world.deliveriesOf(final.id)).map((row) => row.state)).toEqual(["held"]);
    expect((await about(subject)).deliveries).toBe(0);
  });

  it("neither the event nor the end exists alone", async () => {
    const subject = freshSubject();
    await put(subject, { unsubscribe_on: ["reference.completed"] });
    const { prisma } = world.ctx.db;
    await prisma.$executeRawUnsafe(`
      CREATE FUNCTION refuse_end() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'power cut'; END $$`);
    await prisma.$executeRawUnsafe(`
      CREATE TRIGGER refuse_end BEFORE UPDATE OF unsubscribed_at ON endpoint
      FOR EACH ROW WHEN (NEW.unsubscribed_at IS NOT NULL) EXECUTE FUNCTION refuse_end()`);
    await expect(world.send("reference.completed", "{}", { subject, id: "cut-short" })).rejects.toThrow();
    expect(await prisma.event.count({ where: { id: "cut-short" } })).toBe(0);
    await prisma.$executeRawUnsafe("DROP TRIGGER refuse_end ON endpoint");
    expect((await about(subject)).deliveries).toBe(1);
    const final = await world.send("reference.completed", "{}", { subject, id: "cut-short" });
    expect(final.deliveries).toBe(1);
    expect((await about(subject)).deliveries).toBe(0);
  });
});

describe("in a batch", () => {
  const send = async (events: { type: string; subject: string; id?: string }[]) => {
    const body = JSON.stringify({ events: events.map((event) => ({ ...event, data: {} })) });
    const { answer } = await ingestBatch(world.ctx, world.actor, Buffer.from(body), null);
    return answer.data.map(({ deliveries }) => deliveries);
  };

  it("what comes after the final event is too late, and the next batch too", async () => {
    const subject = freshSubject();
    await put(subject, { unsubscribe_on: ["reference.completed"] });
    const types = ["reference.updated", "reference.completed", "reference.updated", "reference.completed"];
    expect(await send(types.map((type) => ({ type, subject })))).toEqual([1, 1, 0, 0]);
    expect(await send([{ type: "reference.updated", subject }])).toEqual([0]);
  });

  it("a final event that is repeated ends nothing that was subscribed since", async () => {
    const subject = freshSubject();
    const final = { type: "reference.completed", subject, id: `final-${subject}` };
    await put(subject, { unsubscribe_on: ["reference.completed"] });
    expect(await send([final])).toEqual([1]);
    await put(subject, { unsubscribe_on: ["reference.completed"] });
    expect(await send([final, { type: "reference.updated", subject }])).toEqual([1, 1]);
    expect((await api.call("GET", address(subject))).json.status).toBe("active");
  });
});

describe("many of them", () => {
  it("5,000 that have not ended are the most; those that have make room", async () => {
    const { prisma } = world.ctx.db;
    const sandbox = await openApiClient(world.ctx, world.owner(world.environments.sandbox));
    const row = (index: number, expiresAt: Date | null) => ({
      id: world.ctx.newId("endpoint"),
      environmentId: world.environments.sandbox,
      url: "https://example.com/x",
      eventTypes: ["*"],
      timeoutMs: 15_000,
      retryPolicy: { preset: "standard" },
      maxConcurrency: 1,
      state: "active",
      kind: "callback",
      subjects: [`many-${index}`],
      expiresAt,
    });
    await prisma.endpoint.createMany({
      data: Array.from({ length: 5_010 }, (_, index) => row(index, index < 11 ? new Date(0) : null)),
    });
    const input = { callback_url: `${world.receiver.url}/ok?many` };
    expect((await sandbox.call("PUT", address("one-more"), input)).status).toBe(201);
    const full = await sandbox.call("PUT", address("too-many"), input);
    expect([full.status, full.json.code]).toEqual([409, "conflict"]);
    expect((await sandbox.call("PUT", address("many-4000"), input)).status).toBe(200);
    // Their own bound: an ordinary endpoint still finds room.
    const ordinary = { url: `${world.receiver.url}/ok`, event_types: ["*"] };
    expect((await sandbox.call("POST", "/api/v1/endpoints", ordinary)).status).toBe(201);
    const event = await sandbox.call("POST", "/api/v1/events", { type: "a.b", subject: "many-77", data: 1 });
    expect(event.json.deliveries).toBe(2);
  });
});
