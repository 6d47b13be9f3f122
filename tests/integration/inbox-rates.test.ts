// Whom a call to the Inbox is charged to, over the real route handler and a real PostgreSQL.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { receiveAtInbox } from "@/lib/server/http/with-inbox-sender";
import { setRuntime } from "@/lib/server/runtime";
import { getInbox } from "@/lib/server/services/inbox/get-inbox";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
let ws: TestWorkspace;
let token: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  setRuntime(ctx);
});

afterAll(async () => {
  setRuntime(null);
  await ctx.stop();
  await database.drop();
});

const tokenOf = (url: string) => url.split("/").at(-1) ?? "";

beforeEach(async () => {
  ws = await createTestWorkspace(ctx);
  token = tokenOf((await getInbox(ctx, ws.user("viewer"))).url);
});

// Time stands still within a test of rates, so that nothing refills however slow the machine is; each has a minute of its own.
let minute = performance.now();
async function atOneInstant<T>(work: () => Promise<T>): Promise<T> {
  minute += 60_000;
  const clock = vi.spyOn(performance, "now").mockReturnValue(minute);
  return work().finally(() => clock.mockRestore());
}

const sendTo = (to: string) =>
  receiveAtInbox(new Request(`${ctx.publicUrl}/inbox/x`, { method: "POST", body: "{}" }), {
    params: Promise.resolve({ token: to }),
  });

/** The statuses of `times` calls, twenty at once. */
async function statusesOf(times: number, call: () => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.length < times) {
    const batch = await Promise.all(Array.from({ length: 20 }, call));
    statuses.push(...batch.map((response) => response.status));
  }
  return statuses;
}
const guess = () => randomBytes(24).toString("base64url");

describe("the rate of the Inbox", () => {
  it("I-21 is 429 above the rate of one inbox, and stores nothing then", async () => {
    const statuses = await atOneInstant(() => statusesOf(400, () => sendTo(token)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(300);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100);
    expect(await ctx.db.prisma.inboxMessage.count({ where: { inbox: { token } } })).toBe(300);
  });

  it("I-21 strangers use up their own rate and nobody's inbox, however many tokens they guess", async () => {
    await atOneInstant(async () => {
      const statuses = await statusesOf(700, () => sendTo(guess()));
      expect(statuses.filter((status) => status === 404)).toHaveLength(600);
      const refused = await sendTo(guess());
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
      expect((await sendTo(token)).status).toBe(200);
    });
  });

  it("I-21 what cannot be a token is charged to nobody", async () => {
    await atOneInstant(async () => {
      expect(new Set(await statusesOf(700, () => sendTo("x")))).toEqual(new Set([404]));
      expect((await sendTo(guess())).status).toBe(404);
    });
  });

  it("I-21 a loud inbox uses up neither another one's rate nor that of strangers", async () => {
    const other = await getInbox(ctx, { ...ws.user("owner"), environmentId: ws.sandboxId });
    await atOneInstant(async () => {
      expect(await statusesOf(320, () => sendTo(token))).toContain(429);
      expect((await sendTo(tokenOf(other.url))).status).toBe(200);
      expect(new Set(await statusesOf(600, () => sendTo(guess())))).toEqual(new Set([404]));
    });
  });

  it("I-21 a hundred strangers at once cost few queries, and a known sender among them gets through", async () => {
    const query = vi.spyOn(ctx.db.prisma, "$queryRaw");
    const answers = await atOneInstant(() =>
      Promise.all([...Array.from({ length: 100 }, () => sendTo(guess())), sendTo(token)]),
    );
    const queries = query.mock.calls.length;
    query.mockRestore();
    expect(answers.map((response) => response.status)).toEqual([...Array(100).fill(404), 200]);
    expect(queries).toBeGreaterThan(0);
    expect(queries).toBeLessThan(10);
  });
});
