// A viewer sees everything that happens and changes nothing: no button that would, and an API that refuses anyway.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import type { Page as ListPage } from "@/lib/contracts/common";
import type { DeliveryDto } from "@/lib/contracts/deliveries";
import type { InboxDto } from "@/lib/contracts/inbox";
import { makeId } from "@/lib/domain/ids";
import { mintSessionCookie } from "./owner";
import { test as base, expect, type Scene } from "./scene";

const REASON = "Your role is viewer. This needs";

type Cookie = Awaited<ReturnType<typeof mintSessionCookie>>;

/** Somebody who is in the scene's workspace as a viewer, and a page of theirs. */
const test = base.extend<{ viewerCookie: Cookie }>({
  viewerCookie: async ({ baseURL, database, scene }, use) => {
    const userId = makeId("user", Date.now(), randomBytes(10));
    await database.query("INSERT INTO app_user (id, email, name) VALUES ($1, $2, 'Vera Viewer')", [
      userId,
      `${userId}@example.com`,
    ]);
    await database.query("INSERT INTO member (workspace_id, user_id, role) VALUES ($1, $2, 'viewer')", [
      scene.workspaceId,
      userId,
    ]);
    await use(await mintSessionCookie(baseURL ?? "", { userId }));
  },
});

/** Buttons of a page that only look, copy, choose what is shown or open something to read. */
const HARMLESS = [
  /^(Copy|Show|Hide|Wrap|Download|Load older|Refresh|Keys|Close|Back to the list)/,
  /^(Freeze list|Go live|State|Endpoint|Type|Result|Time|Origin|Subject|Tenant|Clear filters)/,
  /^(More actions|Attempt \d|Request|Response|Formatted|Raw|Verbatim)/,
];

async function changingButtons(page: Page): Promise<string[]> {
  const buttons = page.getByRole("main").getByRole("button", { disabled: false });
  const names = await buttons.evaluateAll((all) =>
    all.map((one) => one.getAttribute("aria-label") ?? one.textContent?.trim() ?? ""),
  );
  return names.filter((name) => !HARMLESS.some((pattern) => pattern.test(name)));
}

/** What is to be seen on each page, and what of it only those see who may change something. */
type PageFacts = { address: string; shown: string; changing: string[] };

/** Something on every page: an endpoint with a delivery that waits for its retry, and a message in the Inbox. */
async function fill(scene: Scene, page: Page) {
  const retries = { retry_policy: { delays_seconds: [0, 3600] } };
  const endpoint = await scene.endpoint("/503", { description: "Books", ...retries });
  const eventId = await scene.send("order.paid");
  await expect.poll(async () => (await scene.deliveryOf(eventId)).attempts.length).toBe(1);
  const delivery = await scene.deliveryOf(eventId);
  const { url: inboxUrl } = await scene.call<InboxDto>("GET", "/inbox");
  expect((await page.request.post(inboxUrl, { data: { type: "ping" } })).ok()).toBe(true);

  await scene.call("POST", "/alerts/channels", {
    via: "email",
    name: "Night shift",
    addresses: ["n@example.com"],
  });

  const ofEndpoint = `/endpoints/${endpoint.id}`;
  const pages: PageFacts[] = [
    { address: "", shown: "Overview", changing: [] },
    { address: "/endpoints", shown: "Books", changing: ["New endpoint"] },
    { address: ofEndpoint, shown: "Books", changing: ["Pause", "Disable", "Send test event", "Change"] },
    { address: `${ofEndpoint}/deliveries`, shown: "order.paid", changing: ["Pause", "Send test event"] },
    { address: `${ofEndpoint}/secret`, shown: "Signing secret", changing: ["Rotate"] },
    { address: `${ofEndpoint}/activity`, shown: "created the endpoint", changing: ["Pause"] },
    {
      address: `/deliveries?selected=${delivery.id}`,
      shown: "order.paid",
      changing: ["Retry now", "Cancel"],
    },
    { address: `/deliveries/${delivery.id}`, shown: "order.paid", changing: ["Retry now", "Cancel"] },
    { address: "/events", shown: "order.paid", changing: [] },
    { address: `/events/${eventId}`, shown: "Who got it", changing: [] },
    { address: "/inbox", shown: "ping", changing: ["Empty", "Create an endpoint to this Inbox"] },
    { address: "/alerts", shown: "Nothing to tell yet", changing: [] },
    { address: "/alerts/channels", shown: "Night shift", changing: ["Create channel", "Send test alert"] },
    { address: "/alerts/preferences", shown: "What you get by e-mail", changing: [] },
    { address: "/alerts/mail", shown: "No e-mails yet", changing: [] },
    { address: "/settings", shown: "Retention", changing: [] },
  ];
  return { pages, delivery, eventId };
}

/** A button or a link that looks like one. */
const control = (page: Page, name: string) =>
  page
    .getByRole("main")
    .getByRole("button", { name, exact: true })
    .or(page.getByRole("main").getByRole("link", { name, exact: true }));

test("T-09 viewers see lists and details, and no button there that changes anything", async ({
  page,
  context,
  scene,
  viewerCookie,
}) => {
  const { pages } = await fill(scene, page);
  await context.addCookies([viewerCookie]);
  for (const { address, shown, changing } of pages) {
    await page.goto(scene.path(address));
    await expect(page.getByRole("main").getByText(shown).first(), address).toBeVisible();
    await expect(page.locator("[aria-busy=true]"), address).toHaveCount(0);
    for (const name of changing) {
      await expect(control(page, name), `${name} on ${address}`).toHaveCount(0);
    }
    expect(await changingButtons(page), address).toEqual([]);
  }
});

test("T-09 what viewers do not see is there for others", async ({ ownerPage: page, scene }) => {
  const { pages } = await fill(scene, page);
  for (const { address, changing } of pages.filter(({ changing }) => changing.length > 0)) {
    await page.goto(scene.path(address));
    for (const name of changing) {
      await expect(control(page, name).first(), `${name} on ${address}`).toBeVisible();
    }
  }
});

test("T-09 menus and keys do no more for viewers than buttons", async ({
  page,
  context,
  scene,
  viewerCookie,
}) => {
  const { delivery, eventId } = await fill(scene, page);
  await context.addCookies([viewerCookie]);
  await page.goto(scene.path(`/deliveries?selected=${delivery.id}`));
  await expect(page.getByRole("article")).toContainText("order.paid");
  await page.keyboard.press("r");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expect(page.getByRole("dialog", { name: "Keys" })).not.toContainText("Replay");
  const { data } = await scene.call<ListPage<DeliveryDto>>("GET", `/deliveries?event_id=${eventId}`);
  expect(data.map((row) => [row.id, row.state, row.attempt_count])).toEqual([[delivery.id, "pending", 1]]);

  await page.goto(scene.path("/endpoints"));
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Deliveries"]);
  await page.keyboard.press("Escape");
  await page.goto(scene.path("/inbox"));
  await expect(page.getByRole("combobox", { name: "Answer with" })).toBeDisabled();
  await expect(page.getByText(REASON)).toBeVisible();
});

test("T-09 viewers who go where they may not are told why", async ({
  page,
  context,
  scene,
  viewerCookie,
}) => {
  const endpoint = await scene.endpoint("/ok");
  await context.addCookies([viewerCookie]);
  for (const address of ["/api-keys", "/audit", "/endpoints/new/url", `/endpoints/${endpoint.id}/settings`]) {
    await page.goto(scene.path(address));
    await expect(page.getByRole("main").getByText(REASON), address).toBeVisible();
    expect(await changingButtons(page), address).toEqual([]);
  }
  const main = page.getByRole("navigation", { name: "Main" });
  await expect(main.getByRole("link", { name: "Events" })).toBeVisible();
  for (const name of ["API keys", "Audit trail"]) {
    await expect(main.getByRole("link", { name })).toHaveCount(0);
  }
  const tabs = page.getByRole("navigation", { name: "Endpoint" });
  await expect(tabs.getByRole("link")).toHaveText(["Overview", "Deliveries", "Secret", "Activity"]);
});

const CHANGING = ["POST", "PUT", "PATCH", "DELETE"];
const API = path.resolve(import.meta.dirname, "../../app/api/dashboard/[workspace]/[environment]");

/** Posted for their size, or a person's own: they change nothing that belongs to anybody else. */
const ALLOWED_CALLS = ["POST /profiles/preview", "POST /filters/test", "PUT /alerts/preferences"];

/** Every call of the dashboard's API that changes something, as its routes say, with `[id]` and `[secret]` open. */
function changingCalls(): { method: string; address: string }[] {
  const files = readdirSync(API, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) => {
      const exported = readFileSync(path.join(API, file), "utf8").matchAll(/export const ([A-Z]+) =/g);
      const methods = [...exported].map(([, method = ""]) => method);
      return methods
        .filter((method) => CHANGING.includes(method))
        .map((method) => ({ method, address: `/${path.posix.dirname(file)}` }))
        .filter(({ method, address }) => !ALLOWED_CALLS.includes(`${method} ${address}`));
    });
}

test("T-09 the dashboard's API refuses viewers every change, and what is not for them to read", async ({
  playwright,
  baseURL: given,
  scene,
  viewerCookie,
}) => {
  const baseURL = given ?? "";
  const endpoint = await scene.endpoint("/404", { retry_policy: { preset: "none" } });
  const eventId = await scene.send("order.paid");
  const delivery = await scene.deliveryOf(eventId);
  await scene.key();
  const { data: keys } = await scene.call<ListPage<{ id: string }>>("GET", "/api-keys");
  const ids: Record<string, string> = {
    endpoints: endpoint.id,
    deliveries: delivery.id,
    "api-keys": keys[0]?.id ?? "",
  };
  const secretId = endpoint.secrets[0]?.id ?? "";
  const before = await scene.call("GET", `/endpoints/${endpoint.id}`);

  const viewer = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: {
      cookie: `${viewerCookie.name}=${viewerCookie.value}`,
      origin: new URL(baseURL).origin,
    },
  });
  const calls = changingCalls();
  expect(calls.length, "the routes are found").toBeGreaterThanOrEqual(17);
  for (const { method, address } of [
    ...calls,
    { method: "GET", address: "/api-keys" },
    { method: "GET", address: "/audit" },
  ]) {
    const [, section = ""] = address.split("/");
    const filled = address.replace("[id]", ids[section] ?? "none").replace("[secret]", secretId);
    const answer = await viewer.fetch(`/api/dashboard${scene.path(filled)}`, { method, data: {} });
    expect(answer.status(), `${method} ${filled}`).toBe(403);
    expect(await answer.json(), `${method} ${filled}`).toMatchObject({ code: "forbidden" });
  }
  for (const address of ["/endpoints", "/deliveries", "/events", "/inbox", "/overview"]) {
    expect((await viewer.get(`/api/dashboard${scene.path(address)}`)).status(), address).toBe(200);
  }
  await viewer.dispose();

  expect(await scene.call("GET", `/endpoints/${endpoint.id}`), "nothing has changed").toEqual(before);
  const { data } = await scene.call<ListPage<DeliveryDto>>("GET", `/deliveries?event_id=${eventId}`);
  expect(data.map((row) => row.id)).toEqual([delivery.id]);
});
