// The built-in receiver: what arrives appears by itself with a verdict on its signature, and it answers as it is told.
import type { InboxDto } from "@/lib/contracts/inbox";
import { expect, test } from "./scene";

test("operators watch signed messages arrive in the Inbox, and make it fail to see a delivery fail", async ({
  ownerPage: page,
  scene,
}) => {
  const inbox = await scene.call<InboxDto>("GET", "/inbox");
  await scene.endpoint(inbox.url, { retry_policy: { preset: "none" } });
  await page.goto(scene.path("/inbox"));
  await expect(page.getByText("Nothing has arrived yet")).toBeVisible();

  await scene.send("inbox.first", '{"big":12345678901234567890}');
  const messages = page.getByRole("table", { name: "Messages" });
  const first = messages.getByRole("row", { name: /inbox\.first/ });
  await expect(first).toContainText("Verified");
  await expect(first).toContainText("200");
  const message = page.getByRole("article");
  await expect(message.getByText("Signature verified")).toBeVisible();
  await expect(message.getByText("12345678901234567890")).toBeVisible();
  await expect(message.getByRole("table", { name: "Headers" })).toContainText("webhook-signature");

  // Anybody may post there; what is not signed says so.
  await page.request.post(new URL(inbox.url).pathname, { data: { type: "inbox.forged", data: {} } });
  await expect(messages.getByRole("row", { name: /inbox\.forged/ })).toContainText("Not verified");

  await page.getByRole("combobox", { name: "Answer with" }).click();
  await page.getByRole("option", { name: /500 Internal Server Error/ }).click();
  await expect.poll(async () => (await scene.call<InboxDto>("GET", "/inbox")).respond_status).toBe(500);
  const failing = await scene.send("inbox.second");
  const second = messages.getByRole("row", { name: /inbox\.second/ });
  await expect(second).toContainText("500");
  await expect(second, "the signature is right all the same").toContainText("Verified");

  await page.goto(scene.path(`/deliveries?id=${failing}`));
  const row = page.getByRole("table", { name: "Deliveries" }).getByRole("row", { name: /inbox\.second/ });
  await expect(row).toContainText("Failed");
  await row.getByRole("link").click();
  await expect(page.getByRole("article").getByText("Every planned attempt has failed.")).toBeVisible();
  await expect(
    page.getByRole("article").getByText("The receiver failed while handling the request."),
  ).toBeVisible();
});
