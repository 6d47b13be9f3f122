import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { hashApiKey } from "@/lib/domain/access/api-key-format";
import type { ApiKeyScope } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import { jsonResponse } from "@/lib/server/http/json-response";
import { parseQuery } from "@/lib/server/http/parse";
import { withApiKey } from "@/lib/server/http/with-api-key";
import { findApiKeyByHash } from "@/lib/server/repositories/api-keys";
import { setRuntime } from "@/lib/server/runtime";
import { authenticateApiKey, peekApiKey } from "@/lib/server/services/authenticate-api-key";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { listApiKeys } from "@/lib/server/services/list-api-keys";
import { revokeApiKey } from "@/lib/server/services/revoke-api-key";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
/** A second process: same database, a cache of its own. */
let other: TestContext;
let ws: TestWorkspace;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  other = openTestContext(database.connectionString);
  ws = await createTestWorkspace(ctx);
  setRuntime(ctx);
});

afterAll(async () => {
  setRuntime(null);
  await ctx.stop();
  await other.stop();
  await database.drop();
});

const make = (scopes: ApiKeyScope[] = ["events:write"], expires_at?: string) =>
  createApiKey(ctx, ws.user("owner"), { name: "backend", scopes, expires_at });

const codeOf = async (work: () => unknown) => {
  try {
    await work();
    return "none";
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
};
const codeWith = (context: TestContext, key: string) =>
  codeOf(() => authenticateApiKey(context, `Bearer ${key}`));

describe("API keys", () => {
  it("K-08 the key is shown once; the database has its hash and a hint", async () => {
    const created = await make();
    const row = await ctx.db.prisma.apiKey.findUniqueOrThrow({ where: { id: created.id } });
    expect(row.hash).toHaveLength(32);
    expect(row.hint).toBe(`sp_live_…${created.key.slice(-4)}`);
    const listed = await listApiKeys(ctx, ws.user("owner"), { limit: 50 });
    const tables = await ctx.db.hot.query(
      "SELECT (SELECT json_agg(k) FROM api_key k) k, (SELECT json_agg(a) FROM audit_entry a) a",
    );
    for (const text of [JSON.stringify(listed), JSON.stringify(tables.rows), JSON.stringify(ctx.logs)]) {
      expect(text).not.toContain(created.key.slice(8, -6));
    }
  });

  it("K-09 two keys work side by side; each is the actor of its own environment and scopes", async () => {
    const first = await make(["events:write"]);
    const second = await make(["events:read", "deliveries:read"]);
    expect(await authenticateApiKey(ctx, `Bearer ${first.key}`)).toMatchObject({
      keyId: first.id,
      environmentId: ws.liveId,
    });
    expect(await authenticateApiKey(ctx, `bearer ${second.key}`)).toMatchObject({
      keyId: second.id,
      workspaceId: ws.workspaceId,
      scopes: ["events:read", "deliveries:read"],
    });
    const sandbox = { ...ws.user("owner"), environmentId: ws.sandboxId };
    const test = await createApiKey(ctx, sandbox, { name: "t", scopes: ["events:write"] });
    expect(test.key).toMatch(/^sp_test_/);
    expect(await authenticateApiKey(ctx, `Bearer ${test.key}`)).toMatchObject({
      environmentId: ws.sandboxId,
    });
  });

  it("K-10 only a bearer header is taken", async () => {
    const { key } = await make();
    const basic = `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
    for (const header of [
      null,
      undefined,
      "",
      key,
      basic,
      `Token ${key}`,
      "Bearer",
      `Bearer ${key} x`,
      `Bearer ${key},`,
    ]) {
      expect(await codeOf(() => authenticateApiKey(ctx, header))).toBe("unauthenticated");
    }
  });

  it("T-12 K-09 revoking works at once in this process and within two seconds in another, with warm caches", async () => {
    const { key, id } = await make();
    expect([await codeWith(ctx, key), await codeWith(other, key)]).toEqual(["none", "none"]);
    await revokeApiKey(ctx, ws.user("owner"), id);
    expect(await codeWith(ctx, key)).toBe("unauthenticated");
    other.advance(2_001);
    expect(await codeWith(other, key)).toBe("unauthenticated");
    expect(await codeOf(() => peekApiKey(other, `Bearer ${key}`))).toBe("unauthenticated");
  });

  it("T-12 a key in constant use is asked about behind its requests: a revocation elsewhere arrives without a pause", async () => {
    const { key, id } = await make();
    await authenticateApiKey(other, `Bearer ${key}`);
    await revokeApiKey(ctx, ws.user("owner"), id);
    other.advance(1_500);
    expect(peekApiKey(other, `Bearer ${key}`)?.keyId).toBe(id);
    await vi.waitFor(async () =>
      expect(await codeOf(() => peekApiKey(other, `Bearer ${key}`))).toBe("unauthenticated"),
    );
  });

  it("T-12 what was read before a revocation is not remembered after it", async () => {
    const { key, id } = await make();
    const row = await findApiKeyByHash(ctx.db.prisma, hashApiKey(key));
    // The answer of the database is on its way while the key is revoked.
    let arrive: (found: typeof row) => void = () => undefined;
    const slow = new Promise<typeof row>((resolve) => {
      arrive = resolve;
    });
    const spy = vi.spyOn(ctx.db.prisma.apiKey, "findUnique").mockReturnValueOnce(slow as never);
    const reading = authenticateApiKey(ctx, `Bearer ${key}`);
    await revokeApiKey(ctx, ws.user("owner"), id);
    arrive(row);
    await reading;
    spy.mockRestore();
    expect(await codeWith(ctx, key)).toBe("unauthenticated");
  });

  it("K-09 an expired key is refused at its minute, also from memory", async () => {
    const { key } = await make(["events:write"], new Date(other.now() + 1_000).toISOString());
    expect(await codeWith(other, key)).toBe("none");
    other.advance(1_000);
    expect(await codeOf(() => peekApiKey(other, `Bearer ${key}`))).toBe("unauthenticated");
    expect(await codeOf(() => make(["events:write"], new Date(ctx.now() - 1).toISOString()))).toBe(
      "invalid_request",
    );
  });

  it("K-09 the last use is noted behind the request, at most once a minute", async () => {
    const { key, id } = await make();
    const lastUse = async () => (await ctx.db.prisma.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt;
    await authenticateApiKey(ctx, `Bearer ${key}`);
    const first = await vi.waitUntil(lastUse);
    await authenticateApiKey(ctx, `Bearer ${key}`);
    ctx.advance(61_000);
    await authenticateApiKey(ctx, `Bearer ${key}`);
    const second = await vi.waitUntil(async () =>
      (await lastUse())?.getTime() === first?.getTime() ? null : lastUse(),
    );
    expect((second?.getTime() ?? 0) - (first?.getTime() ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it("K-08 an unknown key costs one query at most, a misspelt one none", async () => {
    const spy = vi.spyOn(ctx.db.prisma.apiKey, "findUnique");
    const { key } = await make();
    const last = key.at(-1) === "0" ? "1" : "0";
    expect(await codeWith(ctx, key.slice(0, -1) + last)).toBe("unauthenticated");
    expect(spy).not.toHaveBeenCalled();
    await Promise.all(Array.from({ length: 20 }, () => authenticateApiKey(ctx, `Bearer ${key}`)));
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
  });

  it("T-01 T-03 a foreign workspace sees and revokes nothing; the answer equals that for a random id", async () => {
    const { id, key } = await make();
    const foreign = (await createTestWorkspace(ctx)).user("owner");
    const messages = await Promise.all(
      [id, ctx.newId("apiKey")].map((target) =>
        revokeApiKey(ctx, foreign, target).catch((error: unknown) =>
          isAppError(error) ? error.message : "",
        ),
      ),
    );
    expect(messages[0]).toBe(messages[1]);
    expect(await listApiKeys(ctx, foreign, { limit: 50 })).toEqual({ data: [], next_cursor: null });
    expect(await codeWith(ctx, key)).toBe("none");
    const sandbox = { ...ws.user("owner"), environmentId: ws.sandboxId };
    expect(await codeOf(() => revokeApiKey(ctx, sandbox, id))).toBe("not_found");
  });

  it("T-09 T-13 only admins manage keys; no key can make another", async () => {
    const input = { name: "x", scopes: ["events:write" as const] };
    for (const role of ["viewer", "operator"] as const) {
      expect(await codeOf(() => createApiKey(ctx, ws.user(role), input))).toBe("forbidden");
      expect(await codeOf(() => listApiKeys(ctx, ws.user(role), { limit: 1 }))).toBe("forbidden");
    }
    const all = ws.apiKey([
      "events:write",
      "events:read",
      "endpoints:read",
      "endpoints:write",
      "deliveries:write",
    ]);
    expect(await codeOf(() => createApiKey(ctx, all, input))).toBe("forbidden");
    expect(await codeOf(() => revokeApiKey(ctx, all, ctx.newId("apiKey")))).toBe("forbidden");
  });

  it("I-06 pages through keys without gaps or repeats", async () => {
    const own = await createTestWorkspace(ctx);
    const made: string[] = [];
    for (const name of ["a", "b", "c"]) {
      made.unshift((await createApiKey(ctx, own.user("admin"), { name, scopes: ["events:read"] })).id);
    }
    const first = await listApiKeys(ctx, own.user("admin"), { limit: 2 });
    const rest = await listApiKeys(ctx, own.user("admin"), { limit: 2, cursor: first.next_cursor ?? "" });
    expect([...first.data, ...rest.data].map((key) => key.id)).toEqual(made);
    expect(rest.next_cursor).toBeNull();
  });
});

describe("withApiKey", () => {
  const query = z.strictObject({ tenant: z.string().optional() });
  const GET = withApiKey("events:read", async ({ actor, request, params, requestId }) => {
    parseQuery(request, query);
    if (params.id === "boom") throw new Error("SELECT secret FROM /srv/x.ts");
    return jsonResponse({ environment: actor.environmentId, ip: actor.ip, id: params.id ?? null, requestId });
  });
  const call = (headers: Record<string, string>, id = "x", search = "") =>
    GET(new Request(`http://signpost.test/api/v1/things${search}`, { headers }), {
      params: Promise.resolve({ id }),
    });

  it("T-05 T-06 the key decides the environment, whatever headers and cookies claim", async () => {
    const { key } = await make(["events:read"]);
    const foreign = await createTestWorkspace(ctx);
    const response = await call({
      authorization: `Bearer ${key}`,
      "x-tenant-id": foreign.workspaceId,
      "x-forwarded-for": "6.6.6.6, 198.51.100.4",
      cookie: `environment=${foreign.liveId}`,
    });
    expect(await response.json()).toMatchObject({ environment: ws.liveId, ip: "198.51.100.4" });
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect((await call({ authorization: `Bearer ${key}` }, "x", "?environment=sandbox")).status).toBe(400);
  });

  it("T-13 a key without the scope gets 403 and the scope's name; none gets 401", async () => {
    const { key } = await make(["events:write"]);
    const refused = await call({ authorization: `Bearer ${key}` });
    expect([refused.status, (await refused.json()).detail]).toEqual([
      403,
      expect.stringContaining("events:read"),
    ]);
    expect((await call({})).status).toBe(401);
    expect((await call({ cookie: `key=${key}` }, "x", `?key=${key}`)).status).toBe(401);
  });

  it("I-08 ids that cannot be ids are 404", async () => {
    const { key } = await make(["events:read"]);
    for (const id of ["\u0000", "a\u0000b", "\ud800", "x".repeat(10_000), "", "\r\n"]) {
      expect((await call({ authorization: `Bearer ${key}` }, id)).status).toBe(404);
    }
  });

  it("I-26 K-14 an unexpected error answers with its id only; the log has it, without the key", async () => {
    const { key } = await make(["events:read"]);
    const response = await call({ authorization: `Bearer ${key}` }, "boom");
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/SELECT|srv/);
    const line = ctx.logs.find((entry) => entry.request_id === response.headers.get("x-request-id"));
    expect(JSON.stringify(line)).toContain("SELECT secret");
    expect(JSON.stringify(ctx.logs)).not.toContain(key);
  });

  it("I-21 one key beyond the limit gets 429 with Retry-After, another key is served", async () => {
    const [loud, quiet] = [await make(["events:read"]), await make(["events:read"])];
    // Time stands still, so that nothing refills however slow the machine is.
    const clock = vi.spyOn(performance, "now").mockReturnValue(performance.now());
    const statuses = new Set<number>();
    for (let i = 0; i < 2_000 && !statuses.has(429); i++) {
      const response = await call({ authorization: `Bearer ${loud.key}` });
      statuses.add(response.status);
      if (response.status === 429) expect(response.headers.get("retry-after")).toBe("1");
    }
    expect(statuses).toEqual(new Set([200, 429]));
    expect((await call({ authorization: `Bearer ${quiet.key}` })).status).toBe(200);
    clock.mockRestore();
  });

  it("a database that cannot be reached is 503, not 401", async () => {
    const { key } = await make(["events:read"]);
    const dead = openTestContext("postgresql://signpost:x@127.0.0.1:1/none");
    setRuntime(dead);
    const response = await call({ authorization: `Bearer ${key}` });
    setRuntime(ctx);
    await dead.stop();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "database_unavailable" });
    expect(response.headers.get("retry-after")).toBe("2");
  });
});
