// What a machine can find of accessibility, on the pages that people use most, in both themes.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
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

test("the pages of profiles have no serious accessibility fault", async ({ ownerPage: page, scene }) => {
  // Seven pages in two themes.
  test.slow();
  const { definition } = await scene.call<ProfileDetailDto>("GET", "/profiles/github");
  await scene.call("POST", "/profiles", { name: "Ours", based_on: "github" });
  await scene.endpoint("/200", { profile: "ours" });
  await scene.call("PATCH", "/profiles/ours", {
    definition: { ...definition, timeout_ms: 5_000 },
    apply_to_endpoints: false,
  });
  await judge(page, scene.path("/profiles"), "Profiles");
  await judge(page, scene.path("/profiles/github"), "GitHub");
  for (const tab of ["", "/versions", "/endpoints"]) {
    await judge(page, scene.path(`/profiles/ours${tab}`), "Ours");
  }
  await judge(page, scene.path("/profiles/ours/edit"), "Edit Ours");
  await judge(page, scene.path("/profiles/new?based_on=stripe"), "Clone Stripe");
  await judge(page, "/docs/profiles", "Profiles");
});

test("the pages of event types have no serious accessibility fault", async ({ ownerPage: page, scene }) => {
  test.slow();
  await scene.call("POST", "/event-types/packs/vizi");
  await scene.endpoint("/200", { event_types: ["score.*"] });
  await judge(page, scene.path("/event-types"), "Event types");
  await judge(page, scene.path("/event-types/packs"), "Event types");
  await judge(page, scene.path("/event-types/score.updated", "sandbox"), "score.updated");
  await judge(page, scene.path("/event-types/score.updated/edit"), "Edit score.updated");
  await judge(page, "/docs/events", "Event types and subjects");
});

test("the pages of subjects and callbacks have no serious accessibility fault", async ({
  ownerPage: page,
  scene,
  request,
  receiver,
}) => {
  test.slow();
  const subject = "MSCU1234567";
  const made = await request.put(`/api/v1/subjects/${subject}/callback`, {
    headers: { authorization: `Bearer ${await scene.key()}` },
    data: { callback_url: `${receiver.url}/200`, unsubscribe_on: ["reference.completed"] },
  });
  const { endpoint_id: callback } = (await made.json()) as { endpoint_id: string };
  await scene.send("reference.updated", "{}", { subject });
  await judge(page, scene.path("/subjects"), "Subjects");
  await judge(page, scene.path(`/subjects?subject=${subject}`), subject);
  await judge(page, scene.path(`/endpoints/${callback}`), receiver.url);
});
