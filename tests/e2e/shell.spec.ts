// The frame around every page: where one is, how one gets elsewhere, and who may see it at all.
import { expect, test } from "./fixtures";
import { mintSessionCookie } from "./owner";

test.describe("the dashboard's frame", () => {
  test("the environment switch cannot be missed, and keeps the page", async ({
    ownerPage: page,
    placeOf,
  }) => {
    await page.goto(placeOf("/endpoints"));
    await expect(page.getByRole("complementary", { name: "Sandbox" })).toHaveCount(0);
    await page
      .getByRole("navigation", { name: "Environment" })
      .getByRole("link", { name: "Sandbox" })
      .click();
    await expect(page).toHaveURL(new RegExp(`${placeOf("/endpoints", "sandbox")}$`));
    await expect(page.getByRole("complementary", { name: "Sandbox" })).toBeVisible();
    await page.getByRole("link", { name: "Go to live" }).click();
    await expect(page).toHaveURL(new RegExp(`${placeOf("/endpoints")}$`));
  });

  test("the command palette goes to pages and opens ids, by keyboard alone", async ({
    ownerPage: page,
    placeOf,
  }) => {
    await page.goto(placeOf());
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("api keys");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${placeOf("/api-keys")}$`));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ep_01jd0000000000000000000000");
    await expect(page.getByRole("option", { name: /Open endpoint/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("the first tab stop skips the navigation", async ({ ownerPage: page, placeOf }) => {
    await page.goto(placeOf());
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("#main")).toBeFocused();
  });

  test("on a phone the navigation is a drawer, and nothing scrolls sideways", async ({
    ownerPage: page,
    placeOf,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(placeOf("", "sandbox"));
    await page.getByRole("button", { name: "Open navigation" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Endpoints" }).click();
    await expect(page).toHaveURL(new RegExp(`${placeOf("/endpoints", "sandbox")}$`));
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(overflows).toBe(false);
  });

  test("a theme is kept and needs no script to be painted", async ({ ownerPage: page, placeOf }) => {
    await page.goto(placeOf());
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("radio", { name: "Dark" }).click();
    await expect(page.locator("html")).toHaveClass(/dark/);
    const response = await page.reload();
    expect(await response?.text()).toMatch(/<html[^>]*class="[^"]*dark/);
  });
});

const PATHS = [
  "",
  "/deliveries",
  "/events",
  "/endpoints",
  "/inbox",
  "/api-keys",
  "/settings",
  "/account",
  "/audit",
];

test("T-08 N-01 N-03 without a session no page answers with data, in no spelling", async ({
  request,
  context,
  placeOf,
  owner,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const spellings = (path: string): { url: string; headers: Record<string, string> }[] => [
    { url: path, headers: {} },
    { url: path, headers: { RSC: "1" } },
    { url: `${path}?_rsc=abc`, headers: { RSC: "1", "Next-Router-Prefetch": "1" } },
    { url: path, headers: { RSC: "1", "Next-Router-Segment-Prefetch": "/_tree" } },
    { url: `${path}.rsc`, headers: {} },
    { url: `${path}/`, headers: {} },
    { url: path.replace("/live", "/%6cive"), headers: {} },
    { url: `/_next/data/x${path}.json`, headers: {} },
    {
      url: path,
      headers: { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    },
  ];
  // With a session the same request does answer with data, so that the absence below means something.
  await context.addCookies([await mintSessionCookie(baseURL ?? "", { userId: owner.user_id })]);
  const signedIn = await context.request.get(placeOf(), { headers: { RSC: "1" } });
  expect(await signedIn.text()).toContain(owner.workspace_id);

  for (const path of PATHS.map((part) => placeOf(part))) {
    for (const { url, headers } of spellings(path)) {
      // Redirects are followed: Next sends RSC requests on to an address with a checksum first.
      const response = await request.get(url, { headers });
      const body = await response.text();
      expect(body, url).not.toContain(owner.workspace_id);
      expect(body, url).not.toContain(owner.environments.live);
      expect(body, url).not.toContain("E2E Works");
    }
  }
});

test("X-03 L-23 every page carries the policy, and is for one person only", async ({
  ownerPage: page,
  placeOf,
}) => {
  for (const path of PATHS) {
    const response = await page.goto(placeOf(path));
    const headers = response?.headers() ?? {};
    expect(response?.status(), path).toBe(200);
    expect(headers["content-security-policy"], path).toMatch(
      /script-src 'self' 'nonce-[^']+' 'strict-dynamic'/,
    );
    expect(headers["cache-control"], `T-16 ${path}`).toContain("no-store");
    expect(headers["x-powered-by"], "N-17").toBeUndefined();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});

test("L-17 no answer takes a forged host for its own", async ({ request }) => {
  const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  for (const path of ["/", "/sign-in", "/api/auth/signin", "/api/auth/csrf", "/e2e-works/live"]) {
    const response = await request.get(path, { headers, maxRedirects: 0 });
    expect(response.headers().location ?? "", path).not.toContain("evil.example");
    expect(await response.text(), path).not.toContain("evil.example");
  }
});
