// What VIZI's, NZOChain's and Vizion's users do, done over the public API, against receivers that were written from those
// systems' own instructions: nothing of Signpost's signing is used to verify.
import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setRuntime } from "@/lib/server/runtime";
import { type ApiClient, openApiClient } from "../support/api-client";
import { headerOf, type ReceivedRequest } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
/** The test environment, with a test key. */
let api: ApiClient;
let unique = 0;

beforeAll(async () => {
  world = await createWorld();
  setRuntime({ ...world.ctx, stop: async () => undefined });
  api = await openApiClient(world.ctx, world.owner(world.environments.sandbox));
  expect(api.key).toMatch(/^sp_test_/);
});
afterAll(async () => {
  setRuntime(null);
  await world.close();
});

const freshPath = () => `/ok?n=${unique++}`;
const urlOf = (path: string) => `${world.receiver.url}${path}`;
const arrivedAt = (path: string) => world.receiver.requests.filter((request) => request.target === path);
async function arrival(path: string): Promise<ReceivedRequest> {
  const [request] = await eventually(async () => arrivedAt(path).length > 0 && arrivedAt(path));
  if (request === undefined) throw new Error("nothing arrived");
  return request;
}
const hmac = (secret: string, body: Buffer | string) =>
  createHmac("sha256", secret).update(body).digest("hex");

describe("VIZI", () => {
  it("webhooks/test sends a type's example within a second, signed with the whole secret", async () => {
    const path = freshPath();
    const { json: endpoint } = await api.call("POST", "/api/v1/endpoints", {
      url: urlOf(path),
      event_types: ["score.*"],
      profile: "vizi",
    });
    expect(endpoint.secret).toMatch(/^whsec_/);
    const startedAt = Date.now();
    const sent = await api.call("POST", "/api/v1/webhooks/test", {
      endpoint_id: endpoint.id.replace(/^ep_/, "we_"),
      event_type: "score.updated",
    });
    expect(sent.status).toBe(202);
    const request = await arrival(path);
    expect(request.at - startedAt).toBeLessThan(1_000);
    expect(headerOf(request, "X-Vizi-Signature")).toBe(`sha256=${hmac(endpoint.secret, request.body)}`);
    expect(headerOf(request, "X-Vizi-Delivery-Attempt")).toBe("1");
    expect(headerOf(request, "X-Vizi-Event-ID")).toBe(sent.json.event_id);
    expect(Number(headerOf(request, "X-Vizi-Timestamp")) * 1000).toBeGreaterThan(startedAt - 2_000);
    const body = JSON.parse(request.body.toString());
    expect(Object.keys(body)).toEqual(["id", "type", "created_at", "data"]);
    expect(body).toMatchObject({
      id: sent.json.event_id,
      type: "score.updated",
      data: {
        address: expect.any(String),
        chain: "ethereum",
        previous_score: 720,
        new_score: 695,
        delta: -25,
      },
    });
    expect(body.data.factors_changed[0]).toEqual({
      factor: "collateral_health",
      previous: 0.92,
      current: 0.71,
      impact: "negative",
    });
  });

  it.each([
    ["an id of something else", { endpoint_id: "evt_01kahg5b1ff9tt5v3f2w0q8r50" }, 400, "endpoint_id"],
    ["a type that nobody has described", { event_type: "nobody.knows" }, 400, "event_type"],
    ["no type", { event_type: undefined }, 400, "event_type"],
    ["an unknown endpoint", { endpoint_id: "we_01kahg4v5zf6ja4n9d2c7b8x1y" }, 404, null],
  ])("webhooks/test refuses %s", async (_, change, status, path) => {
    const { json: endpoint } = await api.call("POST", "/api/v1/endpoints", {
      url: urlOf(freshPath()),
      event_types: ["unused.type"],
    });
    const refused = await api.call("POST", "/api/v1/webhooks/test", {
      endpoint_id: endpoint.id,
      event_type: "score.updated",
      ...change,
    });
    expect([refused.status, refused.json.errors?.[0].path ?? null]).toEqual([status, path]);
  });
});

describe("NZOChain", () => {
  const WALLET = "0x742d35Cc6634C0532925a3b8D4C9B5e55d7b1234";
  const DATA = {
    threatType: "malicious_contract",
    severity: "HIGH",
    message: "bad",
    contractAddress: "0x1f98",
  };
  const threat = (wallet: string) =>
    api.call("POST", "/api/v1/events", {
      type: "threat.detected",
      subject: wallet,
      timestamp: "2024-01-15T10:35:00Z",
      data: DATA,
    });

  it("subscribing exactly as documented gives that wallet's threats in NZOChain's form", async () => {
    await api.call("PATCH", "/api/v1/environment", { default_profile: "nzochain" });
    const path = freshPath();
    const made = await api.call("POST", "/api/v1/webhooks/subscribe", {
      url: urlOf(path),
      events: ["threat.detected", "risk.score.changed"],
      wallet: WALLET,
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ wallet: WALLET, profile: "nzochain", state: "active" });
    expect((await threat(WALLET)).json.deliveries).toBe(1);
    expect((await threat("0xsomebodyelse")).json.deliveries).toBe(0);
    const request = await arrival(path);
    expect(headerOf(request, "X-NZOChain-Signature")).toBe(hmac(made.json.secret, request.body));
    const body = JSON.parse(request.body.toString());
    expect(body).toEqual({
      event: "threat.detected",
      wallet: WALLET,
      timestamp: expect.stringMatching(/^2024-01-15T10:35:00/),
      data: DATA,
    });
    await api.call("PATCH", "/api/v1/environment", { default_profile: null });
  });

  it("without a wallet it is about all of them, and subscribing again makes no second one", async () => {
    const input = { url: urlOf(freshPath()), events: ["phishing.attempt"], profile: "nzochain" };
    const first = await api.call("POST", "/api/v1/webhooks/subscribe", input);
    const again = await api.call("POST", "/api/v1/webhooks/subscribe", {
      ...input,
      events: ["status.critical"],
    });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toMatchObject({ id: first.json.id, events: ["status.critical"], wallet: null });
    expect(again.text).not.toContain("secret");
    const other = await api.call("POST", "/api/v1/webhooks/subscribe", { ...input, wallet: WALLET });
    const tenants = await api.call("POST", "/api/v1/webhooks/subscribe", { ...input, tenant: "acme" });
    expect(new Set([first.json.id, other.json.id, tenants.json.id]).size).toBe(3);
    const many = await Promise.all(
      Array.from({ length: 10 }, () =>
        api.call("POST", "/api/v1/webhooks/subscribe", { ...input, wallet: "w" }),
      ),
    );
    expect(new Set(many.map(({ json }) => json.id)).size).toBe(1);
    expect(many.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it("unsubscribing by id, by address, and by DELETE; never anything but a subscription", async () => {
    const input = { url: urlOf(freshPath()), events: ["unused.type"], wallet: WALLET };
    const subscribe = async () => (await api.call("POST", "/api/v1/webhooks/subscribe", input)).json.id;
    const end = (body: unknown) => api.call("POST", "/api/v1/webhooks/unsubscribe", body);
    const id = await subscribe();
    expect((await end({ url: input.url })).status).toBe(404);
    expect((await end({ url: input.url, wallet: WALLET })).status).toBe(204);
    expect((await api.call("GET", `/api/v1/endpoints/${id}`)).status).toBe(404);
    expect((await end({ id: await subscribe() })).status).toBe(204);
    expect((await api.call("DELETE", `/api/v1/webhooks/${await subscribe()}`)).status).toBe(204);
    const { json: own } = await api.call("POST", "/api/v1/endpoints", {
      url: input.url,
      event_types: ["unused.type"],
    });
    expect((await api.call("DELETE", `/api/v1/webhooks/${own.id}`)).status).toBe(404);
    expect((await end({ id: own.id })).status).toBe(404);
    expect((await end({ url: input.url, id: own.id })).status).toBe(400);
    expect((await end({})).status).toBe(400);
    expect((await api.call("GET", `/api/v1/endpoints/${own.id}`)).status).toBe(200);
  });

  it("an endpoint that a person made at the same address is left alone", async () => {
    const url = urlOf(freshPath());
    const { json: own } = await api.call("POST", "/api/v1/endpoints", { url, event_types: ["a.b"] });
    const made = await api.call("POST", "/api/v1/webhooks/subscribe", { url, events: ["c.d"] });
    expect(made.status).toBe(201);
    expect((await api.call("GET", `/api/v1/endpoints/${own.id}`)).json.event_types).toEqual(["a.b"]);
  });
});

describe("Vizion", () => {
  it("a reference's updates go to its callback, signed in Vizion's manner, until the final one", async () => {
    const reference = "0b6a9d7e-3c1f-4a52-9e0d-5f6b8c2a1d34";
    const path = freshPath();
    const address = `/api/v1/subjects/${reference}/callback`;
    const made = await api.call("PUT", address, {
      callback_url: urlOf(path),
      profile: "vizion",
      unsubscribe_on: ["reference.completed"],
    });
    expect(made.status).toBe(201);
    const update = (type: string) =>
      api.call("POST", "/api/v1/events", {
        type,
        subject: reference,
        data: { reference_id: reference, type },
      });
    expect((await update("reference.updated")).json.deliveries).toBe(1);
    const request = await arrival(path);
    expect(JSON.parse(request.body.toString())).toEqual({
      reference_id: reference,
      type: "reference.updated",
    });

    const digest = `SHA-256=${createHash("sha256").update(request.body).digest("hex")}`;
    expect(headerOf(request, "digest")).toBe(digest);
    const signature = headerOf(request, "x-vizion-signature") ?? "";
    const part = (name: string) => new RegExp(`${name}="?([^",]+)"?`).exec(signature)?.[1] ?? "";
    expect(part("algorithm")).toBe("hmac-sha256");
    expect(Number(part("expires"))).toBeGreaterThan(Date.now() / 1000);
    const lines = part("headers")
      .split(" ")
      .map((name) => {
        if (name === "(request-target)") return `${name}: post ${request.target}`;
        if (name === "(expires)") return `${name}: ${part("expires")}`;
        return `${name}: ${headerOf(request, name)}`;
      });
    expect(part("signature")).toBe(hmac(made.json.secret, lines.join("\n")));

    expect((await update("reference.completed")).json.deliveries).toBe(1);
    expect((await update("reference.updated")).json.deliveries).toBe(0);
    await eventually(async () => arrivedAt(path).length === 2);

    // Without a callback, or after it: the same updates are fetched.
    const seen: string[] = [];
    let cursor = "";
    while (seen.length < 3) {
      const page = await api.call("GET", `/api/v1/subjects/${reference}/events?limit=2${cursor}`);
      seen.push(...page.json.data.map((event: { data: { type: string } }) => event.data.type));
      cursor = `&cursor=${page.json.next_cursor}`;
    }
    expect(seen).toEqual(["reference.updated", "reference.completed", "reference.updated"]);
  });
});
