// A secret is shown once: until somebody has said that it is saved, no way out of the page is without a question.
import type { Page } from "@playwright/test";
import { expect, type Scene, test } from "./scene";

const QUESTION = "Leave without saving the secret?";

/** Goes through the wizard until the secret is shown. */
async function makeEndpoint(page: Page, scene: Scene): Promise<void> {
  await page.goto(scene.path("/endpoints/new/url"));
  await page.getByRole("button", { name: "Use my Inbox" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: "All events" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "What should requests look like?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Which of them, and how?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Anything special?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(secretOn(page)).toBeVisible();
}

const secretOn = (page: Page) => page.getByText(/^whsec_\S{20,}$/);

/** Answers the question with "Stay"; the secret is still there, at its address. */
async function stay(page: Page, how: string): Promise<void> {
  const question = page.getByRole("alertdialog", { name: QUESTION });
  await expect(question, how).toBeVisible();
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(question, how).toHaveCount(0);
  await expect(page, how).toHaveURL(/\/endpoints\/new\/secret$/);
  await expect(secretOn(page), how).toBeVisible();
}

/** Tries to load the page again, and gives what the browser asks about it. */
async function tryReload(page: Page): Promise<string> {
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => setTimeout(() => location.reload()));
  const dialog = await asked;
  await dialog.dismiss();
  return dialog.type();
}

test("K-11 no way leads past the wizard's secret without a question, until it is saved", async ({
  ownerPage: page,
  scene,
}) => {
  await makeEndpoint(page, scene);
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Deliveries", exact: true })
    .click();
  await stay(page, "a link");
  await page.goBack();
  await stay(page, "back");
  await page.goBack();
  await stay(page, "back again");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("deliveries");
  await page.keyboard.press("Enter");
  await stay(page, "the palette");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await stay(page, "a menu");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await stay(page, "signing out");
  await page.keyboard.press("Escape");
  expect(await tryReload(page)).toBe("beforeunload");
  await expect(secretOn(page)).toBeVisible();

  await page.getByRole("checkbox", { name: "I have saved the secret" }).check();
  await page.reload();
  await expect(page.getByText("You have saved it")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/endpoints\/new\/review$/);
});

test("whoever leaves nevertheless gets where they wanted to go", async ({ ownerPage: page, scene }) => {
  await makeEndpoint(page, scene);
  await page.goBack();
  await page.getByRole("alertdialog", { name: QUESTION }).getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/endpoints\/new\/review$/);
  await page.getByRole("link", { name: "Finish it" }).click();
  await expect(secretOn(page), "nothing is lost inside the wizard").toBeVisible();

  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Endpoints" }).click();
  await page.getByRole("alertdialog", { name: QUESTION }).getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/endpoints$/);
  await expect(page.getByRole("table", { name: "Endpoints" })).toContainText("/inbox/");
  // Nothing is asked any more.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inbox" }).click();
  await expect(page).toHaveURL(/\/inbox$/);
});

test("K-11 a rotated secret is guarded too, and only until it is saved", async ({
  ownerPage: page,
  scene,
}) => {
  const endpoint = await scene.endpoint("/ok");
  await page.goto(scene.path(`/endpoints/${endpoint.id}`));
  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Secret" }).click();
  await page.getByRole("button", { name: "Rotate" }).click();
  await page.getByRole("button", { name: "Rotate secret" }).click();
  await expect(secretOn(page)).toBeVisible();
  await page.goBack();
  await page.getByRole("alertdialog", { name: QUESTION }).getByRole("button", { name: "Stay" }).click();
  await expect(secretOn(page)).toBeVisible();
  expect(await tryReload(page)).toBe("beforeunload");
  await page.getByRole("checkbox", { name: "I have saved the secret" }).check();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/endpoints/${endpoint.id}$`));
});
