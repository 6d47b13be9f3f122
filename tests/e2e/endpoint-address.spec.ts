// A new address of another origin: the settings ask before what is stored write-only goes there.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { expect, test } from "./scene";

// Chromium reports the refusal as a failed resource.
test.use({ allowedErrors: [/409 \(Conflict\)/] });

test("stored credentials go to a new address only when a person says so", async ({
  ownerPage: page,
  scene,
}) => {
  const { id, url } = await scene.endpoint("/ok", { headers: { "X-Own": "1" } });
  const saved = () => scene.call<EndpointDto>("GET", `/endpoints/${id}`);
  const elsewhere = url.replace("127.0.0.1", "localhost").replace("/ok", "/elsewhere");
  await page.goto(scene.path(`/endpoints/${id}/settings`));
  await page.getByLabel("Endpoint URL").fill(elsewhere);
  await page.getByRole("button", { name: "Save changes" }).click();
  const question = page.getByRole("alertdialog", { name: /to the new address too/ });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByLabel("Endpoint URL")).toHaveValue(elsewhere);
  expect((await saved()).url).toBe(url);

  await page.getByRole("button", { name: "Save changes" }).click();
  await question.getByRole("button", { name: "Send them there too" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await expect(question).toHaveCount(0);
  expect((await saved()).url).toBe(elsewhere);
  await page.getByRole("navigation", { name: "Endpoint" }).getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText("Sent to the new address too")).toBeVisible();
});
