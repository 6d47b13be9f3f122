// What was matched before a change is written only where the change does not concern it: callbacks come and go with the
// events themselves, and must not send everybody else back to match again.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putCallbackInput } from "@/lib/contracts/callbacks";
import { inTransaction } from "@/lib/server/repositories/database";
import { bumpEndpointVersion } from "@/lib/server/repositories/endpoints";
import { insertEvents } from "@/lib/server/repositories/hot-path/ingest-statement";
import { putCallback } from "@/lib/server/services/callbacks/put-callback";
import { ingestBatch, ingestEvent } from "@/lib/server/services/ingest-events";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const put = (subject: string) =>
  putCallback(
    world.ctx,
    world.actor,
    subject,
    putCallbackInput.parse({ callback_url: `${world.receiver.url}/ok`, unsubscribe_on: ["payment.done"] }),
  );
const body = (type: string, subject: string | null) =>
  Buffer.from(JSON.stringify({ type, ...(subject !== null && { subject }), data: {} }));
const version = async () => {
  const { environmentId } = world.actor;
  const row = await world.ctx.db.prisma.environment.findUniqueOrThrow({ where: { id: environmentId } });
  return row.endpointVersion.toString();
};

/** Writes an event as one that was matched with the version given, with no endpoint. */
async function write(matchedWith: string, subject: string | null) {
  const [result] = await insertEvents(world.ctx.db.hot, [
    {
      environmentId: world.actor.environmentId,
      version: matchedWith,
      id: world.ctx.newId("event"),
      type: "plain.thing",
      tenant: null,
      subject,
      attributes: null,
      data: Buffer.from("{}"),
      isTest: false,
      requestHash: Buffer.alloc(32),
      occurredAtMs: world.ctx.now(),
      idempotency: null,
      deliveries: [],
    },
  ]);
  return result;
}

describe("an event that was matched before", () => {
  it("a callback was put is written, unless it is about the callback's subject", async () => {
    const before = await version();
    await put("order-1");
    const now = await version();
    expect(now).not.toBe(before);
    expect(await write(before, null)).toMatchObject({ fresh: true, written: true, version: now });
    expect(await write(before, "order-2")).toMatchObject({ fresh: true, written: true, version: now });
    expect(await write(before, "order-1")).toMatchObject({ fresh: false, written: false, version: null });
    expect(await write(now, "order-1")).toMatchObject({ fresh: true, written: true });
  });

  it("a final event ended a callback likewise", async () => {
    await put("order-3");
    const before = await version();
    await ingestEvent(world.ctx, world.actor, body("payment.done", "order-3"), null);
    expect(await version()).not.toBe(before);
    expect(await write(before, "order-4")).toMatchObject({ written: true });
    expect(await write(before, "order-3")).toMatchObject({ fresh: false, written: false });
  });

  it("any other endpoint changed is matched again, whatever it is about", async () => {
    const { id } = await world.endpoint("/ok", { event_types: ["never.sent"] });
    const before = await version();
    await updateEndpoint(world.ctx, world.actor, id, { event_types: ["plain.thing"] });
    expect(await write(before, null)).toMatchObject({ fresh: false, written: false });
    expect(await write(before, "order-5")).toMatchObject({ fresh: false, written: false });
  });

  it("a change that commits while the statement waits for it counts, although its snapshot is older", async () => {
    await put("order-8");
    const before = await version();
    const { prisma } = world.ctx.db;
    const waiting = () =>
      eventually(async () => {
        const [row] = await prisma.$queryRaw<{ n: number }[]>`
          SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
        return row?.n === 2;
      });
    let writes: ReturnType<typeof write>[] = [];
    await inTransaction(world.ctx.db, async (tx) => {
      await bumpEndpointVersion(tx, world.actor.environmentId);
      writes = [write(before, "order-8"), write(before, "order-9")];
      await waiting();
      await tx.endpoint.updateMany({ where: { subjects: { has: "order-8" } }, data: { description: "x" } });
    });
    const [concerned, unconcerned] = await Promise.all(writes);
    expect(concerned).toMatchObject({ fresh: false, written: false });
    expect(unconcerned).toMatchObject({ fresh: true, written: true, version: await version() });
  });

  it("the routing that a process knows moves on all the same", async () => {
    await world.send("plain.thing");
    const before = (await world.ctx.ingest.snapshotFor(world.actor.environmentId)).version;
    await put("order-6");
    await world.send("plain.thing");
    const now = (await world.ctx.ingest.snapshotFor(world.actor.environmentId)).version;
    expect(BigInt(now)).toBeGreaterThan(BigInt(before));
    await put("order-7");
    const events = [{ type: "plain.thing", data: 1 }];
    await ingestBatch(world.ctx, world.actor, Buffer.from(JSON.stringify({ events })), null);
    expect((await world.ctx.ingest.snapshotFor(world.actor.environmentId)).version).toBe(await version());
  });
});

it("a steady stream of final events refuses nobody", async () => {
  const subjects = Array.from({ length: 40 }, (_, index) => `stream-${index}`);
  for (const subject of subjects) await put(subject);
  const plain = Array.from({ length: 1_000 }, () =>
    ingestEvent(world.ctx, world.actor, body("order.made", null), null),
  );
  const finals: Promise<unknown>[] = [];
  for (const subject of subjects) {
    finals.push(ingestEvent(world.ctx, world.actor, body("payment.done", subject), null));
    await new Promise(setImmediate);
  }
  const outcomes = await Promise.allSettled([...plain, ...finals]);
  expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
  const ended = await world.ctx.db.prisma.endpoint.count({
    where: { subjects: { hasSome: subjects }, unsubscribedAt: { not: null } },
  });
  expect(ended).toBe(40);
});
