// A process sees an endpoint as it was up to two seconds ago: what it gives back must not be parked by that.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  claimDue,
  claimOne,
  type ReleaseRow,
  releaseLeases,
} from "@/lib/server/repositories/hot-path/lease-statements";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { disableEndpoint } from "@/lib/server/services/disable-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { ingestEvent } from "@/lib/server/services/ingest-events";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { createTestContext, type TestContext } from "../support/context";
import { eventually } from "../support/world";

// Two instances over one database. Neither polls: a test decides who claims what.
let here: TestContext;
let there: TestContext;
let endpointId: string;
let unique = 0;

beforeAll(async () => {
  here = await createTestContext({ inlineAttempts: false });
  there = await createTestContext({ inlineAttempts: false, connectionString: here.connectionString });
});
afterAll(async () => {
  await there.close();
  await here.close();
});
beforeEach(async () => {
  ({ id: endpointId } = await newEndpoint());
});
afterEach(() => vi.restoreAllMocks());

// The first attempt is due in an hour, so that a claim of what is due finds only what was released.
const newEndpoint = () =>
  createEndpoint(here.ctx, here.owner(), {
    url: "https://example.com/x",
    event_types: [`release.case${++unique}`],
    retry_policy: { delays_seconds: [3600, 60] },
  });

/** An event for the newest endpoint; gives the id of its delivery. */
async function send(): Promise<string> {
  const body = Buffer.from(`{"type":"release.case${unique}","data":1}`);
  const { answer } = await ingestEvent(here.ctx, here.owner(), body, null);
  // Ingest wakes its own instance, which must have looked before the test makes anything due.
  await here.ctx.pump.claimNow();
  const row = await here.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: answer.id } });
  return row.id;
}

const rowOf = (id: string) => here.ctx.db.prisma.delivery.findUniqueOrThrow({ where: { id } });

/** What the other process asks for when it believes that the endpoint is paused. */
async function leaseThere(id: string): Promise<ReleaseRow> {
  const claimed = await claimOne(there.ctx.db.hot, id, true);
  if (claimed === null) throw new Error("the delivery could not be claimed");
  return {
    deliveryId: id,
    leaseToken: BigInt(claimed.lease_token),
    delayMs: 0,
    state: "held",
    reason: "endpoint_paused",
  };
}
const releaseThere = (...rows: ReleaseRow[]) => releaseLeases(there.ctx.db.hot, rows);

const pause = () => pauseEndpoint(here.ctx, here.owner(), endpointId);

describe("a lease that is given back to be held", () => {
  it("I-18 is due again when the endpoint is active meanwhile: another process still believed it paused", async () => {
    // Time stands still for the caches, however slow the machine is.
    vi.spyOn(performance, "now").mockReturnValue(performance.now());
    const before = await leaseThere(await send());
    await pause();
    await releaseThere({ ...before, state: "pending", reason: null });
    await there.ctx.pump.attemptOne(before.deliveryId, { force: true });
    expect(await rowOf(before.deliveryId), "really paused: held").toMatchObject({
      state: "held",
      stateReason: "endpoint_paused",
      nextAttemptAt: null,
      claimableAt: null,
      leaseUntil: null,
    });

    await enableEndpoint(here.ctx, here.owner(), endpointId, { held: "keep" });
    const id = await send();
    expect(await there.ctx.pump.attemptOne(id, { force: true })).toMatchObject({ outcome: "busy" });
    expect(await rowOf(id), "no attempt was made, and none is lost").toMatchObject({
      state: "pending",
      stateReason: null,
      attemptCount: 0,
      leaseUntil: null,
      completedAt: null,
    });
    const claimed = await claimDue(here.ctx.db.hot, 10, []);
    expect(claimed.map((row) => [row.id, row.attempt_count, row.lost_attempt])).toEqual([[id, 1, null]]);
  });

  it("I-18 waits for an enabling that is not committed yet, and follows it", async () => {
    const id = await send();
    const leased = await leaseThere(id);
    await pause();
    const client = await here.ctx.db.hot.connect();
    try {
      await client.query("BEGIN");
      await client.query("UPDATE endpoint SET state = 'active' WHERE id = $1", [endpointId]);
      const released = releaseThere(leased);
      await eventually(async () => {
        const { rows } = await here.ctx.db.hot.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return rows.length === 1;
      });
      await client.query("COMMIT");
      await released;
    } finally {
      // Ends the transaction too, should the test have failed in it.
      client.release(true);
    }
    expect(await rowOf(id)).toMatchObject({ state: "pending", stateReason: null, leaseUntil: null });
  });

  it("is held with the reason of now, and cancelled when the endpoint was deleted", async () => {
    const disabled = await leaseThere(await send());
    await disableEndpoint(here.ctx, here.owner(), endpointId);
    ({ id: endpointId } = await newEndpoint());
    const orphan = await leaseThere(await send());
    await deleteEndpoint(here.ctx, here.owner(), endpointId);
    await releaseThere(disabled, orphan);
    expect(await rowOf(disabled.deliveryId)).toMatchObject({
      state: "held",
      stateReason: "endpoint_disabled",
      completedAt: null,
    });
    expect(await rowOf(orphan.deliveryId)).toMatchObject({
      state: "cancelled",
      stateReason: "endpoint_deleted",
      completedAt: expect.any(Date),
    });
  });

  it("C-21 changes nothing when somebody else holds the lease by now", async () => {
    const id = await send();
    const leased = await leaseThere(id);
    await here.ctx.db.prisma.delivery.update({ where: { id }, data: { leaseUntil: new Date(0) } });
    await claimOne(here.ctx.db.hot, id, true);
    const before = await rowOf(id);
    await releaseThere(leased);
    expect(await rowOf(id)).toEqual(before);
  });
});

describe("a lease that is given back to wait", () => {
  it("keeps the time of its attempt, in one statement with others that are to be held", async () => {
    const [waiting, held] = [await leaseThere(await send()), await leaseThere(await send())];
    const before = await rowOf(waiting.deliveryId);
    await pause();
    await releaseThere({ ...waiting, state: "pending", reason: null, delayMs: 5_000 }, held);
    const after = await rowOf(waiting.deliveryId);
    expect(after).toMatchObject({ state: "pending", stateReason: null, nextAttemptAt: before.nextAttemptAt });
    expect((after.claimableAt?.getTime() ?? 0) - after.updatedAt.getTime()).toBe(5_000);
    expect((await rowOf(held.deliveryId)).state).toBe("held");
  });
});
