import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getOverview } from "@/lib/server/services/get-overview";
import { seedDelivery, seedEndpoint } from "@/tests/support/delivery-rows";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

const HOUR = 3_600_000;

let database: TestDatabase;
let ctx: TestContext;
let workspace: TestWorkspace;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
});

afterAll(async () => {
  await ctx.stop();
  await database.drop();
});

beforeEach(async () => {
  workspace = await createTestWorkspace(ctx);
});

const overview = () => getOverview(ctx, workspace.user("viewer"));
const ago = (hours: number) => new Date(ctx.now() - hours * HOUR);

describe("the overview", () => {
  it("of a new environment has nothing done and nothing counted", async () => {
    expect(await overview()).toMatchObject({
      first_steps: { endpoint: false, api_key: false, event: false },
      succeeded: 0,
      failed: 0,
      pending: 0,
      held: 0,
      oldest_due_at: null,
      latency_ms: null,
      troubled_endpoints: [],
    });
  });

  it("ticks off what has really been done: deleted endpoints, dead keys and tests do not count", async () => {
    const { liveId } = workspace;
    const deleted = await seedEndpoint(ctx, liveId, { deleted: true });
    await seedDelivery(ctx, liveId, { endpointId: deleted, trigger: "test", isTest: true });
    const key = { environmentId: liveId, name: "k", hint: "k", scopes: [] };
    const bytes = () => new Uint8Array(ctx.randomBytes(32));
    const rows = [
      { ...key, id: ctx.newId("apiKey"), hash: bytes(), revokedAt: new Date() },
      { ...key, id: ctx.newId("apiKey"), hash: bytes(), expiresAt: ago(1) },
    ];
    await ctx.db.prisma.apiKey.createMany({ data: rows });
    expect((await overview()).first_steps).toEqual({ endpoint: false, api_key: false, event: false });

    const endpointId = await seedEndpoint(ctx, liveId);
    await ctx.db.prisma.apiKey.create({ data: { ...key, id: ctx.newId("apiKey"), hash: bytes() } });
    await seedDelivery(ctx, liveId, { endpointId });
    expect((await overview()).first_steps).toEqual({ endpoint: true, api_key: true, event: true });
  });

  it("counts by the hour, without tests and without what is older than a day", async () => {
    const endpointId = await seedEndpoint(ctx, workspace.liveId);
    const seed = (state: string, hours: number, trigger = "event") =>
      seedDelivery(ctx, workspace.liveId, { endpointId, state, trigger, createdAt: ago(hours) });
    for (const hours of [0.1, 0.2, 3.5]) await seed("succeeded", hours);
    await seed("failed", 3.6);
    await seed("failed", 0.1, "test");
    await seed("succeeded", 24.5);
    const { hourly, succeeded, failed } = await overview();
    expect({ succeeded, failed }).toEqual({ succeeded: 3, failed: 1 });
    expect(hourly).toHaveLength(24);
    expect(hourly[23]).toEqual({ succeeded: 2, failed: 0 });
    expect(hourly[20]).toEqual({ succeeded: 1, failed: 1 });
  });

  it("counts what is open however old, and names the oldest that is overdue and not under way", async () => {
    const endpointId = await seedEndpoint(ctx, workspace.liveId);
    const seed = (state: string, nextAttemptAt: Date, leaseUntil?: Date) =>
      seedDelivery(ctx, workspace.liveId, {
        endpointId,
        state,
        nextAttemptAt,
        leaseUntil,
        createdAt: ago(100),
      });
    await seed("held", ago(50));
    await seed("pending", ago(5), new Date(ctx.now() + 30_000));
    await seed("pending", ago(-1));
    expect(await overview()).toMatchObject({ pending: 2, held: 1, oldest_due_at: null });
    const due = ago(2);
    await seed("pending", due);
    expect(await overview()).toMatchObject({ pending: 3, oldest_due_at: due.toISOString() });
  });

  it("lists endpoints in trouble: disabled first, then by failures; healthy and deleted ones never", async () => {
    const { liveId } = workspace;
    await seedEndpoint(ctx, liveId, { url: "https://healthy.test" });
    const bad = await seedEndpoint(ctx, liveId, { url: "https://bad.test" });
    const worse = await seedEndpoint(ctx, liveId, { url: "https://worse.test" });
    const off = await seedEndpoint(ctx, liveId, { url: "https://off.test", state: "disabled" });
    const gone = await seedEndpoint(ctx, liveId, { deleted: true });
    await seedDelivery(ctx, liveId, { endpointId: bad, state: "failed" });
    await seedDelivery(ctx, liveId, { endpointId: bad, state: "pending", attemptCount: 1 });
    for (let i = 0; i < 2; i++) await seedDelivery(ctx, liveId, { endpointId: worse, state: "failed" });
    await seedDelivery(ctx, liveId, { endpointId: gone, state: "failed" });
    const { troubled_endpoints: troubled } = await overview();
    expect(troubled.map(({ id }) => id)).toEqual([off, worse, bad]);
    expect(troubled[2]).toMatchObject({ failed_24h: 1, retrying: 1, succeeded_24h: 0 });
  });

  it("T-03 knows nothing of other environments and workspaces", async () => {
    const other = await createTestWorkspace(ctx);
    for (const environmentId of [workspace.sandboxId, other.liveId]) {
      const endpointId = await seedEndpoint(ctx, environmentId);
      for (const state of ["failed", "held", "succeeded"]) {
        await seedDelivery(ctx, environmentId, { endpointId, state });
      }
    }
    expect(await overview()).toMatchObject({
      first_steps: { endpoint: false, event: false },
      succeeded: 0,
      failed: 0,
      held: 0,
      troubled_endpoints: [],
    });
  });
});
