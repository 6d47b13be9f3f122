// What narrows the log is in the address, so that it can be shared and survives a reload; and the log has an end.
import { expect, test } from "./scene";

test("operators narrow the log by state, endpoint, type, result, id and time, and share it by its address", async ({
  ownerPage: page,
  scene,
}) => {
  const none = { retry_policy: { preset: "none" } };
  await scene.endpoint("/ok", { event_types: ["order.paid"] });
  const broken = await scene.endpoint("/500", { event_types: ["order.refunded"], ...none });
  await scene.endpoint("/404", { event_types: ["stock.low"], ...none });
  const paid = await scene.send("order.paid");
  const ids = [paid, await scene.send("order.refunded"), await scene.send("stock.low")];
  await expect
    .poll(async () => (await Promise.all(ids.map(scene.deliveryOf))).map((one) => one.state))
    .toEqual(["succeeded", "failed", "failed"]);

  await page.goto(scene.path("/deliveries"));
  const rows = page.getByRole("table", { name: "Deliveries" }).getByRole("row");
  const chips = page.getByRole("list", { name: "Active filters" });
  /** Head and rows. */
  const shows = async (...types: string[]) => {
    await expect(rows).toHaveCount(types.length + 1);
    for (const type of types) await expect(rows.filter({ hasText: type })).toHaveCount(1);
  };
  await shows("order.paid", "order.refunded", "stock.low");

  await page.getByRole("button", { name: "State" }).click();
  await page.getByRole("option", { name: "Failed" }).click();
  await page.keyboard.press("Escape");
  await shows("order.refunded", "stock.low");
  await expect(page).toHaveURL(/state=failed/);

  await page.getByRole("button", { name: "Result" }).click();
  await page.getByRole("option", { name: "5xx receiver error" }).click();
  await shows("order.refunded");
  await expect(page).toHaveURL(/code=5xx/);

  await page.getByRole("button", { name: "Endpoint", exact: true }).click();
  await page.getByRole("option", { name: /\/500$/ }).click();
  await page.getByRole("button", { name: "Type" }).click();
  await page.getByRole("option", { name: "order.refunded" }).click();
  await page.getByRole("button", { name: "Time" }).click();
  await page.getByRole("button", { name: "Last hour" }).click();
  await shows("order.refunded");
  await expect(chips.getByRole("listitem")).toHaveCount(6);
  const shared = new URL(page.url());
  expect(Object.fromEntries(shared.searchParams)).toEqual({
    state: "failed",
    code: "5xx",
    endpoint: broken.id,
    type: "order.refunded",
    range: "1h",
  });
  await page.reload();
  await shows("order.refunded");
  await expect(chips.getByRole("listitem")).toHaveCount(6);

  await chips.getByRole("button", { name: "Clear all" }).click();
  await shows("order.paid", "order.refunded", "stock.low");
  await page.keyboard.press("/");
  await page.getByRole("searchbox", { name: "Search by delivery or event id" }).fill(paid);
  await shows("order.paid");
  await expect(page).toHaveURL(new RegExp(`id=${paid}`));

  await page.goto(scene.path("/deliveries?state=held"));
  await expect(page.getByText("No deliveries match.")).toBeVisible();
  await expect(page.getByText("No deliveries yet"), "there are some").toBeHidden();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await shows("order.paid", "order.refunded", "stock.low");
});

test("operators page back through the log to its end, and nothing is shown twice or left out", async ({
  ownerPage: page,
  scene,
}) => {
  const COUNT = 60;
  await scene.endpoint("/ok");
  const key = await scene.key(["events:write"]);
  await page.goto(scene.path("/deliveries"));
  await expect(page.getByText("No deliveries yet")).toBeVisible();
  const events = Array.from({ length: COUNT }, (_, n) => ({ type: `page.n${n}`, data: { n } }));
  const answer = await page.request.post("/api/v1/events/batch", {
    headers: { authorization: `Bearer ${key}` },
    data: { events },
  });
  expect(answer.status()).toBe(202);

  const types = page.getByRole("table", { name: "Deliveries" }).getByText(/^page\.n\d+$/);
  await expect(types, "one page").toHaveCount(50);
  await expect(page.getByText("50 shown", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Load older" }).click();
  await expect(page.getByText(`${COUNT} shown, that is everything`)).toBeVisible();
  expect(new Set(await types.allInnerTexts()).size).toBe(COUNT);
});
