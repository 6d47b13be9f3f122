import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/access/permissions";
import { cookieValue, sessionCookie } from "@/lib/server/auth/session-cookie";
import { newSessionClaims } from "@/lib/server/auth/session-cookie-header";
import { ABSOLUTE_SECONDS, type SessionClaims, sealSessionToken } from "@/lib/server/auth/session-token";
import { jsonResponse } from "@/lib/server/http/json-response";
import { withOperator } from "@/lib/server/http/with-operator";
import { withPerson } from "@/lib/server/http/with-visitor";
import { revokeSession } from "@/lib/server/repositories/sessions";
import { insertUser } from "@/lib/server/repositories/users";
import { insertMember } from "@/lib/server/repositories/workspaces";
import { setRuntime } from "@/lib/server/runtime";
import { signOutEverywhere } from "@/lib/server/services/sign-out-everywhere";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

const SECRET = randomBytes(32).toString("base64");
const ORIGIN = "http://signpost.test";

let database: TestDatabase;
let ctx: TestContext;
let home: TestWorkspace;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  process.env.DATABASE_URL = database.connectionString;
  process.env.NEXTAUTH_SECRET = SECRET;
  process.env.SIGNPOST_ENCRYPTION_KEY = randomBytes(32).toString("base64");
  setRuntime({ ...ctx, stop: async () => undefined });
  home = await createTestWorkspace(ctx);
});

afterAll(async () => {
  setRuntime(null);
  await ctx.stop();
  await database.drop();
});

async function createMember(role: Role, workspace = home): Promise<{ id: string; email: string }> {
  const id = ctx.newId("user");
  const email = `${id}@example.com`;
  const createdAt = new Date();
  await insertUser(ctx.db.prisma, { id, email, name: role, passwordHash: null, createdAt });
  await insertMember(ctx.db.prisma, { workspaceId: workspace.workspaceId, userId: id, role, createdAt });
  return { id, email };
}

const claimsOf = (userId: string, changes: Partial<SessionClaims> = {}): SessionClaims => ({
  ...newSessionClaims(ctx, { id: userId, tokenVersion: 1 }),
  ...changes,
});

const asCookie = (token: string) => `${sessionCookie(ORIGIN).name}=${token}`;
const cookieOf = async (userId: string, changes: Partial<SessionClaims> = {}) =>
  asCookie(await sealSessionToken(claimsOf(userId, changes), SECRET));

/** What the handler below was told; it needs the permission to write endpoints. */
const handler = withOperator("endpoints:write", async ({ actor }) => jsonResponse(actor));

type Call = {
  cookie?: string;
  workspace?: string;
  environment?: string;
  headers?: HeadersInit;
  method?: string;
};

async function call({
  cookie,
  workspace = home.slug,
  environment = "live",
  headers,
  method = "GET",
}: Call = {}) {
  const request = new Request(`${ORIGIN}/api/dashboard/${workspace}/${environment}/x`, {
    method,
    headers: { ...(cookie && { cookie }), ...headers },
  });
  const response = await handler(request, { params: Promise.resolve({ workspace, environment }) });
  const body: Record<string, unknown> = await response.json();
  return { status: response.status, body, headers: response.headers };
}

describe("withOperator", () => {
  it("gives the handler the actor of session, workspace and environment", async () => {
    const { id, email } = await createMember("operator");
    const { status, body, headers } = await call({
      cookie: await cookieOf(id),
      environment: "sandbox",
      headers: { "x-forwarded-for": "203.0.113.5" },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      kind: "user",
      userId: id,
      label: email,
      role: "operator",
      workspaceId: home.workspaceId,
      environmentId: home.sandboxId,
      ip: "203.0.113.5",
    });
    expect(headers.get("cache-control"), "T-16").toBe("private, no-store");
  });

  it("N-04 answers 401 by itself, without any page or proxy before it", async () => {
    const { status, body } = await call();
    expect(status).toBe(401);
    expect(body).toMatchObject({ code: "unauthenticated" });
  });

  it("N-01 headers that pretend an inner request change nothing", async () => {
    const headers = { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" };
    expect((await call({ headers })).status).toBe(401);
  });

  it("T-05 answers a foreign workspace exactly like one that does not exist", async () => {
    const stranger = await createMember("owner", await createTestWorkspace(ctx));
    const cookie = await cookieOf(stranger.id);
    const without = ({ body }: Awaited<ReturnType<typeof call>>) => ({ ...body, request_id: "" });
    const foreign = await call({ cookie });
    const unknown = await call({ cookie, workspace: "no-such-workspace" });
    expect(foreign.status).toBe(404);
    expect(without(foreign)).toEqual(without(unknown));
  });

  it("N-02 answers 404 for an environment or workspace that cannot be one", async () => {
    const { id } = await createMember("owner");
    const cookie = await cookieOf(id);
    for (const environment of ["LIVE", "production", "live%2F..", "__proto__"]) {
      expect((await call({ cookie, environment })).status, environment).toBe(404);
    }
    expect((await call({ cookie, workspace: "../acme" })).status).toBe(404);
  });

  it("T-09 refuses a viewer what a viewer may not do", async () => {
    const { id } = await createMember("viewer");
    const { status, body } = await call({ cookie: await cookieOf(id) });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: "forbidden" });
  });

  it.each([
    ["a foreign origin", { origin: "https://evil.example" }],
    ["a sub-domain", { origin: "http://a.signpost.test" }],
    ["another port", { origin: "http://signpost.test:8080" }],
    ["an opaque origin", { origin: "null", "sec-fetch-site": "same-origin" }],
    ["no origin at all", {}],
    ["fetch metadata of another site", { "sec-fetch-site": "cross-site" }],
    ["fetch metadata of a sibling site", { "sec-fetch-site": "same-site" }],
    ["a forwarded host", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
  ])("L-11 L-12 refuses an unsafe method from %s", async (_, headers) => {
    const { id } = await createMember("owner");
    const { status, body } = await call({ cookie: await cookieOf(id), method: "POST", headers });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: "forbidden" });
  });

  it.each([
    ["our origin", { origin: ORIGIN }],
    ["our own page by fetch metadata", { "sec-fetch-site": "same-origin" }],
  ])("L-11 takes an unsafe method from %s", async (_, headers) => {
    const { id } = await createMember("owner");
    expect((await call({ cookie: await cookieOf(id), method: "POST", headers })).status).toBe(200);
  });
});

describe("a session", () => {
  const isAlive = async (cookie: string) => (await call({ cookie })).status === 200;

  it("T-11 ends at once when the person is disabled, removed, or loses the role", async () => {
    const disabled = await createMember("owner");
    const removed = await createMember("owner");
    const demoted = await createMember("owner");
    const cookies = await Promise.all([disabled, removed, demoted].map(({ id }) => cookieOf(id)));
    expect(await Promise.all(cookies.map(isAlive))).toEqual([true, true, true]);
    await ctx.db.prisma.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    await ctx.db.prisma.member.deleteMany({ where: { userId: removed.id } });
    await ctx.db.prisma.member.updateMany({ where: { userId: demoted.id }, data: { role: "viewer" } });
    const statuses = await Promise.all(cookies.map(async (cookie) => (await call({ cookie })).status));
    expect(statuses).toEqual([401, 404, 403]);
  });

  it("L-06 signing out everywhere ends all of one person's sessions and nobody else's", async () => {
    const person = await createMember("owner");
    const other = await createMember("owner");
    const [phone, laptop, foreign] = await Promise.all([
      cookieOf(person.id),
      cookieOf(person.id),
      cookieOf(other.id),
    ]);
    await signOutEverywhere(ctx, person, null);
    expect([await isAlive(phone), await isAlive(laptop), await isAlive(foreign)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("L-06 signing out ends this session only, also for a copy of its cookie", async () => {
    const { id } = await createMember("owner");
    const claims = claimsOf(id);
    const copy = asCookie(await sealSessionToken(claims, SECRET));
    const other = await cookieOf(id);
    const expiresAt = new Date(Date.now() + 60_000);
    await revokeSession(ctx.db.prisma, { sessionId: claims.sid, expiresAt, now: new Date() });
    expect([await isAlive(copy), await isAlive(other)]).toEqual([false, true]);
  });

  it("L-08 ends 7 days after signing in, however often it was renewed", async () => {
    const { id } = await createMember("owner");
    const now = Math.floor(Date.now() / 1000);
    expect(await isAlive(await cookieOf(id, { auth_time: now - ABSOLUTE_SECONDS + 60 }))).toBe(true);
    expect(await isAlive(await cookieOf(id, { auth_time: now - ABSOLUTE_SECONDS - 1 }))).toBe(false);
    expect(await isAlive(await cookieOf(id, { auth_time: now + 3600 }))).toBe(false);
  });

  it("L-08 ends 12 hours after its last renewal", async () => {
    const { id } = await createMember("owner");
    const token = await encode({ token: claimsOf(id), secret: SECRET, maxAge: -60 });
    expect(await isAlive(asCookie(token))).toBe(false);
  });

  it("L-20 L-21 a token for another purpose, of another key, unsigned or bloated is no session", async () => {
    const { id } = await createMember("owner");
    const claims = claimsOf(id);
    const plain = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const forged = [
      await encode({ token: { value: id, sub: id }, secret: SECRET }),
      await encode({ token: { ...claims, use: "state" }, secret: SECRET }),
      await encode({ token: claims, secret: SECRET, salt: "next-auth.state" }),
      await encode({ token: claims, secret: randomBytes(32).toString("base64") }),
      `${plain({ alg: "none" })}.${plain({ ...claims, exp: 9_999_999_999 })}.`,
      await encode({ token: { ...claims, padding: "x".repeat(8_000) }, secret: SECRET }),
      "not-a-token",
      "",
    ];
    for (const token of forged) expect(await isAlive(asCookie(token)), token.slice(0, 40)).toBe(false);
    const genuine = await encode({ token: claims, secret: SECRET });
    expect(await isAlive(asCookie(genuine))).toBe(true);
    expect(await isAlive(`${asCookie(genuine)}; ${asCookie("other")}`), "two cookies of one name").toBe(
      false,
    );
  });
});

describe("withPerson", () => {
  const handle = withPerson(async ({ session }) => jsonResponse({ id: session.user.id }));

  it("knows the person without any workspace, and refuses everybody else", async () => {
    const { id } = await createMember("viewer");
    const request = (cookie: string, origin = ORIGIN) =>
      new Request(`${ORIGIN}/api/account/x`, { method: "DELETE", headers: { cookie, origin } });
    const cookie = await cookieOf(id);
    expect(await (await handle(request(cookie))).json()).toEqual({ id });
    expect((await handle(request(""))).status).toBe(401);
    expect((await handle(request(cookie, "https://evil.example"))).status).toBe(403);
  });
});

describe("session cookies", () => {
  it("L-07 are host-bound and secure over https, and named by port over http", () => {
    expect(sessionCookie("https://hooks.example.com")).toEqual({
      name: "__Host-signpost-session",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
    });
    expect(sessionCookie("http://localhost:3000").name).toBe("signpost-session-3000");
  });

  it("are read whole, and not at all when two of the same name differ", () => {
    expect(cookieValue("a=1; b=x=y; c=3", "b")).toBe("x=y");
    expect(cookieValue("b=1; b=1", "b")).toBe("1");
    expect(cookieValue("b=1; b=2", "b")).toBeUndefined();
    expect(cookieValue(null, "b")).toBeUndefined();
  });
});
