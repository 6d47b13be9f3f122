// Set-up and sign-in in a real browser, each against an instance of its own: nobody owns it when the test begins.
import type { Page } from "@playwright/test";
import { createWorkplace, type Workplace } from "@/tests/support/signpost-process";
import { expect as expectSoon, test } from "./fixtures";

const PASSWORD = "violet kettle under moss";
const EMAIL = "ada@example.com";

// A server that has just started answers its first requests slowly, on a small machine very slowly.
const expect = expectSoon.configure({ timeout: 30_000 });

let place: Workplace;
let origin: string;
let setupLink: string;

test.beforeEach(async () => {
  // Each test starts a server of its own, database included.
  test.setTimeout(240_000);
  place = await createWorkplace();
  origin = `http://localhost:${place.port}`;
  const server = place.run(["start"]);
  await server.prints("Create the first owner");
  setupLink = /http:\/\/localhost:\d+\/setup\?token=\S+/.exec(server.output())?.[0] ?? "";
});

test.afterEach(async ({ page }) => {
  // Leaves first: an open page would complain that its server is gone.
  await page.goto("about:blank");
  await place.clear();
});

async function setUp(page: Page): Promise<void> {
  await page.goto(setupLink);
  await page.getByLabel("Workspace").fill("Acme Payments");
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create owner and workspace" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to Acme Payments" })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

async function trySignIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test.describe("with refused sign-ins", () => {
  test.use({ allowedErrors: [/status of (401|429)/] });

  test("L-15 L-16 the printed link makes the owner once; then everybody has to sign in", async ({
    page,
    context,
  }) => {
    await page.goto(origin);
    await expect(page.getByRole("heading", { name: "Nobody owns this instance yet" })).toBeVisible();
    await page.goto(`${origin}/setup?token=guessed`);
    await expect(page.getByRole("heading", { name: "This link is not valid" })).toBeVisible();

    await setUp(page);
    await expect(page).toHaveURL(`${origin}/acme-payments/live`);

    await signOut(page);
    await page.goto(setupLink);
    await expect(page, "the link is used up").toHaveURL(`${origin}/sign-in`);
    await page.goto(`${origin}/acme-payments/live/deliveries`);
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);

    await trySignIn(page, "not the password");
    await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong" })).toBeVisible();
    await trySignIn(page, PASSWORD);
    await expect(page).toHaveURL(/\/acme-payments\/live/);

    const session = (await context.cookies()).find((cookie) => cookie.name.startsWith("signpost-session"));
    expect(session, "L-07").toMatchObject({ httpOnly: true, sameSite: "Lax" });
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).not.toContain(session?.value);
  });

  test("L-01 ten wrong passwords lock, say for how long, and refuse the right one", async ({
    page,
    browser,
  }) => {
    await setUp(page);
    const stranger = await browser.newContext();
    const door = await stranger.newPage();
    await door.goto(`${origin}/sign-in`);
    for (let i = 0; i < 9; i++) {
      const answered = door.waitForResponse((response) => response.url().endsWith("/callback/credentials"));
      await trySignIn(door, "not the password");
      expect((await answered).status()).toBe(401);
    }
    const tenth = door.waitForResponse((response) => response.url().endsWith("/callback/credentials"));
    await trySignIn(door, "not the password");
    expect((await tenth).status()).toBe(429);
    expect(Number((await tenth).headers()["retry-after"])).toBeGreaterThan(800);
    await expect(door.getByText("Too many wrong passwords")).toBeVisible();
    await expect(door.getByRole("button", { name: "Sign in" })).toBeDisabled();

    await door.reload();
    await trySignIn(door, PASSWORD);
    await expect(door.getByText("Too many wrong passwords"), "the right one too").toBeVisible();

    await signOut(page);
    await trySignIn(page, PASSWORD);
    await expect(page, "L-03 the owner's own browser is not locked out").toHaveURL(
      `${origin}/acme-payments/live`,
    );
    await stranger.close();
  });
});

test("L-06 L-13 sessions end when they are ended, and no link leads off the instance", async ({
  page,
  context,
}) => {
  await setUp(page);
  const cookies = await context.cookies();
  await signOut(page);
  await context.addCookies(cookies);
  await page.goto(`${origin}/acme-payments/live`);
  await expect(page, "a copied cookie is dead after signing out").toHaveURL(/\/sign-in/);

  for (const evil of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    await page.goto(`${origin}/sign-in?callbackUrl=${encodeURIComponent(evil)}`);
    await trySignIn(page, PASSWORD);
    await expect(page, evil).toHaveURL(`${origin}/acme-payments/live`);
    await signOut(page);
  }

  await trySignIn(page, PASSWORD);
  await expect(page).toHaveURL(`${origin}/acme-payments/live`);
  const elsewhere = await context.browser()?.newContext({ storageState: await context.storageState() });
  const other = await elsewhere?.newPage();
  await other?.goto(`${origin}/acme-payments/live/account`);
  await other?.getByRole("button", { name: "Sign out everywhere" }).click();
  await other?.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(other?.getByRole("heading", { name: "Sign in" }) ?? page.locator("never")).toBeVisible();
  await page.reload();
  await expect(page, "and everywhere else").toHaveURL(/\/sign-in/);
  await elsewhere?.close();
});
