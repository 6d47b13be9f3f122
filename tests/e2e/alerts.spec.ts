// Alerts without a mail server: what happens is written down and kept to read; a channel is made, tested and ended; each
// person chooses their own e-mails; what leads from an alert to the decision about an endpoint.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { headerOf } from "@/tests/support/receiver/http-reader";
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

test("from the alert about a disabled endpoint to the decision about what was held", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  const endpoint = await scene.endpoint("/410", { description: "Books" });
  const stateOf = async () => (await scene.call<EndpointDto>("GET", `/endpoints/${endpoint.id}`)).state;
  await scene.send("order.paid");
  await expect.poll(stateOf).toBe("disabled");
  const eventId = await scene.send("order.paid");
  await scene.call("PATCH", `/endpoints/${endpoint.id}`, { url: `${receiver.url}/ok` });

  await page.goto(scene.path("/alerts?show=open"));
  const table = page.getByRole("table", { name: "Alerts" });
  await expect(table.getByRole("row", { name: /Books/ })).toContainText("Ongoing");
  await table.getByRole("link", { name: /“Books” was disabled: it answered 410 Gone/ }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("1 delivery was held");
  await expect(dialog.getByRole("radio")).toHaveCount(4);
  await dialog.getByRole("radio", { name: "Replay" }).click();
  await dialog.getByRole("button", { name: "Enable endpoint" }).click();
  await expect(page.getByText("1 held delivery replayed.")).toBeVisible();
  const arrived = () => receiver.requests.filter((one) => headerOf(one, "webhook-id") === eventId);
  await expect.poll(() => arrived().map((one) => one.target)).toEqual(["/ok"]);

  await page.goto(scene.path("/alerts"));
  await expect(table.getByRole("row", { name: /was disabled/ })).toContainText("Over");
  await page.getByRole("radio", { name: "Ongoing" }).click();
  await expect(table.getByRole("row", { name: /was disabled/ })).toBeHidden();
});

test("the stages of an endpoint's warnings are chosen in its settings", async ({
  ownerPage: page,
  scene,
}) => {
  const endpoint = await scene.endpoint("/ok");
  const rule = async () => (await scene.call<EndpointDto>("GET", `/endpoints/${endpoint.id}`)).auto_disable;
  await page.goto(scene.path(`/endpoints/${endpoint.id}/settings`));
  await page.getByRole("radio", { name: "By a rule of its own" }).click();
  const stages = page.getByLabel("Warn at");
  await expect(stages).toHaveValue("50, 70, 90");
  await stages.fill("90, 50");
  await expect(page.getByText("At most 5 rising whole numbers")).toBeVisible();
  await stages.fill("25, 75");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect.poll(rule).toEqual({ after_hours: 120, min_failures: 5, warn_at_percent: [25, 75] });
  await page.reload();
  await expect(stages).toHaveValue("25, 75");
});
