import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ListDeliveriesQuery } from "@/lib/contracts/deliveries";
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import { encodeCursor } from "@/lib/domain/list-cursor";
import { handleListDeliveries } from "@/lib/server/http/delivery-handlers";
import { listDeliveries } from "@/lib/server/services/list-deliveries";
import { seedDelivery, seedEndpoint } from "@/tests/support/delivery-rows";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

const DAY = 24 * 3600 * 1000;
const BASE = Date.UTC(2026, 5, 1, 12);
const when = (hours: number) => new Date(BASE + hours * 3600 * 1000);

let database: TestDatabase;
let ctx: TestContext;
let ours: TestWorkspace;
let theirs: TestWorkspace;
let viewer: Actor;
let first: string;
let second: string;
const ids: Record<string, string> = {};
const eventIds: Record<string, string> = {};
let foreign: { id: string; eventId: string };

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  [ours, theirs] = [await createTestWorkspace(ctx), await createTestWorkspace(ctx)];
  viewer = ours.user("viewer");
  [first, second] = [await seedEndpoint(ctx, ours.liveId), await seedEndpoint(ctx, ours.liveId)];
  const seeds = {
    ok: { endpointId: first, lastStatus: 204 },
    down: { endpointId: first, state: "failed", lastStatus: 503, lastErrorClass: "server_error" },
    slow: { endpointId: second, state: "pending", lastErrorClass: "timeout" },
    bad: { endpointId: second, state: "failed", lastStatus: 500, lastErrorClass: "server_error" },
    held: { endpointId: second, state: "held", type: "invoice.sent" },
    replay: { endpointId: first, trigger: "replay", lastStatus: 200 },
  };
  for (const [index, [name, seed]] of Object.entries(seeds).entries()) {
    const row = await seedDelivery(ctx, ours.liveId, { ...seed, createdAt: when(index) });
    ids[name] = row.id;
    eventIds[name] = row.eventId;
  }
  const sandboxEndpoint = await seedEndpoint(ctx, ours.sandboxId);
  await seedDelivery(ctx, ours.sandboxId, { endpointId: sandboxEndpoint });
  const foreignEndpoint = await seedEndpoint(ctx, theirs.liveId);
  foreign = await seedDelivery(ctx, theirs.liveId, { endpointId: foreignEndpoint });
});

afterAll(async () => {
  await ctx.stop();
  await database.drop();
});

const list = (query: Partial<ListDeliveriesQuery>, actor: Actor = viewer) =>
  listDeliveries(ctx, actor, { limit: 50, ...query });

async function names(query: Partial<ListDeliveriesQuery>): Promise<string[]> {
  const { data } = await list(query);
  return data.map((row) => Object.keys(ids).find((name) => ids[name] === row.id) ?? "foreign");
}

const ask = (query: string, actor: Actor = viewer) =>
  handleListDeliveries({ ctx, actor, request: new Request(`http://x/deliveries?${query}`), params: {} });

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "none";
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
}

describe("listDeliveries", () => {
  it("T-03 gives every delivery of the environment, newest first, and none of another", async () => {
    expect(await names({})).toEqual(["replay", "held", "bad", "slow", "down", "ok"]);
  });

  it.each<[Partial<ListDeliveriesQuery>, string[]]>([
    [{ state: ["failed"] }, ["bad", "down"]],
    [{ state: ["succeeded", "held"] }, ["replay", "held", "ok"]],
    [{ code: "503" }, ["down"]],
    [{ code: "5xx" }, ["bad", "down"]],
    [{ code: "2xx" }, ["replay", "ok"]],
    [{ code: "timeout" }, ["slow"]],
    [{ code: "server_error", state: ["failed"] }, ["bad", "down"]],
    [{ type: "invoice.sent" }, ["held"]],
    [{ trigger: "replay" }, ["replay"]],
    [{ from: when(2).toISOString(), to: when(3).toISOString() }, ["bad", "slow"]],
    [{ from: when(4.5).toISOString() }, ["replay"]],
    [
      { from: "1969-01-01T00:00:00Z", to: "9999-12-31T23:59:59Z" },
      ["replay", "held", "bad", "slow", "down", "ok"],
    ],
    [{ to: "1969-01-01T00:00:00Z" }, []],
  ])("filters by %j", async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it("filters by endpoint, event, id of either kind, and several ids", async () => {
    expect(await names({ endpoint_id: second })).toEqual(["held", "bad", "slow"]);
    expect(await names({ event_id: eventIds.bad })).toEqual(["bad"]);
    expect(await names({ id: eventIds.down })).toEqual(["down"]);
    expect(await names({ id: ids.slow })).toEqual(["slow"]);
    expect(await names({ ids: [ids.ok ?? "", ids.held ?? ""] })).toEqual(["held", "ok"]);
  });

  it("T-01 T-02 finds nothing by the ids of another workspace", async () => {
    expect(await names({ id: foreign.id })).toEqual([]);
    expect(await names({ id: foreign.eventId })).toEqual([]);
    expect(await names({ ids: [foreign.id] })).toEqual([]);
    expect(await names({ event_id: foreign.eventId })).toEqual([]);
  });

  it("pages through everything once, also while newer rows arrive", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    let newer: string | undefined;
    for (;;) {
      const page = await list({ limit: 2, cursor });
      seen.push(...page.data.map((row) => row.id));
      newer ??= (await seedDelivery(ctx, ours.liveId, { endpointId: first })).id;
      if (page.next_cursor === null) break;
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(["replay", "held", "bad", "slow", "down", "ok"].map((name) => ids[name]));
    expect((await list({ limit: 1 })).data.map((row) => row.id)).toEqual([newer]);
    await ctx.db.prisma.delivery.deleteMany({ where: { id: newer ?? "" } });
  });

  it("I-06 a foreign cursor is only a position: it shows no other tenant's row", async () => {
    const page = await list({ cursor: encodeCursor(foreign.id) });
    expect(page.data.every((row) => Object.values(ids).includes(row.id))).toBe(true);
  });

  it.each(["abc", encodeCursor("dlv_x"), encodeCursor(`${"evt"}_01`), `${encodeCursor("dlv_x")}A`, "%00"])(
    "I-06 refuses the forged cursor %j",
    async (cursor) => {
      expect(await codeOf(list({ cursor }))).toBe("invalid_request");
    },
  );

  it.each([
    "limit=-1",
    "limit=0",
    "limit=1e9",
    "limit=abc",
    "limit=9007199254740993",
    "limit=251",
    "id[not]=x",
    "state=failed&state=held",
    "state=exploded",
    "code=999999",
    "code=5XX;",
    "from=2026-01-01T24:00:00Z",
    "from=1767225600",
    "from=yesterday",
    "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    "ids=dlv_1",
    "where=1",
  ])("I-03 I-06 I-23 refuses ?%s", async (query) => {
    expect(await codeOf(ask(query))).toBe("invalid_request");
  });

  it.each(["'; DROP TABLE delivery; --", "%", "_", "\\", '"', "$1", "order.paid' OR '1'='1"])(
    "I-05 takes %j as an ordinary value in every text filter",
    async (text) => {
      for (const filter of ["type", "id", "event_id", "endpoint_id"]) {
        const response = await ask(`${filter}=${encodeURIComponent(text)}`);
        expect(await response.json()).toEqual({ data: [], next_cursor: null });
      }
    },
  );

  it("I-04 says 403 without the permission, whatever is asked", async () => {
    expect(await codeOf(list({}, ours.apiKey(["events:write"])))).toBe("forbidden");
  });

  it("I-23 understands offsets of time zones", async () => {
    const from = new Date(BASE + 4.5 * 3600 * 1000 + 2 * 3600 * 1000).toISOString().replace("Z", "+02:00");
    expect(await names({ from })).toEqual(["replay"]);
  });

  it("keeps rows whose id clock and row clock differ by minutes in a time range", async () => {
    const createdAt = new Date(BASE - 30 * DAY);
    const { id } = await seedDelivery(ctx, ours.liveId, { endpointId: first, createdAt });
    await ctx.db.prisma.delivery.update({
      where: { id },
      data: { createdAt: new Date(createdAt.getTime() + 5 * 60_000) },
    });
    const from = new Date(createdAt.getTime() + 4 * 60_000).toISOString();
    const to = new Date(createdAt.getTime() + 6 * 60_000).toISOString();
    expect((await list({ from, to })).data.map((row) => row.id)).toEqual([id]);
    await ctx.db.prisma.delivery.delete({ where: { id } });
  });
});
