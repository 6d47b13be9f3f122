// Profiles from a clone to the wire: edited beside the exact request, refused with the reason at its place, chosen in the
// wizard, seen in the log, moved to a newer version, exchanged for another with a new secret.
import type { Page } from "@playwright/test";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { expect, type Scene, test } from "./scene";

const requestHeaders = (page: Page) => page.getByLabel("Request headers");
const profileOf = async (scene: Scene, id: string) =>
  (await scene.call<EndpointDto>("GET", `/endpoints/${id}`)).profile;

/** A clone of GitHub's profile with one more header, and a second version of it that no endpoint has yet. */
async function twoVersions(scene: Scene): Promise<void> {
  const made = await scene.call<ProfileDetailDto>("POST", "/profiles", {
    name: "Partner form",
    based_on: "github",
  });
  const headers = [...made.definition.headers, { name: "X-Partner", value: "{{event.subject?}}" }];
  await scene.call("PATCH", "/profiles/partner-form", {
    definition: { ...made.definition, headers, timeout_ms: 4_000 },
    note: "Says whom it is about",
    apply_to_endpoints: false,
  });
}

test("operators clone GitHub's profile, change it beside the request, and see it on the wire", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  // An editor, the whole wizard and a test of what was made.
  test.slow();
  await page.goto(scene.path("/profiles"));
  await page.getByRole("link", { name: /^GitHub/ }).click();
  await expect(requestHeaders(page)).toContainText("X-Hub-Signature-256");
  await page.getByRole("link", { name: "Clone" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Clone GitHub");
  await page.getByLabel("Name", { exact: true }).fill("GitHub, Northwind");
  await expect(requestHeaders(page)).toContainText("X-GitHub-Event");

  // The preview follows every edit that could be saved, and stays at the last one that could.
  await page.getByLabel("Name of header 1").fill("X-Northwind-Event");
  await expect(requestHeaders(page)).toContainText("X-Northwind-Event");
  await expect(requestHeaders(page)).not.toContainText("X-GitHub-Event");
  await page.getByRole("button", { name: "Add header" }).click();
  await page.getByLabel("Name of header 3").fill("X-Region");
  await page.getByLabel("Value of header 3").fill("{{event.regon}}");
  const headers = page.getByRole("list", { name: "Headers" });
  await expect(headers.getByRole("alert")).toContainText('there is no value "event.regon"');
  await expect(page.getByLabel("Value of header 3")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "Create profile" })).toBeDisabled();
  await expect(requestHeaders(page)).not.toContainText("X-Region");
  await page.getByLabel("Value of header 3").fill('{{event.attributes.region | default("eu")}}');
  await expect(headers.getByRole("alert")).toHaveCount(0);
  await expect(requestHeaders(page)).toContainText("X-Region");
  await expect(requestHeaders(page)).toContainText("eu");

  // What is wrong in itself is said in the JSON too, at its place and in words.
  await page.getByRole("radio", { name: "JSON" }).click();
  const json = page.getByRole("textbox", { name: "The definition as JSON" });
  await expect(json).toContainText("X-Northwind-Event");
  await page.getByRole("radio", { name: "Form" }).click();
  await page.getByLabel("One signature", { exact: true }).fill("sha256=");
  await expect(page.getByText("must contain {signature} exactly once").first()).toBeVisible();
  await page.getByLabel("One signature", { exact: true }).fill("sha256={signature}");

  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("The Inbox answered 200")).toBeVisible();
  await page.getByRole("button", { name: "Create profile" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("GitHub, Northwind");

  await page.goto(scene.path("/endpoints/new/url"));
  await page.getByLabel("Endpoint URL").fill(`${receiver.url}/200?northwind=1`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: "All events" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Profile", { exact: true })).toHaveValue("standard-webhooks");
  await page.getByLabel("Profile", { exact: true }).selectOption("GitHub, Northwind");
  await expect(requestHeaders(page)).toContainText("X-Northwind-Event");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Which of them, and how?" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Timeout"), "GitHub waits ten seconds").toHaveValue("10");
  await expect(page.getByRole("radio", { name: "The profile's schedule" })).toBeChecked();
  await page.getByRole("button", { name: "Continue" }).click();
  const facts = page.getByRole("definition");
  await expect(facts.filter({ hasText: "GitHub, Northwind · HMAC-SHA-256 in hex" })).toBeVisible();
  await expect(facts.filter({ hasText: "10 s, as the profile says" })).toBeVisible();
  await page.getByRole("button", { name: "Create endpoint" }).click();

  // The secret is GitHub's kind, and the code verifies GitHub's header.
  await expect(page.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Verify in your receiver" })).toContainText(
    "X-Hub-Signature-256",
  );
  await page.getByRole("checkbox", { name: "I have saved the secret" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByText("Your endpoint works.")).toBeVisible();
  const arrived = () => receiver.requests.filter(({ target }) => target === "/200?northwind=1");
  await receiver.waitFor(() => arrived().length === 1);
  const [request] = arrived();
  if (request === undefined) throw new Error("nothing arrived");
  expect(headerOf(request, "x-region")).toBe("eu");
  expect(headerOf(request, "x-hub-signature-256")).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(headerOf(request, "webhook-id")).toBeNull();
  await page.getByRole("button", { name: "Done" }).click();

  await page.goto(scene.path("/deliveries"));
  await page.getByRole("table", { name: "Deliveries" }).getByRole("row").nth(1).getByRole("link").click();
  await page.getByRole("article").getByRole("tab", { name: "Request" }).click();
  const sent = page.getByRole("article").getByRole("table", { name: "Request headers" });
  await expect(sent.getByRole("row", { name: /^X-Northwind-Event/i })).toBeVisible();
  await expect(sent.getByRole("row", { name: /^X-Region/i })).toContainText("eu");
});

test("a saved change is a version: compared, moved to, restored", async ({ ownerPage: page, scene }) => {
  test.slow();
  await scene.call("POST", "/profiles", { name: "Partner form", based_on: "github" });
  const endpoint = await scene.endpoint("/200", { profile: "partner-form", description: "Risk desk" });
  await page.goto(scene.path("/profiles/partner-form"));
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Name of header 1").fill("X-Partner-Event");
  await expect(requestHeaders(page)).toContainText("X-Partner-Event");

  // Nothing is lost by a slip.
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Profiles" }).click();
  await page
    .getByRole("alertdialog", { name: "Leave without saving?" })
    .getByRole("button", { name: "Stay" })
    .click();
  await page.getByRole("button", { name: "Save changes" }).click();
  const dialog = page.getByRole("dialog", { name: "Save version 2" });
  await dialog.getByLabel("What changed").fill("Their own name for the event");
  await dialog.getByRole("checkbox", { name: /^Move 1 endpoint/ }).uncheck();
  await dialog.getByRole("button", { name: "Save version" }).click();
  await expect(page.getByText("1 endpoint sends an older version")).toBeVisible();
  expect((await profileOf(scene, endpoint.id)).version, "pinned").toBe(1);

  await page.getByRole("link", { name: /^Versions/ }).click();
  const changes = page.getByRole("table", { name: "Changes" });
  await expect(changes.getByRole("row", { name: /removed.*X-GitHub-Event/ })).toBeVisible();
  await expect(changes.getByRole("row", { name: /added.*X-Partner-Event/ })).toBeVisible();

  await page.getByRole("button", { name: "Move to version 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Move endpoints" }).click();
  await expect(page.getByText("1 endpoint sends version 2 now")).toBeVisible();
  expect((await profileOf(scene, endpoint.id)).version).toBe(2);
  await page
    .getByRole("link", { name: /^Endpoints/ })
    .filter({ hasText: "1" })
    .click();
  await expect(page.getByRole("table", { name: "Endpoints that use it" })).toContainText("Risk desk");

  await page.getByRole("link", { name: /^Versions/ }).click();
  await page.getByRole("button", { name: /^Version 1/ }).click();
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore version" }).click();
  await expect(page.getByText("Version 3 says what version 1 said")).toBeVisible();
  expect((await profileOf(scene, endpoint.id)).version, "it follows").toBe(3);
});

test.describe("refusals", () => {
  test.use({ allowedErrors: [/status of 409/] });

  test("a profile in use is not archived; an edit that somebody has overtaken is kept, not saved", async ({
    ownerPage: page,
    scene,
  }) => {
    const made = await scene.call<ProfileDetailDto>("POST", "/profiles", {
      name: "Partner form",
      based_on: "github",
    });
    const endpoint = await scene.endpoint("/200", { profile: "partner-form" });
    await page.goto(scene.path("/profiles/partner-form"));
    const archive = page.getByRole("alertdialog", { name: "Archive Partner form?" });
    await page.getByRole("button", { name: "Archive" }).click();
    await archive.getByRole("button", { name: "Archive profile" }).click();
    await expect(archive.getByRole("alert")).toContainText("1 endpoint uses this profile");
    await archive.getByRole("button", { name: "Cancel" }).click();
    await scene.call("PATCH", `/endpoints/${endpoint.id}`, { profile: "github" });
    await page.getByRole("button", { name: "Archive" }).click();
    await archive.getByRole("button", { name: "Archive profile" }).click();
    await expect(page.getByText("Archived", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Unarchive" }).click();

    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Name of header 1").fill("X-Mine");
    const theirs = [{ name: "X-Theirs", value: "1" }];
    await scene.call("PATCH", "/profiles/partner-form", {
      definition: { ...made.definition, headers: theirs },
    });
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save version" }).click();
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("version");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Somebody has saved another version meanwhile.")).toBeVisible();
    await expect(page.getByLabel("Name of header 1")).toHaveValue("X-Mine");
    const { definition, version } = await scene.call<ProfileDetailDto>("GET", "/profiles/partner-form");
    expect([version, definition.headers], "theirs stands").toEqual([2, theirs]);
  });
});

test("an endpoint's settings move it to a newer version, set and reset what follows the profile, and switch", async ({
  ownerPage: page,
  scene,
  receiver,
}) => {
  test.slow();
  const endpoint = await scene.endpoint("/200?switch=1", { profile: "github" });
  await twoVersions(scene);
  await scene.call("PATCH", `/endpoints/${endpoint.id}`, { profile: "partner-form" });
  const settings = scene.path(`/endpoints/${endpoint.id}/settings`);
  await page.goto(settings);
  await expect(page.getByText("Requests have the form of Partner form, version 2.")).toBeVisible();
  await expect(page.getByLabel("Timeout")).toHaveValue("4");
  await expect(page.getByText("For the whole attempt, as the profile says.")).toBeVisible();

  await page.getByLabel("Timeout").fill("7");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Everything is saved.")).toBeVisible();
  await expect(page.getByText("Set for this endpoint alone. The profile says: 4 s")).toBeVisible();
  await page.getByRole("button", { name: "Use the profile's 4 s" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Everything is saved.")).toBeVisible();
  await expect(page.getByLabel("Timeout")).toHaveValue("4");
  expect((await scene.call<EndpointDto>("GET", `/endpoints/${endpoint.id}`)).overrides).toEqual([]);

  const { definition } = await scene.call<ProfileDetailDto>("GET", "/profiles/partner-form");
  await scene.call("PATCH", "/profiles/partner-form", {
    definition: { ...definition, headers: [{ name: "X-Third", value: "{{attempt.number}}" }] },
    apply_to_endpoints: false,
  });
  await page.goto(settings);
  await page.getByRole("button", { name: "Move to version 3" }).click();
  const move = page.getByRole("dialog", { name: "Move to version 3?" });
  await expect(move.getByRole("region", { name: "For the receiver" })).toContainText("X-Third");
  await move.getByRole("button", { name: "Move endpoint" }).click();
  await expect(page.getByText("Requests have the form of Partner form, version 3.")).toBeVisible();

  // A key pair instead of a shared secret: the receiver is warned of, and the key is shown once, for it to verify with.
  await page.getByRole("button", { name: "Change profile" }).click();
  const change = page.getByRole("dialog", { name: "Change the profile" });
  await expect(change.getByRole("button", { name: "Change profile" })).toBeDisabled();
  await change.getByLabel("New profile").selectOption("partner-form");
  await expect(change.getByText("This is what the endpoint has already.")).toBeVisible();
  await change.getByLabel("New profile").selectOption("standard-webhooks-ed25519");
  await expect(change.getByText("The receiver has to change with it")).toBeVisible();
  await expect(change.getByRole("checkbox", { name: "Make a new secret with this change" })).toBeChecked();
  await expect(change.getByRole("checkbox", { name: "Make a new secret with this change" })).toBeDisabled();
  await change.getByRole("button", { name: "Change profile" }).click();
  const reveal = page.getByRole("dialog", { name: "The new secret" });
  await expect(reveal.getByText(/^whpk_\S{40,}$/)).toBeVisible();
  await reveal.getByRole("checkbox", { name: "I have saved the public key" }).check();
  await reveal.getByRole("button", { name: "Close" }).last().click();
  await expect(
    page.getByText("Requests have the form of Standard Webhooks, Ed25519, version 1."),
  ).toBeVisible();
  await scene.send("order.paid");
  const sent = () => receiver.requests.filter(({ target }) => target === "/200?switch=1");
  await receiver.waitFor(() => sent().length === 1);
  const [request] = sent();
  expect(request && headerOf(request, "webhook-signature")).toMatch(/^v1a,/);

  // And to a secret of the old kind again: whatever is there, it cannot sign.
  await page.getByRole("button", { name: "Change profile" }).click();
  await change.getByLabel("New profile").selectOption("shopify");
  await change.getByRole("button", { name: "Change profile" }).click();
  await expect(reveal.getByText("This is the only time it is shown.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").getByRole("button", { name: "Stay" }).click();
  await reveal.getByRole("checkbox", { name: "I have saved the secret" }).check();
  await reveal.getByRole("button", { name: "Close" }).last().click();

  // One signature, one secret: a rotation offers no overlap.
  await page.goto(scene.path(`/endpoints/${endpoint.id}/secret`));
  await page.getByRole("button", { name: "Rotate" }).click();
  const rotation = page.getByRole("dialog", { name: "Rotate the signing secret" });
  await expect(rotation.getByText("a request carries one signature")).toBeVisible();
  await expect(rotation.getByRole("radio")).toHaveCount(0);
  await rotation.getByRole("button", { name: "Rotate secret" }).click();
  await page.getByRole("checkbox", { name: "I have saved the secret" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("heading", { name: "Signing secret" })).toBeVisible();
});
