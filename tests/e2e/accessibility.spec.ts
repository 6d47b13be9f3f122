// What a machine can find of accessibility, on the pages that people use most, in both themes.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./scene";

/** Serious and critical findings, each with the beginnings of its elements and what is wrong with them. */
async function graveFaults(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(" | ")}`,
    );
}

/** Paints the theme as the theme switch does, and waits until every colour has changed over. */
const paint = (page: Page, theme: "light" | "dark") =>
  page.evaluate(async (name) => {
    document.documentElement.classList.remove("light", "dark");
    document.documentElement.classList.add(name);
    const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(changing.map((transition) => transition.finished));
  }, theme);

async function judge(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(heading);
  // Texts in place of their loading bars.
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await paint(page, "light");
  expect(await graveFaults(new AxeBuilder({ page })), path).toEqual([]);
  // Only colours differ between the themes.
  await paint(page, "dark");
  expect(await graveFaults(new AxeBuilder({ page }).withRules("color-contrast")), `${path}, dark`).toEqual(
    [],
  );
}

test("the pages of an endpoint have no serious accessibility fault", async ({ ownerPage: page, scene }) => {
  const endpoint = await scene.endpoint("/503", { retry_policy: { delays_seconds: [0, 3600] } });
  for (const part of ["", "/settings", "/secret"]) {
    await judge(page, scene.path(`/endpoints/${endpoint.id}${part}`), endpoint.url);
  }
  await judge(page, scene.path("/endpoints"), "Endpoints");
  await judge(page, scene.path("/endpoints/new/url"), "New endpoint");
});

test("the log and the pages around it have no serious accessibility fault", async ({
  ownerPage: page,
  scene,
}) => {
  await scene.endpoint("/503", { retry_policy: { delays_seconds: [0, 3600] } });
  const eventId = await scene.send("order.paid");
  await expect.poll(async () => (await scene.deliveryOf(eventId)).attempts.length).toBe(1);
  const delivery = await scene.deliveryOf(eventId);
  await judge(page, scene.path(`/deliveries?selected=${delivery.id}`), "Deliveries");
  await judge(page, scene.path(`/events/${eventId}`), "order.paid");
  await judge(page, scene.path(), "Overview");
  await judge(page, scene.path("/inbox"), "Inbox");
  await judge(page, scene.path("/api-keys"), "API keys");
  await judge(page, scene.path("/settings"), "Settings");
});
