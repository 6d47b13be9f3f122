import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitUntil } from "@/bin/wait-until";
import { hashPassword, verifyPassword } from "@/lib/server/auth/password-hash";
import { insertUser } from "@/lib/server/repositories/users";
import { insertMember } from "@/lib/server/repositories/workspaces";
import { changePassword } from "@/lib/server/services/change-password";
import { resetPassword } from "@/lib/server/services/reset-password";
import { type PasswordSignIn, signInWithPassword } from "@/lib/server/services/sign-in-with-password";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace } from "@/tests/support/workspace";

const PASSWORD = "violet kettle under moss";
const MINUTE = 60_000;

let database: TestDatabase;
let ctx: TestContext;
let passwordHash: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  passwordHash = await hashPassword(PASSWORD);
});

afterAll(async () => {
  await ctx.stop();
  await database.drop();
});

/** A member with the shared password and an address of their own. */
async function createPerson(): Promise<{ id: string; email: string; workspaceId: string }> {
  const { workspaceId } = await createTestWorkspace(ctx);
  const id = ctx.newId("user");
  const email = `${randomUUID()}@example.com`;
  const createdAt = new Date(ctx.now());
  await insertUser(ctx.db.prisma, { id, email, name: "Pat", passwordHash, createdAt });
  await insertMember(ctx.db.prisma, { workspaceId, userId: id, role: "viewer", createdAt });
  return { id, email, workspaceId };
}

let lastAddress = 0;
/** An address that no other test has used up. */
const freshIp = () => `198.51.${Math.floor(++lastAddress / 250)}.${lastAddress % 250}`;

const attempt = (email: string, password: string, more: Partial<PasswordSignIn> = {}) =>
  signInWithPassword(ctx, { email, password, ip: freshIp(), isKnownDevice: () => false, ...more });

async function failTimes(times: number, email: string, more: Partial<PasswordSignIn> = {}) {
  const outcomes = [];
  for (let i = 0; i < times; i++) outcomes.push(await attempt(email, "not the password", more));
  return outcomes.map(({ outcome }) => outcome);
}

describe("signing in with a password", () => {
  it("takes the address in any spelling, and the password in any composition", async () => {
    const { id, email } = await createPerson();
    const outcome = await attempt(` ${email.toUpperCase()} `, PASSWORD);
    expect(outcome).toMatchObject({ outcome: "signed_in", user: { id, tokenVersion: 1 } });
    const accented = await hashPassword("café au lait du matin");
    expect(await verifyPassword(accented, "cafe\u0301 au lait du matin")).toBe(true);
  });

  it("L-18 L-19 full-width look-alikes are the same account, tricks are none", async () => {
    const { id, email } = await createPerson();
    expect(await attempt(email.replace("@", "\uff20"), PASSWORD)).toMatchObject({ user: { id } });
    for (const trick of [
      `"${email}"@evil.example`,
      `${email},eve@evil.example`,
      `${email}.`,
      `a@b@${email}`,
    ]) {
      expect(await attempt(trick, PASSWORD), trick).toEqual({ outcome: "wrong" });
    }
  });

  it("L-01 locks the account after 10 wrong passwords, for the right one too, longer each time", async () => {
    const { email } = await createPerson();
    expect(await failTimes(10, email)).toEqual([...Array(9).fill("wrong"), "locked"]);
    const refused = await attempt(email, PASSWORD);
    expect(refused).toEqual({ outcome: "locked", retryAfterSeconds: expect.closeTo(15 * 60, -1) });

    ctx.advance(15 * MINUTE + 1_000);
    expect(await attempt(email, "still wrong")).toEqual({
      outcome: "locked",
      retryAfterSeconds: expect.closeTo(30 * 60, -1),
    });
    ctx.advance(30 * MINUTE + 1_000);
    expect(await attempt(email, PASSWORD)).toMatchObject({ outcome: "signed_in" });
    expect(await failTimes(9, email), "a success starts over").toEqual(Array(9).fill("wrong"));
  });

  it("L-01 knocking on a locked door does not prolong the lock", async () => {
    const { email } = await createPerson();
    await failTimes(10, email);
    await failTimes(5, email);
    ctx.advance(15 * MINUTE + 1_000);
    expect(await attempt(email, PASSWORD)).toMatchObject({ outcome: "signed_in" });
  });

  it("L-01 a hundred parallel tries are a hundred", async () => {
    const { email } = await createPerson();
    const tries = Array.from({ length: 40 }, () => attempt(email, "not the password"));
    const outcomes = (await Promise.all(tries)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "wrong")).toHaveLength(9);
  });

  it("L-02 locks a network address after 50 wrong logins over 50 accounts, and no other address", async () => {
    const { email } = await createPerson();
    const ip = freshIp();
    for (let i = 0; i < 50; i++) await attempt(`nobody-${i}@example.com`, "not the password", { ip });
    expect(await attempt(email, PASSWORD, { ip })).toMatchObject({ outcome: "locked" });
    expect(await attempt(email, PASSWORD)).toMatchObject({ outcome: "signed_in" });
  });

  it("L-02 an IPv6 customer is one address, whatever the last 64 bits", async () => {
    const ip = (i: number) => `2001:db8:5:1::${i.toString(16)}`;
    for (let i = 0; i < 50; i++) await attempt(`nobody-${i}@example.com`, "not the password", { ip: ip(i) });
    expect(await attempt("new@example.com", PASSWORD, { ip: ip(77) })).toMatchObject({ outcome: "locked" });
  });

  it("L-03 a stranger cannot lock a person out of the browser they have used before", async () => {
    const { id, email } = await createPerson();
    await failTimes(10, email);
    expect(await attempt(email, PASSWORD)).toMatchObject({ outcome: "locked" });
    const isKnownDevice = (userId: string) => userId === id;
    expect(await attempt(email, PASSWORD, { isKnownDevice })).toMatchObject({ outcome: "signed_in" });
    expect(await failTimes(10, email, { isKnownDevice })).toContain("locked");
  });

  it("L-03 a stranger at the same address cannot either, and a known browser still has a bound of its own", async () => {
    const { id, email } = await createPerson();
    const ip = freshIp();
    for (let i = 0; i < 50; i++) await attempt(`nobody-${i}@example.com`, "not the password", { ip });
    expect(await attempt(email, PASSWORD, { ip })).toMatchObject({ outcome: "locked" });
    const here = { ip, isKnownDevice: (userId: string) => userId === id };
    expect(await attempt(email, PASSWORD, here)).toMatchObject({ outcome: "signed_in" });
    expect(await failTimes(10, email, here)).toEqual([...Array(9).fill("wrong"), "locked"]);
    expect(await attempt(email, PASSWORD, here)).toMatchObject({ outcome: "locked" });
    const other = await createPerson();
    expect(await attempt(other.email, PASSWORD, here), "known to another account only").toMatchObject({
      outcome: "locked",
    });
  });

  it("L-02 a known browser uses up nothing of its address", async () => {
    const { id, email } = await createPerson();
    const ip = freshIp();
    const isKnownDevice = (userId: string) => userId === id;
    for (let i = 0; i < 49; i++) await attempt(`nobody-${i}@example.com`, "not the password", { ip });
    await failTimes(3, email, { ip, isKnownDevice });
    expect(await attempt(email, PASSWORD, { ip, isKnownDevice })).toMatchObject({ outcome: "signed_in" });
    const other = await createPerson();
    expect(await attempt(other.email, PASSWORD, { ip })).toMatchObject({ outcome: "signed_in" });
    expect(await failTimes(2, "nobody@example.com", { ip }), "one was left").toEqual(["wrong", "locked"]);
  });

  it("L-04 an unknown address gets the same answers as a known one, the lock included", async () => {
    const { email } = await createPerson();
    const unknown = `${randomUUID()}@example.com`;
    expect(await failTimes(11, unknown)).toEqual(await failTimes(11, email));
  });

  it("L-04 an unknown address costs a hash, and a password that is too long costs none", async () => {
    expect(await verifyPassword(null, PASSWORD)).toBe(false);
    const { email } = await createPerson();
    expect(await attempt(email, "x".repeat(1025))).toEqual({ outcome: "wrong" });
    expect(await attempt(email, `${PASSWORD}\0`)).toEqual({ outcome: "wrong" });
  });

  it("L-09 stores argon2id with at least 19 MiB, two passes, one lane", () => {
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("L-09 tells passwords apart beyond 72 bytes", async () => {
    const stored = await hashPassword(`${"long ".repeat(20)}one`);
    expect(await verifyPassword(stored, `${"long ".repeat(20)}two`)).toBe(false);
    expect(await verifyPassword(stored, `${"long ".repeat(20)}one`)).toBe(true);
  });

  it("L-06 refuses a disabled person with the right password like a wrong one", async () => {
    const { id, email } = await createPerson();
    await ctx.db.prisma.user.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await attempt(email, PASSWORD)).toEqual({ outcome: "wrong" });
  });

  it("L-24 writes success, failure and lock into the audit trail, with address and without the password", async () => {
    const { id, email, workspaceId } = await createPerson();
    await attempt(email, PASSWORD, { ip: "203.0.113.9" });
    await failTimes(10, email);
    await attempt(email, PASSWORD);
    const entries = () => ctx.db.prisma.auditEntry.findMany({ where: { workspaceId, targetId: id } });
    expect(await waitUntil(async () => (await entries()).length === 12, 5_000)).not.toBe(false);
    const written = await entries();
    expect(written).toHaveLength(12);
    const actions = new Set(written.map((entry) => entry.action));
    expect(actions).toEqual(new Set(["sign_in.succeeded", "sign_in.failed", "sign_in.refused"]));
    expect(written.find((entry) => entry.action === "sign_in.succeeded")).toMatchObject({
      actorId: id,
      actorLabel: email,
      ip: "203.0.113.9",
      environmentId: null,
    });
    expect(JSON.stringify(written)).not.toContain(PASSWORD);
  });
});

describe("changing a password", () => {
  const next = "amber lantern by the quay";

  it("L-06 needs the old one, raises the token version, and lets nobody in with the old one", async () => {
    const { id, email } = await createPerson();
    const change = (currentPassword: string, newPassword = next) =>
      changePassword(ctx, id, { currentPassword, newPassword, ip: null });
    await expect(change("not the password")).rejects.toMatchObject({
      code: "invalid_request",
      errors: [{ path: "current_password" }],
    });
    await expect(change(PASSWORD, "password1234")).rejects.toMatchObject({
      errors: [{ path: "new_password" }],
    });
    expect(await change(PASSWORD)).toBe(2);
    expect(await attempt(email, PASSWORD)).toEqual({ outcome: "wrong" });
    expect(await attempt(email, next)).toMatchObject({ outcome: "signed_in", user: { tokenVersion: 2 } });
  });

  it("L-01 counts wrong old passwords", async () => {
    const { id } = await createPerson();
    const change = () => changePassword(ctx, id, { currentPassword: "nope", newPassword: next, ip: null });
    for (let i = 0; i < 10; i++) await expect(change()).rejects.toMatchObject({ code: "invalid_request" });
    await expect(change()).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterSeconds: expect.any(Number),
    });
  });

  it("L-15 the machine's owner sets a new one: the lock is gone, and every session", async () => {
    const { email } = await createPerson();
    await failTimes(10, email);
    await resetPassword(ctx, { email, password: next });
    expect(await attempt(email, next)).toMatchObject({ outcome: "signed_in", user: { tokenVersion: 2 } });
    await expect(resetPassword(ctx, { email: "nobody@example.com", password: next })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
