// The log of one endpoint, on its own page: the endpoint is fixed, everything else narrows as in the whole log.
import { expect, test } from "./scene";

test("operators narrow the log of one endpoint on its page, and share it by its address", async ({
  ownerPage: page,
  scene,
}) => {
  const none = { retry_policy: { preset: "none" } };
  const mine = await scene.endpoint("/404", { event_types: ["order.paid", "stock.low"], ...none });
  const other = await scene.endpoint("/ok", { event_types: ["order.refunded"] });
  for (const type of ["order.paid", "stock.low", "order.refunded"]) await scene.send(type);

  await page.goto(scene.path(`/endpoints/${mine.id}`));
  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Deliveries" }).click();
  await expect(page).toHaveURL(new RegExp(`/endpoints/${mine.id}/deliveries$`));
  const list = page.getByRole("table", { name: "Deliveries" });
  const rows = list.locator("tbody").getByRole("row");
  const chips = page.getByRole("list", { name: "Active filters" });
  await expect(list.getByText("Failed")).toHaveCount(2);
  await expect(list).not.toContainText("order.refunded");
  await expect(page.getByRole("button", { name: "Endpoint", exact: true }), "it is fixed").toHaveCount(0);

  await page.getByRole("button", { name: "Type" }).click();
  await page.getByRole("option", { name: "order.paid" }).click();
  await expect(rows).toHaveCount(1);
  await rows.getByRole("link", { name: "order.paid" }).click();
  await expect(page.getByRole("article").getByRole("heading", { level: 2 })).toHaveText("order.paid");
  const shared = new URL(page.url());
  expect(shared.pathname).toMatch(new RegExp(`/endpoints/${mine.id}/deliveries$`));
  expect([...shared.searchParams.keys()]).toEqual(["type", "selected"]);
  await page.reload();
  await expect(page.getByRole("article").getByRole("heading", { level: 2 })).toHaveText("order.paid");
  await expect(rows).toHaveCount(1);
  await page.keyboard.press("Escape");
  await chips.getByRole("button", { name: /^Remove filter Type/ }).click();
  await expect(rows).toHaveCount(2);

  // Another endpoint in the address changes nothing: this page is about one.
  await page.goto(scene.path(`/endpoints/${mine.id}/deliveries?endpoint=${other.id}`));
  await expect(rows).toHaveCount(2);
  await expect(list).not.toContainText("order.refunded");
  await expect(chips).toHaveCount(0);

  // What comes in while somebody watches appears by itself.
  await scene.send("order.paid", '{"n":2}');
  await expect(rows).toHaveCount(3);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("operators open a delivery of an endpoint over the whole screen, and come back", async ({
    ownerPage: page,
    scene,
  }) => {
    const endpoint = await scene.endpoint("/ok", { description: "Books" });
    await scene.send("order.paid");
    await page.goto(scene.path(`/endpoints/${endpoint.id}/deliveries`));
    const list = page.getByRole("table", { name: "Deliveries" });
    const title = page.getByRole("heading", { level: 1, name: "Books" });
    await list.getByRole("link", { name: "order.paid" }).tap();
    await expect(page.getByRole("article")).toContainText("order.paid");
    await expect(title).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole("button", { name: "Back to the list" }).tap();
    await expect(title).toBeVisible();
    await expect(list).toBeVisible();
  });
});
