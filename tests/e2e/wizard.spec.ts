// The way to a first endpoint: address, events, settings, review, the secret once, and a test with the true answer.
import { expect, test } from "./scene";

test("operators make an endpoint to their Inbox, keep its secret, and see a test arrive", async ({
  ownerPage: page,
  scene,
}) => {
  await page.goto(scene.path("/endpoints"));
  await page.getByRole("link", { name: "New endpoint" }).click();
  await page.getByRole("button", { name: "Use my Inbox" }).click();
  const url = page.getByLabel("Endpoint URL");
  await expect(url).toHaveValue(/\/inbox\/\S{20,}$/);
  const address = await url.inputValue();
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByRole("heading", { name: "Which events does it want?" })).toBeVisible();
  await page.getByRole("radio", { name: "Chosen events" }).click();
  await expect(page.getByRole("button", { name: "Continue" }), "nothing chosen yet").toBeDisabled();
  await page.getByLabel("Find or add an event type").fill("order.*");
  await page.getByLabel("Find or add an event type").press("Enter");
  await expect(page.getByRole("list", { name: "Chosen" })).toContainText("order.*");
  await page.getByRole("button", { name: "Continue" }).click();

  // The environment's default is chosen already.
  await expect(page.getByRole("heading", { name: "What should requests look like?" })).toBeVisible();
  await expect(page.getByLabel("Profile", { exact: true })).toHaveValue("standard-webhooks");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Which of them, and how?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Anything special?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Is this right?" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: address })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "order.*" })).toBeVisible();
  await page.getByRole("button", { name: "Create endpoint" }).click();

  await expect(page.getByRole("heading", { name: "Save the signing secret" })).toBeVisible();
  const secret = (await page.getByText(/^whsec_\S{20,}$/).textContent()) ?? "";
  await expect(page.getByRole("button", { name: "Continue" }), "not before it is saved").toBeDisabled();
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Endpoints" }).click();
  const question = page.getByRole("alertdialog", { name: "Leave without saving the secret?" });
  await question.getByRole("button", { name: "Stay" }).click();

  // The code is ready to copy, and has the names that are on the wire.
  const code = page.getByRole("region", { name: "Verify in your receiver" });
  await code.getByRole("radio", { name: "No dependency" }).click();
  for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
    await expect(code.getByRole("tabpanel")).toContainText(name);
  }

  await page.getByRole("checkbox", { name: "I have saved the secret" }).check();
  await page.reload();
  await expect(page.getByText("You have saved it")).toBeVisible();
  expect(await page.content(), "shown once").not.toContain(secret);
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stored, "and kept nowhere").not.toContain(secret.slice("whsec_".length));

  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByText("Your endpoint works.")).toBeVisible();
  const attempt = page.getByRole("region", { name: "Attempt 1" });
  await expect(attempt).toContainText("200");
  await attempt.getByRole("tab", { name: "Request" }).click();
  await expect(attempt.getByRole("table", { name: "Request headers" })).toContainText("webhook-signature");
  await page.getByRole("button", { name: "Done" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toContainText(address);
  await page.goto(scene.path("/endpoints"));
  const row = page.getByRole("table", { name: "Endpoints" }).getByRole("row").filter({ hasText: "/inbox/" });
  await expect(row).toContainText("Active");
  await expect(row).toContainText("order.*");
});

test("S-01 the wizard says at once why an address is refused, and does not go on", async ({
  ownerPage: page,
  scene,
}) => {
  await page.goto(scene.path("/endpoints/new/url"));
  const refused = [
    ["http://169.254.169.254/latest/meta-data", /not allowed.*169\.254\.169\.254/],
    ["http://[::ffff:169.254.169.254]/", /not allowed/],
    ["http://10.0.0.1/", /not allowed.*10\.0\.0\.1/],
    ["http://printer.local/", /reserved for local networks/],
    ["ftp://example.com/", /scheme must be https/],
    ["https://user:secret@example.com/", /user name or password/],
  ] as const;
  const checks = page.getByRole("list", { name: "Checks of the address" });
  for (const [address, reason] of refused) {
    await page.getByLabel("Endpoint URL").fill(address);
    await expect(checks, address).toContainText(reason);
    await expect(page.getByRole("button", { name: "Continue" }), address).toBeDisabled();
  }
  await page.getByLabel("Endpoint URL").press("Enter");
  await expect(page).toHaveURL(/\/new\/url$/);
});
