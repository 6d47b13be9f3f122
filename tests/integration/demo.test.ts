import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signingKeyBytes, verifyStandardWebhook } from "@/lib/domain/signing/standard-webhooks";
import type { ServiceContext } from "@/lib/server/context";
import { handleNodeIngest, ingestRouteOf } from "@/lib/server/http/node-ingest";
import { trafficKey } from "@/prisma/seed/api-keys";
import { fillWorkspace, runDemo } from "@/prisma/seed/demo";
import { LIVE_ENDPOINTS, SANDBOX_ENDPOINTS } from "@/prisma/seed/endpoints";
import { EVENT_KINDS } from "@/prisma/seed/events";
import { createRandom } from "@/prisma/seed/random";
import { createProducer, startTraffic } from "@/prisma/seed/traffic";
import { type DemoWorkspace, seedWorkspace } from "@/prisma/seed/workspace";
import { createTestContext, type TestContext } from "@/tests/support/context";
import { eventually } from "@/tests/support/world";

const OWNER = { email: "demo@example.com", password: "a long enough password" };

function memoryStore() {
  const values = new Map<string, string>();
  return {
    values,
    read: async (name: string) => values.get(name),
    write: async (name: string, value: string) => void values.set(name, value),
  };
}

/** Rows that break a rule; the rule is in the SQL. */
async function offenders(ctx: ServiceContext, sql: string): Promise<unknown[]> {
  return (await ctx.db.hot.query(sql)).rows;
}

describe("the demo's seed", () => {
  let test: TestContext;
  let workspace: DemoWorkspace;

  const snapshot = async () => ({
    endpoints: await test.ctx.db.prisma.endpoint.findMany({
      select: { id: true, url: true, state: true, tenant: true },
      orderBy: { id: "asc" },
    }),
    keys: await test.ctx.db.prisma.apiKey.findMany({ select: { id: true }, orderBy: { id: "asc" } }),
    types: await test.ctx.db.prisma.eventType.count(),
    events: await test.ctx.db.prisma.event.count(),
    deliveries: await test.ctx.db.prisma.delivery.count(),
    users: await test.ctx.db.prisma.user.count(),
  });

  const seed = async (origin: string) => {
    const made = await seedWorkspace(test.ctx, OWNER);
    if (made === null) throw new Error("the workspace was refused");
    await fillWorkspace(test.ctx, made, origin);
    return made;
  };

  beforeAll(async () => {
    // Nothing is started: what is in the rows was seeded.
    test = await createTestContext();
    workspace = await seed("http://127.0.0.1:4931");
  });
  afterAll(() => test.close());

  it("makes the workspace with endpoints in both environments, one of them paused", async () => {
    expect(workspace.slug).toBe("harbour-coffee");
    const { endpoints, types } = await snapshot();
    expect(endpoints).toHaveLength(LIVE_ENDPOINTS.length + SANDBOX_ENDPOINTS.length);
    expect(endpoints.filter(({ state }) => state === "paused")).toHaveLength(1);
    expect(types).toBe(EVENT_KINDS.length);
  });

  it("finds everything again at a second start", async () => {
    const before = await snapshot();
    await seed("http://127.0.0.1:4931");
    expect(await snapshot()).toEqual(before);
  });

  it("follows the receivers to another port without making endpoints anew", async () => {
    const before = await snapshot();
    await seed("http://127.0.0.1:4932");
    const after = await snapshot();
    expect(after.endpoints.map(({ id }) => id)).toEqual(before.endpoints.map(({ id }) => id));
    expect(after.endpoints.filter(({ url }) => url.includes(":4932/"))).not.toHaveLength(0);
    expect(after.endpoints.filter(({ url }) => url.includes(":4931/"))).toHaveLength(0);
    await seed("http://127.0.0.1:4931");
  });

  it("leaves a deleted endpoint deleted", async () => {
    const { prisma } = test.ctx.db;
    const { id } = await prisma.endpoint.findFirstOrThrow({ where: { url: { endsWith: "/laptop" } } });
    await prisma.endpoint.update({ where: { id }, data: { deletedAt: new Date() } });
    await seed("http://127.0.0.1:4931");
    expect(await prisma.endpoint.count({ where: { url: { endsWith: "/laptop" } } })).toBe(1);
    await prisma.endpoint.update({ where: { id }, data: { deletedAt: null } });
  });

  it("marks every back-filled event as such", async () => {
    expect(await test.ctx.db.prisma.event.count()).toBeGreaterThan(300);
    expect(await offenders(test.ctx, "SELECT id FROM event WHERE NOT attributes ? 'demo.seeded'")).toEqual(
      [],
    );
  });

  it("fills every state of a delivery", async () => {
    const { rows } = await test.ctx.db.hot.query<{ state: string }>(
      "SELECT DISTINCT state FROM delivery ORDER BY state",
    );
    expect(rows.map(({ state }) => state)).toEqual(["cancelled", "failed", "held", "pending", "succeeded"]);
  });

  it("numbers attempts from one, as many as the delivery says, and only the last one may have succeeded", async () => {
    const wrong = await offenders(
      test.ctx,
      `SELECT d.id, d.state FROM delivery d
       LEFT JOIN (SELECT delivery_id, count(*)::int AS n, max(number) AS top,
                         max(number) FILTER (WHERE succeeded) AS success,
                         count(*) FILTER (WHERE succeeded) AS successes
                  FROM attempt GROUP BY delivery_id) a ON a.delivery_id = d.id
       WHERE coalesce(a.n, 0) <> d.attempt_count OR coalesce(a.top, 0) <> d.attempt_count OR d.step <> d.attempt_count
          OR (d.state = 'succeeded') <> (coalesce(a.successes, 0) = 1 AND a.success = a.top)
          OR (d.state = 'failed' AND a.n IS NULL)`,
    );
    expect(wrong).toEqual([]);
  });

  it("repeats the last attempt in the delivery, and ends it when the attempt ended", async () => {
    const wrong = await offenders(
      test.ctx,
      `SELECT d.id FROM delivery d JOIN attempt a ON a.delivery_id = d.id AND a.number = d.attempt_count
       WHERE d.last_status IS DISTINCT FROM a.response_status OR d.last_error_class IS DISTINCT FROM a.error_class
          OR d.last_duration_ms <> a.duration_ms
          OR (d.state IN ('succeeded', 'failed')) <> (d.completed_at IS NOT NULL AND d.state <> 'cancelled')
          OR (d.state IN ('succeeded', 'failed') AND d.completed_at < a.started_at)
          OR (d.state = 'pending') <> (d.next_attempt_at IS NOT NULL)`,
    );
    expect(wrong).toEqual([]);
  });

  it("puts attempts in order of time, none in the future and none before its delivery", async () => {
    const wrong = await offenders(
      test.ctx,
      `SELECT a.id FROM attempt a JOIN delivery d ON d.id = a.delivery_id
       LEFT JOIN attempt p ON p.delivery_id = a.delivery_id AND p.number = a.number - 1
       WHERE a.started_at > now() OR a.started_at < d.created_at OR p.started_at >= a.started_at
          OR a.succeeded <> (a.error_class IS NULL)`,
    );
    expect(wrong).toEqual([]);
  });

  it("delivers to subscribed endpoints only, never to another tenant's, and holds where it is paused", async () => {
    const wrong = await offenders(
      test.ctx,
      `SELECT d.id FROM delivery d JOIN endpoint p ON p.id = d.endpoint_id
       JOIN event e ON e.environment_id = d.environment_id AND e.id = d.event_id
       WHERE (p.tenant IS NOT NULL AND p.tenant IS DISTINCT FROM e.tenant) OR p.environment_id <> d.environment_id
          OR d.event_type <> e.type OR (d.state = 'held') <> (p.state = 'paused' AND d.created_at >= p.state_changed_at)
          OR p.created_at > d.created_at`,
    );
    expect(wrong).toEqual([]);
    const miscounted = await offenders(
      test.ctx,
      `SELECT e.id FROM event e WHERE delivery_count <> (SELECT count(*) FROM delivery d
         WHERE d.environment_id = e.environment_id AND d.event_id = e.id AND d.trigger = 'event')`,
    );
    expect(miscounted).toEqual([]);
  });

  it("signed what it says it sent", async () => {
    const { prisma } = test.ctx.db;
    const attempt = await prisma.attempt.findFirstOrThrow({
      where: { succeeded: true },
      include: { delivery: { include: { event: true, endpoint: { include: { secrets: true } } } } },
    });
    const { event, endpoint } = attempt.delivery;
    const data = Buffer.from(event.data ?? []).toString("utf8");
    const at = event.occurredAt.toISOString();
    const body = Buffer.from(`{"type":"${event.type}","timestamp":"${at}","data":${data}}`);
    expect(Buffer.from(attempt.requestBodySha256 ?? [])).toEqual(createHash("sha256").update(body).digest());
    const headers = new Map(attempt.requestHeaders as [string, string][]);
    const [secret] = endpoint.secrets;
    const place = { table: "endpoint_secret", rowId: secret?.id ?? "", field: "ciphertext" };
    const verdict = verifyStandardWebhook({
      id: headers.get("webhook-id") ?? null,
      timestamp: headers.get("webhook-timestamp") ?? null,
      signature: headers.get("webhook-signature") ?? null,
      body,
      key: signingKeyBytes(test.ctx.secrets.open(secret?.ciphertext ?? Buffer.of(), place)),
      nowMs: attempt.startedAt.getTime(),
    });
    expect(verdict).toEqual({ outcome: "verified" });
  });
});

describe("the running demo", () => {
  let test: TestContext;
  let port: number;
  const server = createServer((request, response) => {
    const route = ingestRouteOf(request);
    if (route === null) response.writeHead(404).end();
    else void handleNodeIngest(test.ctx, route, request, response);
  });

  beforeAll(async () => {
    test = await createTestContext();
    test.instance.start();
    await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    await test.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const start = async (keys: ReturnType<typeof memoryStore>) => {
    const running = await runDemo({ ctx: test.ctx, owner: OWNER, port, keys, ended: () => undefined });
    if (running === null) throw new Error("the demo was refused");
    return running;
  };

  it("posts over HTTP with a real key, and the receivers answer as they were made to", async () => {
    const { prisma } = test.ctx.db;
    const keys = memoryStore();
    const running = await start(keys);
    const producer = createProducer(port);
    try {
      const workspace = await seedWorkspace(test.ctx, OWNER);
      if (workspace === null) throw new Error("the workspace is gone");
      const key = await trafficKey(test.ctx, workspace.live, keys);
      for (const { name, make } of EVENT_KINDS) {
        const event = { ...make(createRandom(7)), type: name, attributes: { round: "test" } };
        expect(await producer.post(key, event)).toBe(202);
      }
      const firstAttempt = (path: string) =>
        eventually(() =>
          prisma.attempt.findFirst({
            where: {
              requestUrl: { endsWith: path },
              delivery: { event: { attributes: { path: ["round"], equals: "test" } } },
            },
            orderBy: { number: "asc" },
          }),
        );
      const warehouse = await firstAttempt("/healthy/warehouse");
      expect(warehouse.responseStatus).toBe(200);
      expect(Buffer.from(warehouse.responseBody ?? []).toString()).toContain('"received":true');
      expect(await firstAttempt("/slow/accounting")).toMatchObject({ responseStatus: 200 });
      expect(await firstAttempt("/recovering/newsletter")).toMatchObject({ responseStatus: 500 });
      expect(await firstAttempt("/moved/old-website")).toMatchObject({ errorClass: "redirect" });
      expect(await firstAttempt("/dead/old-erp")).toMatchObject({ errorClass: "connection_refused" });
    } finally {
      producer.close();
      await running.close();
    }
  });

  it("keeps its keys over a restart and makes another one when it was revoked", async () => {
    const keys = memoryStore();
    await (await start(keys)).close();
    const first = new Map(keys.values);
    expect(first.size).toBe(2);
    await (await start(keys)).close();
    expect(keys.values).toEqual(first);
    await test.ctx.db.prisma.apiKey.updateMany({ data: { revokedAt: new Date() } });
    await (await start(keys)).close();
    expect([...keys.values.values()]).not.toEqual([...first.values()]);
  });

  it("adds nothing to an instance that belongs to somebody else", async () => {
    const { prisma } = test.ctx.db;
    const before = [await prisma.workspace.count(), await prisma.endpoint.count()];
    const other = { ...OWNER, email: "someone@example.com" };
    const result = await runDemo({
      ctx: test.ctx,
      owner: other,
      port,
      keys: memoryStore(),
      ended: () => undefined,
    });
    expect(result).toBeNull();
    expect([await prisma.workspace.count(), await prisma.endpoint.count()]).toEqual(before);
  });
});

describe("the demo's traffic", () => {
  it("goes on until it is stopped, and then sends nothing more", async () => {
    let sent = 0;
    const send = async () => {
      sent++;
      return true;
    };
    const reasons: string[] = [];
    const traffic = startTraffic({ send, random: () => 0.99, ended: (why) => reasons.push(why) });
    await eventually(async () => sent >= 3);
    await traffic.stop();
    expect(reasons).toEqual([]);
    const atStop = sent;
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBe(atStop);
  });
});
