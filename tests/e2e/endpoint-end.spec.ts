// After an endpoint's end: nobody asks for it again here, and every open view of it says that it is gone.
import type { Page } from "@playwright/test";
import { expect, test } from "./scene";

const GONE = "There is no such endpoint here";

async function deleteIt(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Delete endpoint" }).click();
  await page.getByLabel(/Type delete/).fill("delete");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete endpoint" }).click();
}

test("after deleting an endpoint nothing asks for it again, and going back says that it is gone", async ({
  ownerPage: page,
  scene,
}) => {
  const endpoint = await scene.endpoint("/ok", { description: "Short-lived" });
  await page.goto(scene.path(`/endpoints/${endpoint.id}`));
  // Its numbers are read on the overview, and are still kept when it is deleted.
  await expect(page.getByText("No delivery has finished")).toBeVisible();
  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Settings" }).click();
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() === 404) refused.push(response.url());
  });
  await deleteIt(page);
  await expect(page).toHaveURL(/\/endpoints$/);
  await expect(page.getByText("Short-lived")).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText(GONE)).toBeVisible();
  expect(refused).toEqual([]);
});

test("a view of the endpoint in another window says that it is gone", async ({ ownerPage: page, scene }) => {
  const endpoint = await scene.endpoint("/ok", { description: "Watched" });
  const other = await page.context().newPage();
  await other.goto(scene.path(`/endpoints/${endpoint.id}`));
  await expect(other.getByRole("heading", { level: 1, name: "Watched" })).toBeVisible();
  await page.goto(scene.path(`/endpoints/${endpoint.id}/settings`));
  await deleteIt(page);
  await expect(page).toHaveURL(/\/endpoints$/);
  await expect(other.getByText(GONE)).toBeVisible();
});

test.describe("with a network that fails", () => {
  test.use({ allowedErrors: [/net::ERR_FAILED/] });

  test("an endpoint that could not be deleted stays on its page, with the reason", async ({
    ownerPage: page,
    scene,
  }) => {
    const endpoint = await scene.endpoint("/ok", { description: "Survivor" });
    await page.goto(scene.path(`/endpoints/${endpoint.id}/settings`));
    await page.route(`**/endpoints/${endpoint.id}`, (route) =>
      route.request().method() === "DELETE" ? route.abort() : route.continue(),
    );
    await deleteIt(page);
    await expect(page.getByRole("alertdialog").getByRole("alert")).toBeVisible();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
    await page.unrouteAll();
    // Read again from now on, as before.
    await scene.call("PATCH", `/endpoints/${endpoint.id}`, { description: "Survivor, renamed" });
    await expect(page.getByRole("heading", { level: 1, name: "Survivor, renamed" })).toBeVisible();
  });
});
