// The catalogue of event types, packs, tests with examples, and callbacks of subjects, as people see them.
import type { EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { expect, test } from "./scene";

const EXAMPLE = '{ "order": 12345678901234567890, "total": 12.50 }';

test("a pack shows what it contains, is installed, leads to an endpoint, and is removed", async ({
  ownerPage: page,
  scene,
}) => {
  // Eight pages.
  test.slow();
  await page.goto(scene.path("/event-types"));
  await expect(page.getByText("No event types yet")).toBeVisible();
  await page.getByRole("link", { name: "Look at the packs" }).click();

  const pack = page.getByRole("region", { name: "Pack VIZI", exact: true });
  await expect(pack).toContainText("Not installed");
  await pack.getByText("score.threshold.crossed").click();
  await expect(pack.getByRole("figure").filter({ visible: true })).toContainText('"threshold": 600');
  await pack.getByRole("button", { name: "Install VIZI" }).click();
  await expect(pack).toContainText("Installed");
  await expect(page.getByText("VIZI: 4 event types installed.")).toBeVisible();

  await page
    .getByRole("navigation", { name: "Catalogue" })
    .getByRole("link", { name: "Event types" })
    .click();
  const scores = page.getByRole("region", { name: "score.*" });
  await expect(scores.getByRole("listitem")).toHaveCount(2);
  await page.getByLabel("Search event types").fill("batch of wallets");
  await expect(page.getByRole("region", { name: "batch.*" })).toBeVisible();
  await expect(scores).toHaveCount(0);
  await expect(page).toHaveURL(/search=batch/);
  await page.getByRole("link", { name: "batch.completed" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("batch.completed");
  await expect(page.getByText('"download_url"')).toBeVisible();

  await page.goto(scene.path("/event-types/packs"));
  await pack.getByRole("button", { name: "New endpoint for VIZI" }).click();
  await expect(page).toHaveURL(/\/endpoints\/new\/url$/);
  await page.goto(scene.path("/event-types/packs"));
  await pack.getByRole("button", { name: "Remove" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText(
    "score.updated, score.threshold.crossed, monitoring.alert, batch.completed",
  );
  await question.getByRole("button", { name: "Remove pack" }).click();
  await expect(pack).toContainText("Not installed");
});

test("a type of one's own: described, refused where it cannot be sent, changed, archived, deleted", async ({
  ownerPage: page,
  scene,
}) => {
  await page.goto(scene.path("/event-types/new?name=order.paid"));
  await page.getByLabel("Description").fill("An order was paid in full.");
  const editor = page.getByRole("textbox", { name: "Example of data" });
  await editor.fill("{ order: 1 }");
  await page.getByRole("button", { name: "Add event type" }).click();
  await expect(page.getByRole("alert").first()).toContainText(/\w/);
  await expect(page).toHaveURL(/event-types\/new/);
  await editor.fill(EXAMPLE);
  await page.getByRole("button", { name: "Add event type" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("order.paid");
  await expect(page.getByText('"order": 12345678901234567890')).toBeVisible();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Subject of the example").fill("ord_1");
  await page.getByRole("link", { name: "Subjects", exact: true }).click();
  await expect(page.getByRole("alertdialog")).toContainText("Leave without saving?");
  await page.getByRole("button", { name: "Stay" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("order.paid");
  await expect(page.getByText("ord_1")).toBeVisible();

  await page.getByRole("button", { name: "Archive" }).click();
  await page.getByRole("button", { name: "Archive event type" }).click();
  await expect(page.getByText("Archived", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Take back" }).click();
  await expect(page.getByRole("button", { name: "Archive" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete event type" }).click();
  await expect(page.getByText("No event types yet")).toBeVisible();
});

test("an example goes to one endpoint, edited or as it is, and its payload is in the log byte for byte", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  await scene.call("POST", "/event-types/packs/nzochain");
  await scene.call("POST", "/event-types", { name: "order.paid", example_text: EXAMPLE });
  const endpoint = await scene.endpoint("/200?examples", { profile: "nzochain", event_types: ["*"] });
  const bodies = () =>
    receiver.requests.filter(({ target }) => target === "/200?examples").map(({ body }) => body.toString());

  await page.goto(scene.path("/event-types/order.paid"));
  const takers = page.getByRole("listitem").filter({ hasText: "/200?examples" });
  await expect(takers).toContainText("*");
  await page.getByRole("button", { name: "Send to this endpoint" }).click();
  const dialog = page.getByRole("dialog", { name: "Test event" });
  await expect(dialog.getByLabel("Event type")).toHaveValue("order.paid");
  await dialog.getByRole("button", { name: "Send test event" }).click();
  await expect(dialog).toContainText("Succeeded");
  await receiver.waitFor(() => bodies().length === 1);
  expect(bodies()[0]).toContain(`"data":${EXAMPLE}`);
  await dialog.getByRole("link", { name: "Open in the log" }).click();
  await expect(page).toHaveURL(/\/deliveries\/dlv_/);
  const attempt = page.getByRole("region", { name: "Attempt 1" });
  await attempt.getByRole("tab", { name: "Request" }).click();
  await expect(attempt).toContainText("12345678901234567890");

  // From the endpoint's page, the type of its profile's own pack stands there first.
  await page.goto(scene.path(`/endpoints/${endpoint.id}`));
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(dialog.getByLabel("Event type")).toHaveValue("approval.infinite");
  await dialog.getByLabel("Event type").selectOption("threat.detected");
  const payload = dialog.getByRole("textbox", { name: "Payload (data)" });
  await expect(payload).toContainText("threatType");
  await payload.fill("{ threatType");
  await expect(dialog.getByRole("button", { name: "Send test event" })).toBeDisabled();
  await payload.fill('{ "threatType": "drain", "n": 1.0 }');
  await dialog.getByRole("button", { name: "Send test event" }).click();
  await receiver.waitFor(() => bodies().length === 2);
  expect(bodies()[1]).toContain(
    '"event":"threat.detected","wallet":"0x742d35Cc6634C0532925a3b8D4C9B5e55d7b1234"',
  );
  expect(bodies()[1]).toContain('"data":{ "threatType": "drain", "n": 1.0 }');
  await dialog.getByRole("button", { name: "Back to the example" }).click();
  await expect(payload).toContainText("contractAddress");
});

test("in the sandbox an example is published to everybody who takes it; in live there is no such button", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  await scene.call("POST", "/event-types", {
    name: "order.paid",
    example_text: EXAMPLE,
    example_subject: "ord_9",
  });
  await scene.endpoint("/200?published", { subjects: ["ord_9"] }, "sandbox");
  await scene.endpoint("/200?other", { subjects: ["ord_1"] }, "sandbox");
  await page.goto(scene.path("/event-types/order.paid", "sandbox"));
  await page.getByRole("button", { name: "Publish the example in sandbox" }).click();
  await expect(page.getByText("On its way to 1 endpoint.")).toBeVisible();
  await receiver.waitFor((requests) => requests.some(({ target }) => target === "/200?published"));
  expect(receiver.requests.some(({ target }) => target === "/200?other")).toBe(false);
  await page.getByRole("link", { name: "Look at the event" }).click();
  await expect(page.getByRole("link", { name: "ord_9" })).toBeVisible();

  await page.goto(scene.path("/event-types/order.paid"));
  await expect(page.getByText("There is no endpoint to send it to yet.")).toBeVisible();
  await expect(page.getByRole("button", { name: /Publish/ })).toHaveCount(0);
});

test("a callback set over the API appears with its subject, ends on a final event, and its events can be fetched", async ({
  ownerPage: page,
  scene,
  receiver,
  request,
}) => {
  // The whole life of a callback, over nine pages.
  test.slow();
  const key = await scene.key();
  const subject = "MSCU/123 4567";
  const put = () =>
    request.put(`/api/v1/subjects/${encodeURIComponent(subject)}/callback`, {
      headers: { authorization: `Bearer ${key}` },
      data: {
        callback_url: `${receiver.url}/200?callback`,
        event_types: ["reference.*"],
        unsubscribe_on: ["reference.completed"],
        expires_in_seconds: 86_400,
      },
    });
  const made = await put();
  expect(made.status(), await made.text()).toBe(201);
  const plain: EndpointWithSecretDto = await scene.endpoint("/200?plain", { event_types: ["order.*"] });

  // Callbacks have a list of their own, so that they never bury the endpoints.
  await page.goto(scene.path("/endpoints"));
  const table = page.getByRole("table", { name: "Endpoints" });
  await expect(table).toContainText(plain.url);
  await expect(table).not.toContainText("callback");
  await page.getByRole("radio", { name: "Callbacks" }).click();
  await expect(page).toHaveURL(/kind=callback/);
  await expect(table).toContainText(`Callback of ${subject}`);
  await expect(table).toContainText("expires in 23 h, or with reference.completed");

  await page.goto(scene.path("/subjects"));
  await page.getByRole("searchbox", { name: "Subject" }).fill(subject);
  await page.getByRole("button", { name: "Open subject" }).click();
  const card = page.getByRole("region", { name: "Callback" });
  await expect(card).toContainText("/200?callback");
  await expect(card.getByText("Active").first()).toBeVisible();

  const first = await scene.send("reference.updated", EXAMPLE, { subject });
  const final = await scene.send("reference.completed", "{}", { subject });
  const late = await scene.send("reference.updated", "{}", { subject });
  await receiver.waitFor(
    (requests) => requests.filter(({ target }) => target === "/200?callback").length === 2,
  );
  const got = receiver.requests.filter(({ target }) => target === "/200?callback");
  expect(got.map((one) => headerOf(one, "webhook-id")).sort()).toEqual([first, final].sort());

  // Nobody reloads: the page learns of the end by itself.
  await expect(card.getByText("Ended").first()).toBeVisible();
  await expect(card.getByRole("link", { name: final })).toBeVisible();
  await expect(card.getByRole("button", { name: "Unsubscribe" })).toHaveCount(0);

  const listed = page.getByRole("table", { name: "Events about the subject" });
  await expect(listed.getByRole("row"), "head and three events").toHaveCount(4);
  await page.getByRole("button", { name: "Ask from the oldest" }).click();
  const answer = page.getByRole("list", { name: "Events of the answer" });
  await expect(answer.getByRole("listitem")).toHaveCount(3);
  await expect(answer.getByRole("listitem").first()).toContainText(first);
  await expect(page.getByText("has_more: false")).toBeVisible();
  await page.getByRole("button", { name: "Ask again with next_cursor" }).click();
  await expect(page.getByText("No event after the cursor.")).toBeVisible();

  // Why the late one was not delivered.
  await page.getByRole("link", { name: "All of them" }).click();
  await expect(page).toHaveURL(/\/events\?subject=/);
  await expect(page.getByRole("table", { name: "Events" }).getByRole("row")).toHaveCount(4);
  await page.goto(scene.path(`/events/${late}`));
  const others = page.getByRole("region", { name: "Who did not get it, and why" });
  await expect(others).toContainText("Callback ended");
  await expect(others).toContainText(final);

  // Set again, it takes events; a person ends it.
  expect((await put()).status()).toBe(200);
  await page.getByRole("link", { name: subject }).click();
  await card.getByRole("button", { name: "Unsubscribe" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Unsubscribe callback" }).click();
  await expect(card.getByText("Ended").first()).toBeVisible();
});
