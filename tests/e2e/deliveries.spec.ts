// What an operator does on the deliveries page: watch, look inside, replay, cancel, filter.
import type { Page } from "@playwright/test";
import type { DeliveryDto } from "@/lib/contracts/deliveries";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { type Receiver, startReceiver } from "@/tests/support/receiver/receiver";
import { expect, test } from "./fixtures";

let receiver: Receiver;

test.beforeAll(async () => {
  receiver = await startReceiver();
});

test.afterAll(() => receiver.close());

/** Calls the dashboard's API as the page would. */
async function call<T>(page: Page, method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
  const origin = new URL(page.url()).origin;
  const response = await page.request.fetch(`${origin}/api/dashboard${path}`, {
    method,
    headers: { origin },
    ...(body === undefined ? {} : { data: body }),
  });
  expect(response.ok(), await response.text()).toBe(true);
  return (await response.json()) as T;
}

async function makeEndpoint(page: Page, place: string, path: string, type: string): Promise<string> {
  const endpoint = await call<{ id: string }>(page, "POST", `${place}/endpoints`, {
    url: `${receiver.url}${path}`,
    event_types: [type],
    retry_policy: { delays_seconds: [0, 3600, 7200] },
  });
  return endpoint.id;
}

/** Sends through the public API with a key of its own. */
async function makeSender(page: Page, place: string) {
  const { key } = await call<{ key: string }>(page, "POST", `${place}/api-keys`, {
    name: "deliveries spec",
    scopes: ["events:write"],
  });
  const { origin } = new URL(page.url());
  return async (type: string, data: unknown) => {
    const response = await page.request.post(`${origin}/api/v1/events`, {
      headers: { authorization: `Bearer ${key}` },
      data: { type, data },
    });
    expect(response.status()).toBe(202);
    return ((await response.json()) as { id: string }).id;
  };
}

const rows = (page: Page) =>
  page.getByRole("table", { name: "Deliveries" }).locator("tbody").getByRole("row");

test("Operators see a delivery appear and succeed without touching the page, and its answer stays inert (X-01, X-02)", async ({
  ownerPage: page,
  placeOf,
}) => {
  const place = placeOf();
  await page.goto(placeOf("/deliveries"));
  const type = "spec.inert";
  await makeEndpoint(page, place, "/xss", type);
  const send = await makeSender(page, place);
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();

  const hostile = "</script><img src=x onerror=window.__xss=1>";
  await send(type, { hostile, price: 1.5 });
  const row = rows(page).filter({ hasText: type }).first();
  await expect(row).toContainText("Succeeded");
  await expect(row).toContainText("200");

  await row.click();
  const detail = page.getByRole("article");
  await expect(detail.getByRole("heading", { name: type })).toBeVisible();
  for (const part of [detail.getByRole("table", { name: "Response headers" }), detail.getByRole("figure")]) {
    await expect(part.getByText("<script>window.__xss=1</script>")).toBeVisible();
  }
  await detail.getByRole("tab", { name: "Request" }).click();
  await expect(detail.getByText(hostile)).toBeVisible();
  expect(await page.evaluate(() => "__xss" in window)).toBe(false);
});

test("Operators replay a delivery that succeeded only after being told that the receiver sees the id again", async ({
  ownerPage: page,
  placeOf,
}) => {
  const place = placeOf();
  await page.goto(placeOf("/deliveries"));
  const type = "spec.replay";
  await makeEndpoint(page, place, "/ok", type);
  const send = await makeSender(page, place);
  const eventId = await send(type, { n: 1 });
  await rows(page).filter({ hasText: type }).first().click();
  const detail = page.getByRole("article");
  await expect(detail.getByText("Succeeded").first()).toBeVisible();

  await page.keyboard.press("r");
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("webhook-id");
  await question.getByRole("button", { name: "Replay in live" }).click();
  await expect(detail.getByText("Replay of")).toBeVisible();
  await expect(detail.getByText("Succeeded").first()).toBeVisible();
  expect(receiver.requests.filter((request) => headerOf(request, "webhook-id") === eventId)).toHaveLength(2);

  // The way back to the original.
  await detail.getByRole("link", { name: /^dlv_…/ }).click();
  await expect(detail.getByText("Replay of")).toBeHidden();
});

test("Operators see planned attempts with their times, and can bring one forward or cancel the rest", async ({
  ownerPage: page,
  placeOf,
}) => {
  const place = placeOf();
  await page.goto(placeOf("/deliveries"));
  const type = "spec.waiting";
  await makeEndpoint(page, place, "/503", type);
  const send = await makeSender(page, place);
  await send(type, { n: 1 });
  const row = rows(page).filter({ hasText: type }).first();
  await expect(row).toContainText("503");
  await row.click();
  const detail = page.getByRole("article");
  const timeline = detail.getByRole("list", { name: "Attempts" });
  await expect(timeline.getByText("Attempt 2")).toBeVisible();
  await expect(timeline.getByText("Attempt 3")).toBeVisible();
  await expect(detail.getByText("The receiver failed while handling the request.")).toBeVisible();

  await detail.getByRole("button", { name: "Retry now" }).click();
  await expect(timeline.getByRole("button", { name: /Attempt 2 503/ })).toBeVisible();

  await detail.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel delivery" }).click();
  await expect(detail.getByText(/Cancelled by olivia@example.com/)).toBeVisible();
  await expect(timeline.getByText("Attempt 3")).toBeHidden();
});

test("Operators share what they see: filters and the open delivery are in the address", async ({
  ownerPage: page,
  placeOf,
}) => {
  const place = placeOf();
  await page.goto(placeOf("/deliveries"));
  const type = "spec.filters";
  await makeEndpoint(page, place, "/404", type);
  const send = await makeSender(page, place);
  await send(type, { n: 1 });
  await expect(rows(page).filter({ hasText: type }).first()).toContainText("404");

  await page.getByRole("button", { name: "Result" }).click();
  await page.getByPlaceholder("Status such as 503, or a cause").fill("404");
  await page.getByRole("option", { name: "Status 404" }).click();
  await expect(page).toHaveURL(/code=404/);
  await expect(rows(page)).toHaveCount(1);
  await rows(page).first().click();
  await expect(page).toHaveURL(/selected=dlv_/);

  await page.reload();
  await expect(page.getByRole("article")).toContainText(type);
  await expect(page.getByRole("list", { name: "Active filters" })).toContainText("404");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article")).toBeHidden();
  await page.goto(placeOf("/deliveries?type=spec.nothing"));
  await expect(page.getByText("No deliveries match.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test("Operators on a phone get the delivery as a view of its own (X-08: a large answer stays quick to use)", async ({
  ownerPage: page,
  placeOf,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const place = placeOf();
  await page.goto(placeOf("/deliveries"));
  const type = "spec.large";
  const members = Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]);
  await makeEndpoint(page, place, "/ok", type);
  const send = await makeSender(page, place);
  await send(type, Object.fromEntries(members));
  await page.getByText(type).first().click();
  const detail = page.getByRole("article");
  await detail.getByRole("tab", { name: "Request" }).click();
  await expect(detail.getByText('"key4999": 4999')).toBeAttached();
  await expect(page.getByRole("table", { name: "Deliveries" })).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.goBack();
  await expect(page.getByText(type).first()).toBeVisible();
});

test("T-01 what belongs to another environment is not found by its id", async ({
  ownerPage: page,
  placeOf,
}) => {
  await page.goto(placeOf("/deliveries"));
  const { data } = await call<{ data: DeliveryDto[] }>(page, "GET", `${placeOf()}/deliveries?limit=1`);
  const { origin } = new URL(page.url());
  const foreign = await page.request.get(
    `${origin}/api/dashboard${placeOf("", "sandbox")}/deliveries/${data[0]?.id}`,
  );
  expect(foreign.status()).toBe(404);
});
