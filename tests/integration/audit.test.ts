import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isAppError } from "@/lib/domain/errors";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { listAudit } from "@/lib/server/services/list-audit";
import { revokeApiKey } from "@/lib/server/services/revoke-api-key";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
let ws: TestWorkspace;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
});

afterAll(async () => {
  await ctx.stop();
  await database.drop();
});

beforeEach(async () => {
  ws = await createTestWorkspace(ctx);
});

const note = (action: string, targetId = "x", detail?: Record<string, unknown>) =>
  recordAudit(ctx.db.prisma, ctx, ws.user("owner"), { action, targetKind: "thing", targetId, detail });

const refusal = async (work: Promise<unknown>) => {
  try {
    await work;
    return "none";
  } catch (error) {
    return isAppError(error) ? error.code : error;
  }
};

describe("audit trail", () => {
  it("L-24 says who, what, when, from where and on what", async () => {
    const owner = ws.user("owner");
    const key = await createApiKey(ctx, owner, { name: "backend", scopes: ["events:write"] });
    await revokeApiKey(ctx, owner, key.id);
    await revokeApiKey(ctx, owner, key.id);
    const { data } = await listAudit(ctx, owner, { limit: 50 });
    expect(data.map((entry) => entry.action).sort()).toEqual(["api_key.created", "api_key.revoked"]);
    expect(data.find((entry) => entry.action === "api_key.created")).toMatchObject({
      actor: { kind: "user", id: owner.userId, label: "owner@example.com" },
      target: { kind: "api_key", id: key.id },
      ip: "203.0.113.7",
      detail: { name: "backend", hint: key.hint },
    });
  });

  it("L-24 K-01 what looks like a secret is masked at any depth, also by a careless caller", async () => {
    const key = await createApiKey(ctx, ws.user("owner"), { name: "k", scopes: ["events:read"] });
    const secret = `whsec_${"A".repeat(43)}=`;
    await note("thing.changed", "x", {
      a: [`token ${key.key}`],
      b: { c: secret },
      at: new Date(0),
      n: 1n,
      nul: "a\0b",
    });
    const { data } = await listAudit(ctx, ws.user("owner"), { limit: 1, action: "thing.changed" });
    expect(JSON.stringify(data)).not.toMatch(/A{43}/);
    expect(JSON.stringify(data)).not.toContain(key.key);
    expect(data[0]?.detail).toMatchObject({
      b: { c: "whsec_[masked]" },
      at: "1970-01-01T00:00:00.000Z",
      n: "1",
      nul: "ab",
    });
  });

  it("L-24 the entry and its change exist together or not at all", async () => {
    const attempt = inTransaction(ctx.db, async (tx) => {
      await recordAudit(tx, ctx, ws.user("owner"), {
        action: "thing.made",
        targetKind: "thing",
        targetId: "x",
      });
      throw new Error("the change failed");
    });
    await expect(attempt).rejects.toThrow("the change failed");
    expect((await listAudit(ctx, ws.user("owner"), { limit: 50 })).data).toEqual([]);
  });

  it("L-24 survives the person's removal", async () => {
    const owner = ws.user("owner");
    await ctx.db.prisma.user.create({
      data: { id: owner.userId, email: `${owner.userId}@example.com`, name: "o" },
    });
    await recordAudit(ctx.db.prisma, ctx, owner, {
      action: "thing.made",
      targetKind: "thing",
      targetId: "x",
    });
    await ctx.db.prisma.user.delete({ where: { id: owner.userId } });
    expect((await listAudit(ctx, ws.user("admin"), { limit: 50 })).data).toHaveLength(1);
  });

  it("T-03 another workspace and the other environment see nothing; workspace-wide entries are in both", async () => {
    await note("thing.live");
    await recordAudit(
      ctx.db.prisma,
      ctx,
      { kind: "system", label: "sign-in", workspaceId: ws.workspaceId, environmentId: null, ip: null },
      { action: "member.added", targetKind: "user", targetId: "u" },
    );
    const actionsOf = async (actor: ReturnType<TestWorkspace["user"]>) =>
      (await listAudit(ctx, actor, { limit: 50 })).data.map((entry) => entry.action).sort();
    expect(await actionsOf(ws.user("owner"))).toEqual(["member.added", "thing.live"]);
    expect(await actionsOf({ ...ws.user("owner"), environmentId: ws.sandboxId })).toEqual(["member.added"]);
    expect(await actionsOf((await createTestWorkspace(ctx)).user("owner"))).toEqual([]);
  });

  it("T-09 viewers read an endpoint's own history without addresses, and nothing else", async () => {
    const endpoint = await createEndpoint(ctx, ws.user("owner"), {
      url: "https://example.com/x",
      event_types: ["*"],
    });
    const { data } = await listAudit(ctx, ws.user("viewer"), { limit: 5, target: endpoint.id });
    expect(data[0]).toMatchObject({ action: "endpoint.created", ip: null });
    expect(await refusal(listAudit(ctx, ws.user("viewer"), { limit: 5 }))).toBe("forbidden");
    expect(await refusal(listAudit(ctx, ws.user("operator"), { limit: 5, target: "usr_x" }))).toBe(
      "forbidden",
    );
  });

  it("I-06 pages newest first without gaps", async () => {
    for (const action of ["a.one", "a.two", "a.three"]) {
      ctx.advance(1);
      await note(action);
    }
    const first = await listAudit(ctx, ws.user("owner"), { limit: 2 });
    const rest = await listAudit(ctx, ws.user("owner"), { limit: 2, cursor: first.next_cursor ?? "" });
    expect([...first.data, ...rest.data].map((entry) => entry.action)).toEqual(["a.three", "a.two", "a.one"]);
    expect(rest.next_cursor).toBeNull();
  });
});
