import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ListEventsQuery } from "@/lib/contracts/events";
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import { encodeCursor } from "@/lib/domain/list-cursor";
import { handleGetEvent, handleGetEventText } from "@/lib/server/http/event-handlers";
import { getEvent } from "@/lib/server/services/get-event";
import { listEvents } from "@/lib/server/services/list-events";
import { seedDelivery, seedEndpoint } from "@/tests/support/delivery-rows";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
let ours: TestWorkspace;
let viewer: Actor;
let endpointId: string;
let foreignEventId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  ours = await createTestWorkspace(ctx);
  viewer = ours.user("viewer");
  endpointId = await seedEndpoint(ctx, ours.liveId);
  const theirs = await createTestWorkspace(ctx);
  const theirEndpoint = await seedEndpoint(ctx, theirs.liveId);
  foreignEventId = (await seedDelivery(ctx, theirs.liveId, { endpointId: theirEndpoint })).eventId;
});

afterAll(async () => {
  await ctx.stop();
  await database.drop();
});

const seed = (more: Partial<Parameters<typeof seedDelivery>[2]> = {}) =>
  seedDelivery(ctx, ours.liveId, { endpointId, ...more });
const list = (query: Partial<ListEventsQuery>) => listEvents(ctx, viewer, { limit: 50, ...query });
const call = (id: string) => ({
  ctx,
  actor: viewer,
  request: new Request("http://x/events"),
  params: { id },
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return isAppError(error) ? error.code : String(error);
}

const DATA: [string, string][] = [
  ["P-01", '{"zebra":1,"alpha":2,"mango":3,"10":1,"2":1}'],
  ["P-02", '{ \t"a" :\r\n 1 }\n'],
  ["P-03", "[9007199254740993,12345678901234567890123,0.1000000000000000055511151231257827]"],
  ["P-04", "[1.0,1.10,1e2,-0,1E+2]"],
  ["P-05", "[1e400]"],
  ["P-06", '{"a":1,"a":2}'],
  ["P-07", '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}'],
  ["P-08", '{"nul":"\\u0000"}'],
  ["P-09", '{"s":"\\ud800 😀 é \u202e"}'],
];

describe("getEvent", () => {
  it.each(DATA)("%s gives data as the bytes that came: %s", async (_row, data) => {
    const { eventId } = await seed({ data });
    const text = await (await handleGetEvent(call(eventId))).text();
    expect(text.endsWith(`,"data":${data}}`)).toBe(true);
    expect(JSON.parse(text)).toMatchObject({ id: eventId, type: "order.paid", payload_cleared_at: null });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    const forPage = (await (await handleGetEventText(call(eventId))).json()) as { data_text: string };
    expect(forPage.data_text).toBe(data);
  });

  it("says that retention has cleared the payload", async () => {
    const { eventId } = await seed({ data: null });
    const body = (await (await handleGetEvent(call(eventId))).json()) as Record<string, unknown>;
    expect(body.data).toBeNull();
    expect(body.payload_cleared_at).not.toBeNull();
  });

  it("T-01 answers a foreign id like one that never was", async () => {
    expect(await codeOf(getEvent(ctx, viewer, foreignEventId))).toBe("not_found");
    expect(await codeOf(getEvent(ctx, viewer, ctx.newId("event")))).toBe("not_found");
  });
});

describe("listEvents", () => {
  it("T-03 pages through the environment's events once, those of one millisecond included", async () => {
    const createdAt = new Date(Date.UTC(2024, 0, 1));
    const made = await Promise.all(Array.from({ length: 5 }, () => seed({ createdAt, type: "same.moment" })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ type: "same.moment", limit: 2, cursor });
      seen.push(...page.data.map((event) => event.id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(
      made
        .map(({ eventId }) => eventId)
        .sort()
        .reverse(),
    );
  });

  it("filters by id, tenant and time, and never shows another workspace's", async () => {
    const createdAt = new Date(Date.UTC(2023, 0, 1));
    const { eventId } = await seed({ tenant: "acme", createdAt });
    const ids = async (query: Partial<ListEventsQuery>) => (await list(query)).data.map((event) => event.id);
    expect(await ids({ tenant: "acme" })).toEqual([eventId]);
    expect(await ids({ id: eventId })).toEqual([eventId]);
    expect(await ids({ from: "2022-12-31T00:00:00Z", to: "2023-01-02T00:00:00Z" })).toEqual([eventId]);
    expect(await ids({ id: foreignEventId })).toEqual([]);
    expect(await ids({ tenant: "acme' OR true --" })).toEqual([]);
  });

  it.each(["x", encodeCursor("dlv_1"), encodeCursor("99999999999999999|evt_1"), encodeCursor("1|a b")])(
    "I-06 refuses the forged cursor %j",
    async (cursor) => {
      expect(await codeOf(list({ cursor }))).toBe("invalid_request");
    },
  );

  it("I-06 a foreign cursor is only a position", async () => {
    const { data } = await list({
      cursor: encodeCursor(`${Date.now() + 60_000}|${foreignEventId}`),
      limit: 250,
    });
    expect(data.map((event) => event.id)).not.toContain(foreignEventId);
  });
});
