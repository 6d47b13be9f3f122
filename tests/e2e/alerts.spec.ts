// Alerts without a mail server: what happens is written down and kept to read; a channel is made, tested and ended; each
// person chooses their own e-mails.
import { expect, test } from "./scene";

test("a channel is made, its secret seen once, tested, changed and deleted", async ({
  ownerPage: page,
  scene,
}) => {
  await page.goto(scene.path("/alerts/channels"));
  await expect(page.getByText("E-mails are kept here, not sent")).toBeVisible();
  await page.getByRole("button", { name: "Create channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Webhook" }).click();
  await dialog.getByRole("button", { name: "Create channel" }).click();
  await expect(dialog.getByText("give the channel a name"), "a name is asked for").toBeVisible();
  await dialog.getByLabel("Name").fill("Incident bot");
  // Nobody listens on port 1: the test has to say so.
  await dialog.getByLabel("URL").fill("http://127.0.0.1:1/alerts");
  await dialog.getByRole("button", { name: "Create channel" }).click();
  const secret = (await dialog.getByText(/^whsec_\S{40,}$/).textContent()) ?? "";
  await page.keyboard.press("Escape");
  await expect(dialog, "a slip does not lose it").toBeVisible();
  await dialog.getByRole("button", { name: "I have stored it" }).click();
  await page.reload();
  const row = page.getByRole("list", { name: "Alert channels" }).getByRole("listitem");
  await expect(row).toContainText("Incident bot");
  expect(await page.content(), "shown once").not.toContain(secret);

  await row.getByRole("button", { name: "Send test alert" }).click();
  await expect(page.getByText("The receiver refused the connection.").first()).toBeVisible();
  await expect(row.getByText("Failed")).toBeVisible();

  await row.getByRole("button", { name: "More about Incident bot" }).click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await dialog.getByRole("checkbox", { name: "Secret rotated" }).uncheck();
  await dialog.getByRole("button", { name: "Save channel" }).click();
  await expect(row).toContainText("6 of 7 kinds");

  await row.getByRole("button", { name: "More about Incident bot" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete channel" }).click();
  await expect(page.getByText("No channels yet")).toBeVisible();
});

test("an e-mail channel's test is kept, and can be read", async ({ ownerPage: page, scene }) => {
  await page.goto(scene.path("/alerts/channels"));
  await page.getByRole("button", { name: "Create channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("On call");
  await dialog.getByLabel("Addresses").fill("oncall@example.com");
  await dialog.getByRole("button", { name: "Create channel" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Send test alert" }).click();
  await expect(page.getByText("the test is kept under Mail")).toBeVisible();
  await page
    .getByRole("navigation", { name: "Alerts" })
    .getByRole("link", { name: "Mail", exact: true })
    .click();
  await page.getByRole("link", { name: /This is a test alert/ }).click();
  await expect(page.getByRole("dialog")).toContainText("oncall@example.com");
  await expect(page.getByRole("dialog")).toContainText("Nothing has happened.");
});

test("each person chooses their own e-mails", async ({ ownerPage: page, scene }) => {
  await page.goto(scene.path("/alerts/preferences"));
  const failing = page.getByRole("switch", { name: "Endpoint failing" });
  await expect(failing).toBeChecked();
  await failing.click();
  await expect(failing).not.toBeChecked();
  await expect(failing).toBeEnabled();
  await page.reload();
  await expect(failing).not.toBeChecked();
});
