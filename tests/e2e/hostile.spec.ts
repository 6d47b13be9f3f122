// Whatever comes from outside stays text: answers, headers, payloads, subjects, descriptions.
import { expect, test } from "./scene";

const MARKUP = `"><img src=x onerror="window.__xss=1"><script>window.__xss=1</script>`;

test("X-01 X-02 X-03 markup from events, answers and settings is shown as text and never runs", async ({
  ownerPage: page,
  scene,
}) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener("securitypolicyviolation", (event) =>
      seen.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    );
  });
  const endpoint = await scene.endpoint("/xss", { description: MARKUP });
  const eventId = await scene.send("order.paid", JSON.stringify({ [MARKUP]: MARKUP }), {
    subject: MARKUP,
    attributes: { note: MARKUP },
  });
  await expect.poll(async () => (await scene.deliveryOf(eventId)).state).toBe("succeeded");
  const delivery = await scene.deliveryOf(eventId);

  const isQuiet = async () => {
    expect(await page.evaluate(() => "__xss" in window)).toBe(false);
    expect(await page.evaluate(() => Reflect.get(window, "violations"))).toEqual([]);
  };
  const response = await page.goto(scene.path(`/deliveries/${delivery.id}`));
  expect(response?.headers()["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[\w+/=-]{16,}'/);
  const detail = page.getByRole("article");
  const answer = "<script>window.__xss=1</script><img src=x onerror=";
  await expect(detail.getByRole("tabpanel", { name: "Response" }).locator("pre")).toContainText(answer);
  await expect(detail.getByRole("table", { name: "Response headers" })).toContainText(answer);
  await expect(detail.getByText("about")).toContainText(MARKUP);
  await detail.getByRole("tab", { name: "Request" }).click();
  await expect(detail.getByRole("tabpanel", { name: "Request" }).locator("pre")).toContainText("onerror=");
  await isQuiet();

  await page.goto(scene.path(`/events/${eventId}`));
  await expect(page.getByRole("definition").filter({ hasText: MARKUP })).toHaveCount(2);
  await isQuiet();
  await page.goto(scene.path(`/endpoints/${endpoint.id}`));
  await expect(page.getByRole("heading", { level: 1, name: MARKUP })).toBeVisible();
  await isQuiet();
  await page.goto(scene.path("/endpoints"));
  await expect(page.getByRole("table", { name: "Endpoints" })).toContainText(MARKUP);
  await isQuiet();
  await page.goto(scene.path("/audit"));
  await expect(page.getByText("endpoint", { exact: false }).first()).toBeVisible();
  await isQuiet();
});
