// Holding back: a pause keeps what comes, and enabling asks what becomes of it.
import { headerOf } from "@/tests/support/receiver/http-reader";
import { expect, test } from "./scene";

for (const { choice, button, becomes, toast } of [
  { choice: "Release", button: "Enable endpoint", becomes: "Succeeded", toast: "1 held delivery released." },
  { choice: "Replay", button: "Enable endpoint", becomes: "Succeeded", toast: "1 held delivery replayed." },
  { choice: "Drop", button: "Enable endpoint", becomes: "Cancelled", toast: "1 held delivery dropped." },
]) {
  test(`operators pause an endpoint, and ${choice.toLowerCase()} what was held when they enable it`, async ({
    ownerPage: page,
    scene,
    receiver,
  }) => {
    const endpoint = await scene.endpoint("/ok");
    await page.goto(scene.path(`/endpoints/${endpoint.id}`));
    await page.getByRole("button", { name: "Pause" }).first().click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Pause endpoint" }).click();
    await expect(page.getByText("Paused", { exact: true }).first()).toBeVisible();

    const eventId = await scene.send("stock.low");
    const arrived = () => receiver.requests.filter((one) => headerOf(one, "webhook-id") === eventId).length;
    await page.goto(scene.path("/deliveries"));
    const row = page
      .getByRole("table", { name: "Deliveries" })
      .getByRole("row", { name: /stock\.low/ })
      .first();
    await expect(row).toContainText("Held");
    await row.getByRole("link").click();
    await expect(page.getByRole("article")).toContainText("waits until somebody enables the endpoint");
    expect(arrived()).toBe(0);

    await page.goto(scene.path(`/endpoints/${endpoint.id}`));
    await page.getByRole("button", { name: "Enable" }).first().click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toContainText("1 delivery was held");
    await dialog.getByRole("radio", { name: choice }).click();
    await dialog.getByRole("button", { name: button }).click();
    await expect(page.getByText(toast)).toBeVisible();

    await page.goto(scene.path("/deliveries"));
    await expect(row).toContainText(becomes);
    expect(arrived()).toBe(choice === "Drop" ? 0 : 1);
  });
}
