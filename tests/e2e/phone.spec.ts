// On a phone every page is one column: navigation in a drawer, a delivery as a view of its own, a wizard that can be used.
import type { Page } from "@playwright/test";
import { expect, test } from "./scene";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

test("operators on a phone find their way, read a delivery and come back", async ({
  ownerPage: page,
  scene,
}) => {
  await scene.endpoint("/503", { retry_policy: { delays_seconds: [0, 3600] } });
  await scene.send("order.paid");
  await page.goto(scene.path());
  await page.getByRole("button", { name: "Open navigation" }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Deliveries" }).tap();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const list = page.getByRole("table", { name: "Deliveries" });
  await expect(list).toContainText("503");
  await fits(page);

  await list.getByRole("link", { name: "order.paid" }).tap();
  await expect(page.getByRole("article")).toContainText("order.paid");
  await expect(list, "the delivery has the screen for itself").toBeHidden();
  await expect(page.getByRole("button", { name: "Retry now" })).toBeInViewport();
  await fits(page);
  await page.getByRole("button", { name: "Back to the list" }).tap();
  await expect(list).toBeVisible();
});

test("operators on a phone make an endpoint", async ({ ownerPage: page, scene }) => {
  await page.goto(scene.path("/endpoints/new/url"));
  await page.getByRole("button", { name: "Use my Inbox" }).tap();
  await fits(page);
  const next = page.getByRole("button", { name: "Continue" });
  await next.tap();
  await page.getByRole("radio", { name: "All events" }).tap();
  await fits(page);
  await next.tap();
  await expect(page.getByRole("heading", { name: "What should requests look like?" })).toBeVisible();
  await expect(page.getByLabel("Request headers")).toContainText("webhook-signature");
  await fits(page);
  await next.tap();
  await expect(page.getByRole("heading", { name: "Which of them, and how?" })).toBeVisible();
  await fits(page);
  await next.tap();
  await expect(page.getByRole("heading", { name: "Anything special?" })).toBeVisible();
  await fits(page);
  await next.tap();
  await page.getByRole("button", { name: "Create endpoint" }).tap();
  await expect(page.getByText(/^whsec_\S{20,}$/)).toBeVisible();
  await fits(page);
  await page.getByRole("checkbox", { name: "I have saved the secret" }).tap();
  await next.tap();
  await page.getByRole("button", { name: "Send test event" }).tap();
  await expect(page.getByText("Your endpoint works.")).toBeVisible();
  await fits(page);
});
