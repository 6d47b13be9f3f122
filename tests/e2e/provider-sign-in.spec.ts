// Signing in through OpenID Connect, against a real provider on this machine.
import { CLIENT, type OidcServer, startOidcServer } from "@/tests/support/oidc-server";
import { createWorkplace, type Workplace } from "@/tests/support/signpost-process";
import { expect as expectSoon, test } from "./fixtures";

// A server that has just started answers its first requests slowly, on a small machine very slowly.
const expect = expectSoon.configure({ timeout: 30_000 });

let place: Workplace;
let provider: OidcServer;
let origin: string;

test.beforeEach(async () => {
  test.setTimeout(240_000);
  place = await createWorkplace();
  origin = `http://localhost:${place.port}`;
  provider = await startOidcServer(`${origin}/api/auth/callback/oidc`);
});

test.afterEach(async ({ page }) => {
  // Leaves first: an open page would complain that its server is gone.
  await page.goto("about:blank");
  await place.clear();
  await provider.close();
});

test("L-14 lets in who exists and is verified; refuses everybody and everything else", async ({
  page,
  request,
}) => {
  const server = place.run(["start"], {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: "Works ID",
  });
  await server.prints("Create the first owner");
  const link = /http:\/\/localhost:\d+\/setup\?token=\S+/.exec(server.output())?.[0] ?? "";
  const continueAs = async (person: OidcServer["person"]) => {
    provider.person = person;
    await page.goto(`${origin}/sign-in`);
    await page.getByRole("button", { name: "Continue with Works ID" }).click();
  };
  const ada = { sub: "subject-1", email: "Ada@Example.com", email_verified: true, name: "Ada Lovelace" };

  await test.step("L-16 the set-up link makes the owner from the provider's word", async () => {
    provider.person = ada;
    await page.goto(link);
    await page.getByLabel("Workspace").fill("Acme Payments");
    await page.getByRole("button", { name: "Continue with Works ID" }).click();
    await expect(page).toHaveURL(`${origin}/acme-payments/live`);
    const [authorization] = provider.authorizations;
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(authorization?.get(name)?.length, name).toBeGreaterThan(20);
    }
    expect(authorization?.toString(), "the set-up token stays here").not.toContain(
      new URL(link).searchParams.get("token"),
    );
  });

  const signOut = async () => {
    await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  };
  await signOut();

  const refusals: [string, OidcServer["person"], string][] = [
    [
      "a stranger",
      { sub: "s-2", email: "eve@example.com", email_verified: true },
      "There is no account here",
    ],
    ["an unverified address", { ...ada, sub: "s-3", email_verified: false }, "has not verified your address"],
    ["no address", { sub: "s-4" }, "has not verified your address"],
    [
      "an address that was given to somebody else there",
      { ...ada, sub: "s-5" },
      "another account of this provider",
    ],
  ];
  for (const [who, person, message] of refusals) {
    await test.step(`refuses ${who}`, async () => {
      await continueAs(person);
      await expect(page.getByRole("alert").filter({ hasText: message })).toBeVisible();
    });
  }

  await test.step("refuses an ID token with another nonce", async () => {
    provider.wrongNonce = true;
    await continueAs(ada);
    await expect(page.getByRole("alert").filter({ hasText: "That did not work" })).toBeVisible();
    provider.wrongNonce = false;
  });

  await test.step("refuses a callback that this browser did not start", async () => {
    const forged = `${origin}/api/auth/callback/oidc?code=stolen&state=guessed`;
    const response = await request.get(forged, { maxRedirects: 0 });
    expect(response.status()).toBe(302);
    expect(response.headers().location).toContain("error=OAuthCallback");
    expect(response.headers()["set-cookie"] ?? "").not.toContain("signpost-session");
  });

  await test.step("knows the person by the provider's id, whatever the address is now", async () => {
    await continueAs({ ...ada, email: "lovelace@example.com", email_verified: false });
    await expect(page).toHaveURL(`${origin}/acme-payments/live`);
  });
});
