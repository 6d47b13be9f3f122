// From a form to the wire: a threshold and a renamed field, tried on past events before they are saved; then two events,
// of which one arrives, and why the other did not.
import { expect, test } from "./scene";

test("operators build a threshold filter and a mapping in the wizard, and see exactly that happen", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  // The whole way through the wizard, with two editors in it.
  test.slow();
  const first = await scene.send("score.changed", '{"id":12345678901234567890,"before":690,"score":710.50}');
  await scene.send("score.changed", '{"id":2,"before":710,"score":720}');

  await page.goto(scene.path("/endpoints/new/url"));
  await page.getByLabel("Endpoint URL").fill(`${receiver.url}/200?mapped=1`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: "All events" }).click();
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByRole("heading", { name: "What should requests look like?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Which of them, and how?" })).toBeVisible();
  await page.getByRole("button", { name: "Add threshold" }).click();
  const condition = page.getByRole("group", { name: "Condition 1" });
  await condition.getByLabel("Field with the new value").fill("data.score");
  await condition.getByLabel("Field with the value before").fill("data.before");
  await condition.getByLabel("Lower threshold").fill("600");
  await condition.getByLabel("Upper threshold").fill("550");
  await condition.getByLabel("Upper threshold").blur();
  await expect(condition).toContainText("must be below the upper");
  await expect(page.getByRole("button", { name: "Continue" }), "not complete").toBeDisabled();
  await condition.getByLabel("Upper threshold").fill("700");
  const trial = page.getByRole("region", { name: "Trial on past events" });
  await expect(trial).toContainText("Would have matched 1 of the last 2 events.");
  await expect(trial.getByRole("list", { name: "Match", exact: true })).toContainText("score.changed");
  await expect(page.getByText("Takes an event when data.score crosses 600 or 700")).toBeVisible();

  // The same filter as an expression; what is wrong with one is said with its place.
  await page.getByRole("radio", { name: "Expression" }).click();
  const expression = page.getByRole("textbox", { name: "Expression" });
  await expect(expression).toHaveValue("crosses(event.data.before, event.data.score, [600, 700])");
  await expression.fill("crosses(event.dat.before, event.data.score, 700)");
  await expect(page.getByRole("list", { name: "Problems of the expression" })).toContainText(
    "Did you mean “data”",
  );
  await expression.fill("crosses(event.data.before, event.data.score, [600, 700])");
  await page.getByRole("radio", { name: "Form" }).click();
  await expect(condition.getByLabel("Upper threshold")).toHaveValue("700");

  await page.getByRole("button", { name: "Add rule" }).click();
  const rename = page.getByRole("group", { name: "Rule 1: Rename" });
  await rename.getByLabel("Field", { exact: true }).fill("score");
  await rename.getByLabel("New name").fill("new_score");
  await page.getByRole("button", { name: "Add rule" }).click();
  const second = page.getByRole("group", { name: /^Rule 2/ });
  await second.getByLabel("Operation").selectOption("Set to a constant");
  await second.getByLabel("Field", { exact: true }).fill("$.version");
  await second.getByLabel("Value").fill("1.0");
  const preview = page.getByRole("region", { name: "Preview of the mapping" });
  await preview.getByLabel("Try it on").selectOption({ value: first });
  await expect(preview.getByRole("figure", { name: "After" })).toContainText('"new_score": 710.50');
  await expect(preview.getByRole("figure", { name: "After" })).toContainText('"version": 1.0');
  await expect(preview).toContainText("Added: $.new_score, $.version. Removed: $.score.");
  // Rules move by the keyboard, and the focus goes along.
  await page.getByRole("button", { name: "Move rule 2 up" }).press("Enter");
  await expect(page.getByRole("group", { name: "Rule 1: Set to a constant" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Move rule 1 down" })).toBeFocused();

  await page.reload();
  await expect(page.getByRole("group", { name: "Rule 2: Rename" }), "a reload keeps it").toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Anything special?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(
    page.getByRole("definition").filter({ hasText: "data.score crosses 600 or 700" }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await page.getByRole("checkbox", { name: "I have saved the secret" }).check();

  const crossing = await scene.send(
    "score.changed",
    '{"id":12345678901234567890,"before":690,"score":710.50}',
  );
  const staying = await scene.send("score.changed", '{"id":3,"before":710,"score":720}');
  await receiver.waitFor((requests) => requests.some(({ target }) => target === "/200?mapped=1"));
  const bodies = receiver.requests
    .filter(({ target }) => target === "/200?mapped=1")
    .map(({ body }) => body.toString("utf8"));
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toContain(
    '"data":{"id":12345678901234567890,"before":690,"new_score":710.50,"version":1.0}',
  );

  await page.goto(scene.path(`/events/${crossing}`));
  await expect(page.getByRole("table", { name: "Deliveries of this event" })).toContainText("/200?mapped=1");
  await page.goto(scene.path(`/events/${staying}`));
  const others = page.getByRole("region", { name: "Who did not get it, and why" });
  await expect(others.getByRole("listitem").filter({ hasText: "/200?mapped=1" })).toContainText("Filter");
});

test("a saved filter opens as a form; a replay can use the mapping of now", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  const endpoint = await scene.endpoint("/200?again=1", {
    filter: 'event.data.kind == "a"',
    transform: [{ op: "rename", from: "$.n", to: "$.first" }],
  });
  const id = await scene.send("order.paid", '{"kind":"a","n":1.0}');
  const arrived = (count: number) =>
    receiver.waitFor(
      (requests) => requests.filter(({ target }) => target === "/200?again=1").length === count,
    );
  await arrived(1);

  await page.goto(scene.path(`/endpoints/${endpoint.id}/settings`));
  await expect(page.getByRole("group", { name: "Condition 1" }).getByLabel("Value")).toHaveValue("a");
  const rule = page.getByRole("group", { name: "Rule 1: Rename" });
  await rule.getByLabel("New name").fill("$.second");
  await page.getByLabel("Subjects").fill("ord_1");
  await page.getByLabel("Subjects").press("Enter");
  await page.getByRole("radio", { name: "Never" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Everything is saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("list", { name: "Chosen subjects" })).toContainText("ord_1");
  await expect(page.getByRole("radio", { name: "Never" })).toBeChecked();

  const delivery = await scene.deliveryOf(id);
  await page.goto(scene.path(`/deliveries/${delivery.id}`));
  await page.getByRole("button", { name: "How to replay" }).click();
  await page.getByRole("menuitem", { name: "Replay with the profile and mapping of now" }).click();
  await page.getByRole("button", { name: "Replay in live" }).click();
  await arrived(2);
  const last = receiver.requests.filter(({ target }) => target === "/200?again=1").at(-1);
  expect(last?.body.toString("utf8")).toContain('"data":{"kind":"a","second":1.0}');
});
