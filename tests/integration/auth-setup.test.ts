import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setupFirstOwner } from "@/lib/server/services/set-up-first-owner";
import { createSetupLink, getSetupState } from "@/lib/server/services/setup-link";
import { type ProviderSignIn, signInWithProvider } from "@/lib/server/services/sign-in-with-provider";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";

let database: TestDatabase;
let ctx: TestContext;

beforeEach(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
});

afterEach(async () => {
  await ctx.stop();
  await database.drop();
});

const details = {
  email: "ada@example.com",
  name: "Ada Lovelace",
  workspaceName: "Añil & Söhne",
  password: "violet kettle under moss",
};

const tokenOf = (link: string | undefined) => new URL(link ?? "").searchParams.get("token") ?? "";

describe("setting up", () => {
  it("makes the owner, the workspace and both environments, and says so in the audit trail", async () => {
    const made = await setupFirstOwner(ctx, details);
    expect(made.workspaceSlug).toBe("anil-sohne");
    const workspace = await ctx.db.prisma.workspace.findUniqueOrThrow({
      where: { id: made.workspaceId },
      include: { environments: true, members: true, audit: true },
    });
    expect(workspace.environments.map(({ id, kind }) => [kind, id]).sort()).toEqual([
      ["live", made.environments.live],
      ["sandbox", made.environments.sandbox],
    ]);
    expect(workspace.members).toMatchObject([{ userId: made.userId, role: "owner" }]);
    expect(workspace.audit).toMatchObject([{ action: "workspace.created", actorLabel: "ada@example.com" }]);
  });

  it("L-16 refuses as soon as there is an owner, and a race has one winner", async () => {
    const attempts = Array.from({ length: 4 }, (_, i) =>
      setupFirstOwner(ctx, { ...details, email: `owner-${i}@example.com` }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    }
    expect(await ctx.db.prisma.user.count()).toBe(1);
    expect(await ctx.db.prisma.workspace.count()).toBe(1);
    await expect(setupFirstOwner(ctx, details)).rejects.toMatchObject({ code: "conflict" });
  });

  it("L-15 L-16 the printed link works once; older and invented ones never", async () => {
    const older = tokenOf(await createSetupLink(ctx));
    const link = await createSetupLink(ctx);
    const token = tokenOf(link);
    expect(link).toBe(`http://signpost.test/setup?token=${token}`);
    expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(20);
    for (const wrong of [older, "", "x", `${token}x`, token.slice(1)]) {
      expect(await getSetupState(ctx, wrong)).toBe("wrong_link");
      await expect(setupFirstOwner(ctx, { ...details, setupToken: wrong })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect(await getSetupState(ctx, token)).toBe("open");
    await setupFirstOwner(ctx, { ...details, setupToken: token });
    expect(await getSetupState(ctx, token)).toBe("closed");
    expect(await createSetupLink(ctx)).toBeUndefined();
    await expect(setupFirstOwner(ctx, { ...details, setupToken: token })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("L-15 keeps only a hash of the link's token, and forgets it after use", async () => {
    const token = tokenOf(await createSetupLink(ctx));
    const stored = async () => JSON.stringify(await ctx.db.prisma.instanceSetting.findMany());
    expect(await stored()).not.toContain(token);
    expect(await stored()).toContain("sha256");
    await setupFirstOwner(ctx, { ...details, setupToken: token });
    expect(await stored()).not.toContain("sha256");
  });
});

describe("signing in through a provider", () => {
  const visit = (changes: Partial<ProviderSignIn> = {}) =>
    signInWithProvider(ctx, {
      account: { provider: "oidc", providerAccountId: "subject-1" },
      email: "Ada@Example.com",
      isEmailVerified: true,
      name: "Ada",
      ip: null,
      setup: null,
      ...changes,
    });
  const refused = (reason: string) => ({ outcome: "refused", reason });

  it("L-14 lets nobody in who does not exist here, verified or not", async () => {
    expect(await visit()).toEqual(refused("unknown_person"));
    expect(await ctx.db.prisma.user.count()).toBe(0);
  });

  it("L-14 does not believe an address that the provider has not verified", async () => {
    await setupFirstOwner(ctx, details);
    expect(await visit({ isEmailVerified: false })).toEqual(refused("unverified_email"));
    expect(await visit({ email: null })).toEqual(refused("unverified_email"));
    expect(await ctx.db.prisma.oauthAccount.count()).toBe(0);
  });

  it("L-14 links once by address, and knows the account by its id from then on", async () => {
    const { userId } = await setupFirstOwner(ctx, details);
    expect(await visit()).toMatchObject({ outcome: "signed_in", user: { id: userId } });
    const renamed = { email: "elsewhere@example.com", isEmailVerified: false };
    expect(await visit(renamed), "the address changed at the provider").toMatchObject({
      user: { id: userId },
    });
    const reassigned = { account: { provider: "oidc", providerAccountId: "subject-2" } };
    expect(await visit(reassigned), "the address went to somebody else there").toEqual(
      refused("other_account"),
    );
  });

  it("L-06 refuses a disabled person", async () => {
    const { userId } = await setupFirstOwner(ctx, details);
    await visit();
    await ctx.db.prisma.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await visit()).toEqual(refused("disabled"));
  });

  it("L-16 makes the first owner for whoever holds the set-up link, without a password", async () => {
    const token = tokenOf(await createSetupLink(ctx));
    const setup = { token, workspaceName: "Acme" };
    expect(await visit({ setup: { ...setup, token: "wrong" } })).toEqual(refused("setup_closed"));
    expect(await visit({ setup, isEmailVerified: false })).toEqual(refused("unverified_email"));
    expect(await visit({ setup })).toMatchObject({
      outcome: "signed_in",
      user: { email: "ada@example.com" },
    });
    const [owner] = await ctx.db.prisma.user.findMany({ include: { accounts: true, members: true } });
    expect(owner).toMatchObject({ passwordHash: null, members: [{ role: "owner" }] });
    expect(owner?.accounts).toMatchObject([{ provider: "oidc", providerAccountId: "subject-1" }]);
  });
});
