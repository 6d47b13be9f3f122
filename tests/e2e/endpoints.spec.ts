// The way of an endpoint through the dashboard: set up with the built-in Inbox, tested, rotated, paused, released, deleted.
import { expect, test } from "./fixtures";

test.describe.configure({ mode: "serial" });

const NAME = "Wizard endpoint";

test("the wizard leads from an address to a test that arrived; a reload keeps the answers", async ({
  ownerPage: page,
  placeOf,
}) => {
  await page.goto(placeOf("/endpoints/new"));
  await expect(page).toHaveURL(/\/endpoints\/new\/url$/);

  await page.getByLabel("Endpoint URL").fill("https://169.254.169.254/latest");
  await expect(page.getByText("is a cloud metadata address")).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue" })).toBeDisabled();
  await page.getByRole("button", { name: "Use my Inbox" }).click();
  await expect(page.getByLabel("Endpoint URL")).toHaveValue(/\/inbox\//);
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByLabel("Find or add an event type").fill("wizard.tried");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove wizard.tried" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/endpoints\/new\/profile/);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/endpoints\/new\/filter/);
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByLabel("Description").fill(NAME);
  await expect(page.getByText(/Last try in 75.h.35.m/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Description")).toHaveValue(NAME);
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByText("wizard.tried")).toBeVisible();
  await page.getByRole("button", { name: "Create endpoint" }).click();

  const secret = (await page.getByText(/^whsec_[A-Za-z0-9+/]{43}=$/).textContent()) ?? "";
  await expect(page.getByRole("button", { name: "Continue" })).toBeDisabled();
  await page.getByRole("link", { name: "Deliveries" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("Leave without saving the secret?");
  await page.getByRole("button", { name: "Stay" }).click();
  await page.getByRole("checkbox", { name: "I have saved the secret" }).click();
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByText("Your endpoint works.")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("heading", { name: NAME, level: 1 })).toBeVisible();

  // K-11: the secret was on one screen; no page, no payload of a page and no stored draft has it now.
  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Secret" }).click();
  await expect(page.getByText("Current")).toBeVisible();
  const html = await (await page.request.get(page.url())).text();
  const stored = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  for (const text of [html, stored, await page.content()]) expect(text).not.toContain(secret.slice(6, 40));
});

test("a rotation shows the new secret once and both secrets until the old one is retired", async ({
  ownerPage: page,
  placeOf,
}) => {
  await page.goto(placeOf(`/endpoints?search=${encodeURIComponent(NAME)}`));
  await page.getByRole("link", { name: NAME }).click();
  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Secret" }).click();
  await page.getByRole("button", { name: "Rotate" }).click();
  await page.getByRole("button", { name: "Rotate secret" }).click();
  await expect(page.getByText("This is the only time it is shown.")).toBeVisible();
  // A slip must not lose it.
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").getByRole("button", { name: "Stay" }).click();
  await expect(page.getByText("This is the only time it is shown.")).toBeVisible();
  await page.getByRole("checkbox", { name: "I have saved the secret" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText("2 secrets sign each request")).toBeVisible();
  await expect(page.getByText(/Stops signing in 23.h.59.m/)).toBeVisible();
  await page.getByRole("button", { name: "Retire now" }).click();
  await page.getByRole("button", { name: "Retire secret" }).click();
  await expect(page.getByRole("heading", { name: "Signing secret" })).toBeVisible();
});

test("a paused endpoint says so, and enabling asks about what is held; deleting needs the word", async ({
  ownerPage: page,
  placeOf,
}) => {
  await page.goto(placeOf(`/endpoints?search=${encodeURIComponent(NAME)}`));
  await page.getByRole("link", { name: NAME }).click();
  await page.getByRole("button", { name: "Pause" }).first().click();
  await page.getByRole("button", { name: "Pause endpoint" }).click();
  await expect(page.getByText("Paused by a person.")).toBeVisible();
  await page.getByRole("button", { name: "Enable" }).first().click();
  await page.getByRole("button", { name: "Enable endpoint" }).click();
  await expect(page.getByText("Events that match are delivered as they come.")).toBeVisible();

  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText("rotated the secret")).toBeVisible();
  await expect(page.getByText("paused it").first()).toBeVisible();

  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete endpoint" }).click();
  const confirm = page.getByRole("alertdialog").getByRole("button", { name: "Delete endpoint" });
  await expect(confirm).toBeDisabled();
  await page.getByLabel(/Type delete/).fill("delete");
  await confirm.click();
  await expect(page).toHaveURL(/\/endpoints$/);
  await expect(page.getByText(NAME)).toHaveCount(0);
});
