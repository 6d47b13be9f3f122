import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { seedAttempt, seedDelivery, seedEndpoint } from "@/tests/support/delivery-rows";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
let ours: TestWorkspace;
let theirs: TestWorkspace;
let viewer: Actor;
let endpointId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  [ours, theirs] = [await createTestWorkspace(ctx), await createTestWorkspace(ctx)];
  viewer = ours.user("viewer");
  endpointId = await seedEndpoint(ctx, ours.liveId);
});

afterAll(async () => {
  await ctx.stop();
  await database.drop();
});

const seed = (more: Partial<Parameters<typeof seedDelivery>[2]> = {}) =>
  seedDelivery(ctx, ours.liveId, { endpointId, ...more });

describe("getDelivery", () => {
  it("P-01 P-02 P-03 P-04 P-06 shows the request body as the bytes that were sent", async () => {
    const data = '{ "zebra":1,\r\n\t"alpha":9007199254740993, "n":1.10, "a":1,"a":2, "e":1E+2 }\n';
    const { id } = await seed({ data });
    await seedAttempt(ctx, id, { number: 1 });
    const detail = await getDelivery(ctx, viewer, id);
    const body = detail.attempts[0]?.request.body ?? "";
    expect(body.startsWith('{"type":"order.paid","timestamp":"')).toBe(true);
    expect(body.endsWith(`"data":${data}}`)).toBe(true);
    expect(detail.event.payload_available).toBe(true);
  });

  it("shows no body when what was sent is not what would be rebuilt, or retention has cleared it", async () => {
    const changed = await seed();
    await seedAttempt(ctx, changed.id, { number: 1, sha256: new Uint8Array(32) });
    expect((await getDelivery(ctx, viewer, changed.id)).attempts[0]?.request.body).toBeNull();
    const cleared = await seed({ data: null });
    await seedAttempt(ctx, cleared.id, { number: 1 });
    const detail = await getDelivery(ctx, viewer, cleared.id);
    expect(detail.attempts[0]?.request.body).toBeNull();
    expect(detail.event.payload_available).toBe(false);
  });

  it("keeps order and repetitions of headers, masks included", async () => {
    const { id, eventId } = await seed();
    await seedAttempt(ctx, id, { number: 1 });
    const [attempt] = (await getDelivery(ctx, viewer, id)).attempts;
    expect(attempt?.request.headers).toEqual([
      ["webhook-id", eventId],
      ["x-key", "••••••"],
    ]);
    expect(attempt?.response?.headers).toEqual([
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
    ]);
  });

  it("R-21 gives an answer that is not UTF-8 as base64, and one cut inside a character as text", async () => {
    const { id } = await seed();
    await seedAttempt(ctx, id, { number: 1, responseBody: new Uint8Array([0xff, 0xfe, 0]) });
    await seedAttempt(ctx, id, {
      number: 2,
      truncated: true,
      responseBody: new Uint8Array(Buffer.from("prix: 5 €").subarray(0, -1)),
    });
    await seedAttempt(ctx, id, { number: 3, responseBody: new Uint8Array([0x61, 0, 0x62]) });
    const responses = (await getDelivery(ctx, viewer, id)).attempts.map((attempt) => attempt.response);
    expect(responses[0]).toMatchObject({ body: "//4A", body_encoding: "base64" });
    expect(responses[1]).toMatchObject({ body: "prix: 5 ", body_encoding: "utf8", truncated: true });
    expect(responses[1]?.body_size).toBe(70_000);
    expect(responses[2]).toMatchObject({ body: "a\0b", body_encoding: "utf8" });
  });

  it("gives attempts without an answer their error class and message", async () => {
    const { id } = await seed({ state: "failed" });
    await seedAttempt(ctx, id, { number: 1, status: null, errorClass: "timeout" });
    const [attempt] = (await getDelivery(ctx, viewer, id)).attempts;
    expect(attempt?.response).toBeNull();
    expect(attempt?.error).toEqual({ class: "timeout", message: "It failed." });
  });

  it("plans the attempts that the schedule still holds, with clock times", async () => {
    const nextAttemptAt = new Date(Date.UTC(2030, 0, 1));
    const { id } = await seed({ state: "pending", step: 1, attemptCount: 1, nextAttemptAt });
    expect((await getDelivery(ctx, viewer, id)).planned_attempts).toEqual([
      { number: 2, at: "2030-01-01T00:00:00.000Z" },
      { number: 3, at: "2030-01-01T00:10:00.000Z" },
    ]);
  });

  it("plans only what follows an attempt under way, and nothing after the end", async () => {
    const leaseUntil = new Date(Date.now() + 60_000);
    const flying = await seed({ state: "pending", attemptCount: 1, leaseUntil });
    const detail = await getDelivery(ctx, viewer, flying.id);
    expect(detail.in_flight).toBe(true);
    expect(detail.planned_attempts.map((planned) => planned.number)).toEqual([2, 3]);
    const done = await seed({ state: "failed", leaseUntil });
    expect(await getDelivery(ctx, viewer, done.id)).toMatchObject({ in_flight: false, planned_attempts: [] });
  });

  it("plans one attempt for a replay", async () => {
    const { id } = await seed({ state: "pending", trigger: "replay" });
    expect((await getDelivery(ctx, viewer, id)).planned_attempts.map(({ number }) => number)).toEqual([1]);
  });

  it("T-01 answers a foreign id like one that never was", async () => {
    const theirEndpoint = await seedEndpoint(ctx, theirs.liveId);
    const { id } = await seedDelivery(ctx, theirs.liveId, { endpointId: theirEndpoint });
    const failure = async (asked: string) => {
      const error = await getDelivery(ctx, viewer, asked).catch((thrown: unknown) => thrown);
      return isAppError(error) ? [error.code, error.message] : error;
    };
    const foreign = await failure(id);
    expect(foreign).toEqual(await failure(ctx.newId("delivery")));
    expect(foreign).toMatchObject({ 0: "not_found" });
  });
});
