// What every browser test builds on: pages that fail the test on any console error or policy violation, and a signed-in
// owner without the detour over the sign-in page.
import { test as base, expect, type Page } from "@playwright/test";
import { mintSessionCookie, type OwnerFacts, readOwnerFacts } from "./owner";

export { expect };

type Fixtures = {
  /** Console errors that this test provokes on purpose (a refused request is one for Chromium). */
  allowedErrors: RegExp[];
  owner: OwnerFacts;
  /** The page, signed in as the owner. */
  ownerPage: Page;
  /** `/{workspace}/{environment}` + path; live unless told. */
  placeOf: (path?: string, environment?: "live" | "sandbox") => string;
};

/** Collects what a page complains about; the returned function fails the test when there is anything. */
function watchForErrors(page: Page, allowed: readonly RegExp[]): () => void {
  const errors: string[] = [];
  const add = (text: string) => {
    if (!allowed.some((pattern) => pattern.test(text))) errors.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error" || /Content.Security.Policy/i.test(message.text())) add(message.text());
  });
  page.on("pageerror", (error) => add(String(error)));
  return () => expect(errors, "X-03: no console errors, no policy violations").toEqual([]);
}

export const test = base.extend<Fixtures>({
  allowedErrors: [[], { option: true }],

  page: async ({ page, allowedErrors }, use) => {
    const assertQuiet = watchForErrors(page, allowedErrors);
    await use(page);
    assertQuiet();
  },

  owner: async ({ baseURL: _ }, use) => {
    await use(readOwnerFacts());
  },

  ownerPage: async ({ page, context, baseURL, owner }, use) => {
    await context.addCookies([await mintSessionCookie(baseURL ?? "", { userId: owner.user_id })]);
    await use(page);
  },

  placeOf: async ({ owner }, use) => {
    await use((path = "", environment = "live") => `/${owner.workspace_slug}/${environment}${path}`);
  },
});
