// Live and sandbox of one workspace share nothing but the catalogue: what one key makes, the other can neither see nor
// change, and no event finds its way across.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setRuntime } from "@/lib/server/runtime";
import { getInbox } from "@/lib/server/services/inbox/get-inbox";
import { type ApiClient, openApiClient } from "../support/api-client";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
let live: ApiClient;
let sandbox: ApiClient;
/** Ids of what the live key has made. */
const made = { endpoint: "", subscription: "", callback: "", event: "", delivery: "" };

beforeAll(async () => {
  world = await createWorld();
  setRuntime({ ...world.ctx, stop: async () => undefined });
  live = await openApiClient(world.ctx, world.actor);
  sandbox = await openApiClient(world.ctx, world.owner(world.environments.sandbox));
  const url = `${world.receiver.url}/ok`;
  made.endpoint = (await live.call("POST", "/api/v1/endpoints", { url, event_types: ["*"] })).json.id;
  const subscription = { url, events: ["*"], wallet: "shared" };
  made.subscription = (await live.call("POST", "/api/v1/webhooks/subscribe", subscription)).json.id;
  const callback = await live.call("PUT", "/api/v1/subjects/shared/callback", { callback_url: url });
  made.callback = callback.json.endpoint_id;
  const event = { type: "score.updated", id: "same-id", subject: "shared", data: { from: "live" } };
  const accepted = await live.call("POST", "/api/v1/events", event);
  expect(accepted.json.deliveries).toBe(3);
  made.event = accepted.json.id;
  made.delivery = (await world.deliveriesOf(made.event))[0]?.id ?? "";
});
afterAll(async () => {
  setRuntime(null);
  await world.close();
});

describe("with a key of the sandbox", () => {
  it("keys tell their environment", () => {
    expect([live.key.slice(0, 8), sandbox.key.slice(0, 8)]).toEqual(["sp_live_", "sp_test_"]);
  });

  it.each([
    ["GET", (): string => `/api/v1/endpoints/${made.endpoint}`],
    ["DELETE", (): string => `/api/v1/endpoints/${made.endpoint}`],
    ["POST", (): string => `/api/v1/endpoints/${made.endpoint}/test`],
    ["POST", (): string => `/api/v1/endpoints/${made.endpoint}/pause`],
    ["POST", (): string => `/api/v1/endpoints/${made.endpoint}/rotate-secret`],
    ["GET", (): string => `/api/v1/endpoints/${made.callback}`],
    ["DELETE", (): string => `/api/v1/webhooks/${made.subscription}`],
    ["GET", (): string => "/api/v1/subjects/shared/callback"],
    ["DELETE", (): string => "/api/v1/subjects/shared/callback"],
    ["GET", (): string => `/api/v1/events/${made.event}`],
    ["GET", (): string => `/api/v1/deliveries/${made.delivery}`],
    ["POST", (): string => `/api/v1/deliveries/${made.delivery}/replay`],
  ] as const)("%s of what is live is unknown (%#)", async (method, address) => {
    expect((await sandbox.call(method, address())).status).toBe(404);
  });

  it("T-01 webhooks/test and unsubscribe do not reach what is live", async () => {
    const test = { endpoint_id: made.endpoint, event_type: "score.updated" };
    expect((await sandbox.call("POST", "/api/v1/webhooks/test", test)).status).toBe(404);
    expect((await live.call("POST", "/api/v1/webhooks/test", test)).status).toBe(202);
    for (const body of [{ id: made.subscription }, { url: `${world.receiver.url}/ok`, wallet: "shared" }]) {
      expect((await sandbox.call("POST", "/api/v1/webhooks/unsubscribe", body)).status).toBe(404);
    }
    expect((await live.call("GET", `/api/v1/endpoints/${made.subscription}`)).json.state).toBe("active");
  });

  it("every list is empty", async () => {
    for (const address of [
      "/api/v1/endpoints",
      "/api/v1/events",
      "/api/v1/deliveries",
      "/api/v1/subjects/shared/events",
    ]) {
      expect([address, (await sandbox.call("GET", address)).json.data]).toEqual([address, []]);
    }
    const types = (await sandbox.call("GET", "/api/v1/event-types")).json.data;
    expect(types.every((type: { endpoints: number; last_seen_at: unknown }) => type.endpoints === 0)).toBe(
      true,
    );
  });

  it("the same URL, subject, wallet and event id are other things here, and change nothing there", async () => {
    const before = world.receiver.requests.length;
    const event = { type: "score.updated", id: "same-id", subject: "shared", data: { from: "sandbox" } };
    expect((await sandbox.call("POST", "/api/v1/events", event)).json).toEqual({
      id: "same-id",
      deliveries: 0,
    });
    const url = `${world.receiver.url}/ok?sandbox`;
    const subscribed = await sandbox.call("POST", "/api/v1/webhooks/subscribe", {
      url: `${world.receiver.url}/ok`,
      events: ["unused.type"],
      wallet: "shared",
    });
    expect(subscribed.status).toBe(201);
    const callback = await sandbox.call("PUT", "/api/v1/subjects/shared/callback", { callback_url: url });
    expect(callback.status).toBe(201);
    expect([subscribed.json.id, callback.json.endpoint_id]).not.toContain(made.subscription);
    const next = await sandbox.call("POST", "/api/v1/events", {
      type: "score.updated",
      subject: "shared",
      data: 1,
    });
    expect(next.json.deliveries).toBe(1);
    await eventually(async () => (await world.deliveriesOf(next.json.id))[0]?.state === "succeeded");
    const since = world.receiver.requests.slice(before).map(({ target }) => target);
    expect(since.filter((target) => target === "/ok?sandbox")).toHaveLength(1);
    expect((await sandbox.call("DELETE", "/api/v1/subjects/shared/callback")).status).toBe(204);
    const there = await live.call("GET", "/api/v1/subjects/shared/callback");
    expect(there.json).toMatchObject({ status: "active", callback_url: `${world.receiver.url}/ok` });
    expect((await live.call("GET", "/api/v1/events/same-id")).json.data).toEqual({ from: "live" });
  });

  it("an environment's default profile and Inbox are its own", async () => {
    await sandbox.call("PATCH", "/api/v1/environment", { default_profile: "nzochain" });
    expect((await live.call("GET", "/api/v1/environment")).json).toEqual({
      kind: "live",
      default_profile: "standard-webhooks",
    });
    const endpoint = await sandbox.call("POST", "/api/v1/endpoints", {
      url: `${world.receiver.url}/ok`,
      event_types: ["unused.type"],
    });
    expect(endpoint.json.profile.slug).toBe("nzochain");
    const refused = await sandbox.call("PATCH", "/api/v1/environment", { default_profile: "nobody" });
    expect([refused.status, refused.json.errors[0].path]).toEqual([400, "default_profile"]);
    const inboxes = await Promise.all([
      getInbox(world.ctx, world.actor),
      getInbox(world.ctx, world.owner(world.environments.sandbox)),
    ]);
    expect(new Set(inboxes.map(({ url }) => url)).size).toBe(2);
  });
});
