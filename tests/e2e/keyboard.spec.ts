// Without a mouse: from row to row, into a delivery, replay, out again, and anywhere by the palette.
import { expect, test } from "./scene";

test("operators go through deliveries, replay and move on by keys alone", async ({
  ownerPage: page,
  scene,
}) => {
  await scene.endpoint("/404", { retry_policy: { preset: "none" } });
  for (const type of ["keys.first", "keys.second", "keys.third"]) await scene.send(type);
  await page.goto(scene.path("/deliveries"));
  const list = page.getByRole("table", { name: "Deliveries" });
  await expect(list.getByText("Failed")).toHaveCount(3);
  const heading = page.getByRole("article").getByRole("heading", { level: 2 });

  await page.keyboard.press("j");
  await expect(heading).toHaveText("keys.third");
  await page.keyboard.press("j");
  await expect(heading).toHaveText("keys.second");
  await page.keyboard.press("k");
  await expect(heading).toHaveText("keys.third");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article")).toBeHidden();

  const newest = list.getByRole("link", { name: "keys.third" });
  await newest.focus();
  await page.keyboard.press("j");
  await expect(list.getByRole("link", { name: "keys.second" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading).toHaveText("keys.second");

  await page.keyboard.press("r");
  await expect(page.getByRole("article").getByText("Replay of")).toBeVisible();
  await expect(list.getByRole("row", { name: /keys\.second/ })).toHaveCount(2);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("inbox");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${scene.path("/inbox")}$`));
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
});
