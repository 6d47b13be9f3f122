// The environment's default profile, where endpoints are told apart by theirs, and the page that explains profiles.
import { expect, test } from "./scene";

test("the environment's default is what the wizard and the API begin with; the list tells endpoints apart", async ({
  ownerPage: page,
  scene,
}) => {
  await page.goto(scene.path("/settings"));
  await page.getByLabel("Profile of new endpoints").selectOption("Stripe");
  await expect(page.getByText("Default profile saved")).toBeVisible();
  const made = await scene.endpoint("/200?by=api", { description: "By the API" });
  expect(made.profile.slug).toBe("stripe");
  await scene.endpoint("/200?by=name", { description: "By its name", profile: "slack" });

  await page.goto(scene.path("/endpoints/new/url"));
  await page.getByRole("button", { name: "Use my Inbox" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: "All events" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Profile", { exact: true })).toHaveValue("stripe");
  await expect(page.getByLabel("Request headers")).toContainText("Stripe-Signature");

  await page.goto(scene.path("/endpoints"));
  const table = page.getByRole("table", { name: "Endpoints" });
  await expect(table.getByRole("row", { name: /By the API/ })).toContainText("Stripe");
  await page.getByLabel("Profile", { exact: true }).selectOption("Slack");
  await expect(table.getByRole("row", { name: /By its name/ })).toBeVisible();
  await expect(table.getByRole("row", { name: /By the API/ })).toHaveCount(0);
  await table.getByRole("link", { name: "By its name" }).click();
  await expect(page.getByRole("link", { name: "Slack" })).toBeVisible();
});

test("the page on profiles is readable without signing in, its example made by the code itself", async ({
  page,
}) => {
  await page.goto("/docs/profiles");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Profiles");
  await expect(page.getByRole("table", { name: "Values" })).toContainText("{{attempt.number}}");
  await expect(page.getByText('"order": 12345678901234567890')).toBeVisible();
  await expect(page.getByText('"sent_by": "Northwind, live"')).toBeVisible();
});
