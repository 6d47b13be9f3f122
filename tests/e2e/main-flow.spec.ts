// The main job, end to end: an event by HTTP, a receiver that fails three times, the page that moves by itself, the
// bytes of every attempt, a replay, and a signature that the receivers' own library accepts.
import { Webhook } from "standardwebhooks";
import { headerOf, type ReceivedRequest } from "@/tests/support/receiver/http-reader";
import { expect, test } from "./scene";

// Bytes that a detour over parsed JSON would change: a number beyond doubles, white space, an emoji, an escape.
const DATA = '{ "order": 12345678901234567890, "price": 1.50,\n  "note": "caf\\u00e9 🚚" }';

const signed = (request: ReceivedRequest) => ({
  "webhook-id": headerOf(request, "webhook-id") ?? "",
  "webhook-timestamp": headerOf(request, "webhook-timestamp") ?? "",
  "webhook-signature": headerOf(request, "webhook-signature") ?? "",
});

test("operators watch a delivery fail, retry and succeed, read every byte of it, and replay it", async ({
  ownerPage: page,
  context,
  scene,
  receiver,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const endpoint = await scene.endpoint("/flaky/3", {
    headers: { "X-Api-Token": "t0ken-that-nobody-sees" },
    retry_policy: { delays_seconds: [0, 1, 1, 1], jitter: 0 },
  });
  await page.goto(scene.path("/deliveries"));
  await expect(page.getByText("No deliveries yet")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();

  const eventId = await scene.send("order.paid", DATA);
  const row = page.getByRole("table", { name: "Deliveries" }).getByRole("row", { name: /order\.paid/ });
  await expect(row).toContainText(/Pending|Attempting/);
  await row.getByRole("link").click();
  const detail = page.getByRole("article");
  const timeline = detail.getByRole("list", { name: "Attempts" });
  await expect(timeline.getByText("Attempt 4"), "planned before it happens").toBeVisible();
  await expect(row).toContainText("Succeeded");
  await expect(row).toContainText("4 attempts");
  await expect(timeline.getByRole("button", { name: /^Attempt [123] 503/ })).toHaveCount(3);
  await expect(timeline.getByRole("button", { name: /^Attempt 4 200/ })).toBeVisible();

  const requests = () => receiver.requests.filter((request) => headerOf(request, "webhook-id") === eventId);
  expect(requests()).toHaveLength(4);
  const sent = requests().at(-1) as ReceivedRequest;
  const body = sent.body.toString();
  expect(body, "C: the data's bytes as they came").toContain(`"data":${DATA}`);

  await expect(detail.getByText("attempt 4", { exact: true }), "the true answer").toBeVisible();
  await detail.getByRole("tab", { name: "Request" }).click();
  const headers = detail.getByRole("table", { name: "Request headers" });
  await expect(headers.getByRole("row", { name: /^webhook-id/ })).toContainText(eventId);
  await expect(headers.getByRole("row", { name: /^webhook-signature/ })).toContainText(
    signed(sent)["webhook-signature"],
  );
  await expect(headers.getByRole("row", { name: /^x-api-token/i })).toContainText("masked");
  await expect(page.locator("body")).not.toContainText("t0ken-that-nobody-sees");
  expect(headerOf(sent, "x-api-token")).toBe("t0ken-that-nobody-sees");
  await detail.getByRole("button", { name: "Show as sent" }).click();
  const shown = detail.getByRole("tabpanel", { name: "Request" }).locator("pre code");
  expect(await shown.textContent(), "byte for byte").toBe(body);

  await detail.getByRole("button", { name: "Copy as curl" }).click();
  const curl = await page.evaluate(() => navigator.clipboard.readText());
  expect(curl).toContain(`'${receiver.url}/flaky/3'`);
  expect(curl).not.toContain("t0ken");
  expect(curl).toContain("12345678901234567890");

  await detail.getByRole("button", { name: "Replay", exact: true }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("webhook-id");
  await question.getByRole("button", { name: "Replay in live" }).click();
  await expect(detail.getByText("Replay of")).toBeVisible();
  await expect(detail.getByText("Succeeded").first()).toBeVisible();
  await receiver.waitFor(() => requests().length === 5);
  const replayed = requests().at(-1) as ReceivedRequest;
  expect(replayed.sha256, "the same body").toBe(sent.sha256);

  const webhook = new Webhook(endpoint.secret);
  for (const request of requests()) webhook.verify(request.body.toString(), signed(request));
  expect(() => webhook.verify(`${body} `, signed(sent))).toThrow();

  await detail.getByRole("link", { name: /^dlv_…/ }).click();
  await expect(detail.getByText("Replay of"), "back at the original").toBeHidden();
  await expect(detail.getByRole("term").filter({ hasText: /^Replay$/ })).toBeVisible();
});
