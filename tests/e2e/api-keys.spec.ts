// A key from its making to its end: what it may do is chosen, it is shown once, it works, and revoked it does not.
import { expect, test } from "./scene";

test("operators make a key, see it once, send with it, and revoke it", async ({ ownerPage: page, scene }) => {
  await page.goto(scene.path("/api-keys"));
  await expect(page.getByText("No API keys yet")).toBeVisible();
  await page.getByRole("button", { name: "Create key" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("give the key a name"), "a name is asked for").toBeVisible();
  await dialog.getByLabel("Name").fill("Warehouse");
  await dialog.getByRole("radio", { name: "Choose scopes" }).click();
  await dialog.getByRole("checkbox", { name: "Read events" }).check();
  await dialog.getByRole("button", { name: "Create key" }).click();

  await expect(dialog.getByRole("heading", { name: "Copy the key now" })).toBeVisible();
  const key = (await dialog.getByText(/^sp_live_\S{20,}$/).textContent()) ?? "";
  await page.keyboard.press("Escape");
  await expect(dialog, "a slip does not lose it").toBeVisible();
  await dialog.getByRole("button", { name: "I have stored it" }).click();
  await expect(dialog).toBeHidden();
  await page.reload();
  const row = page.getByRole("table", { name: "API keys" }).getByRole("row", { name: /Warehouse/ });
  await expect(row).toContainText("Send events");
  await expect(row).toContainText("Read events");
  expect(await page.content(), "shown once").not.toContain(key);

  const headers = { authorization: `Bearer ${key}` };
  const post = () =>
    page.request.post("/api/v1/events", { headers, data: { type: "order.paid", data: { n: 1 } } });
  expect((await post()).status()).toBe(202);
  expect((await page.request.get("/api/v1/events", { headers })).status()).toBe(200);
  const beyond = await page.request.get("/api/v1/endpoints", { headers });
  expect(beyond.status(), "no more than was chosen").toBe(403);

  await row.getByRole("button", { name: "Revoke Warehouse" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("is revoked.")).toBeVisible();
  await expect(row).toBeHidden();
  await expect.poll(async () => (await post()).status(), "within seconds").toBe(401);
  await page.getByRole("radio", { name: "All" }).click();
  await expect(row).toContainText("Revoked");
});
