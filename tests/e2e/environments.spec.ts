// Live and sandbox, and one workspace and the next: apart in everything, and never to be mistaken for each other.
import { headerOf } from "@/tests/support/receiver/http-reader";
import { expect, test } from "./scene";

test("T-01 T-03 live and sandbox share no key, endpoint or delivery, and look apart", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  const live = await scene.endpoint("/ok", { description: "Live books" });
  await scene.endpoint("/ok?sandbox", { description: "Sandbox books" }, "sandbox");
  const eventId = await scene.send("order.paid", '{"from":"sandbox"}', {}, "sandbox");
  await receiver.waitFor((all) => all.some((one) => headerOf(one, "webhook-id") === eventId));

  await page.goto(scene.path("/endpoints"));
  const endpoints = page.getByRole("table", { name: "Endpoints" });
  const band = page.getByRole("complementary", { name: "Sandbox" });
  await expect(endpoints).toContainText("Live books");
  await expect(endpoints).not.toContainText("Sandbox books");
  await expect(band).toHaveCount(0);
  await page.getByRole("navigation", { name: "Environment" }).getByRole("link", { name: "Sandbox" }).click();
  await expect(page, "the same page").toHaveURL(new RegExp(`${scene.path("/endpoints", "sandbox")}$`));
  await expect(band).toBeVisible();
  await expect(endpoints).toContainText("Sandbox books");
  await expect(endpoints).not.toContainText("Live books");

  await page.goto(scene.path("/deliveries"));
  await expect(page.getByText("No deliveries yet")).toBeVisible();
  await page.goto(scene.path("/deliveries", "sandbox"));
  await expect(page.getByRole("table", { name: "Deliveries" })).toContainText("order.paid");

  const headers = { authorization: `Bearer ${await scene.key(undefined, "sandbox")}` };
  expect((await page.request.get(`/api/v1/endpoints/${live.id}`, { headers })).status()).toBe(404);
  const forged = await page.request.get(`/api/v1/events/${eventId}`, {
    headers: { authorization: `Bearer ${await scene.key()}` },
  });
  expect(forged.status()).toBe(404);
});

test.describe("with ids that are not there", () => {
  test.use({ allowedErrors: [/status of 404/] });

  test("T-01 ids of another workspace or environment are not found, on pages and in the dashboard's API", async ({
    ownerPage: page,
    scene,
    owner,
  }) => {
    const endpoint = await scene.endpoint("/ok", { description: "Nobody else's" });
    const eventId = await scene.send("order.paid");
    const delivery = await scene.deliveryOf(eventId);
    const ids = [`/endpoints/${endpoint.id}`, `/deliveries/${delivery.id}`, `/events/${eventId}`];
    // The same person belongs to both, so only the query's own scope can tell them apart.
    for (const place of [`/${owner.workspace_slug}/live`, scene.path("", "sandbox")]) {
      for (const id of ids) {
        const answer = await page.request.get(`/api/dashboard${place}${id}`);
        expect(answer.status(), `${place}${id}`).toBe(404);
        expect(await answer.text()).not.toContain("Nobody else's");
        await page.goto(`${place}${id}`);
        await expect(
          page.getByText(/There is no such endpoint here|No such (delivery|event) here/),
        ).toBeVisible();
      }
    }
  });
});
