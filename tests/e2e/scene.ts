// A workspace of its own for each test, with the shared owner in it: what a test makes is all that is there.
// Everything else goes through the product: keys and endpoints over the dashboard's API, events over the public one.
import { randomBytes } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { Client } from "pg";
import { openCluster } from "@/bin/postgres/cluster";
import type { ApiKeyWithSecretDto } from "@/lib/contracts/api-keys";
import type { Page as ListPage } from "@/lib/contracts/common";
import type { DeliveryDetailDto, DeliveryDto } from "@/lib/contracts/deliveries";
import type { EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import type { AcceptedEventDto } from "@/lib/contracts/events";
import { API_KEY_SCOPES, type ApiKeyScope } from "@/lib/domain/access/permissions";
import { makeId } from "@/lib/domain/ids";
import { type Receiver, startReceiver } from "@/tests/support/receiver/receiver";
import { test as base, expect } from "./fixtures";
import { mintSessionCookie } from "./owner";

export { expect };

type Kind = "live" | "sandbox";
type Method = "GET" | "POST" | "PATCH" | "DELETE";

export type Scene = {
  workspaceId: string;
  slug: string;
  environments: Record<Kind, string>;
  /** `/{workspace}/{environment}` + path; live unless told. */
  path(path?: string, kind?: Kind): string;
  /** The dashboard's API as the owner; the answer must be a success. */
  call<T>(method: Method, path: string, body?: unknown, kind?: Kind): Promise<T>;
  /** A new API key; all scopes unless told. */
  key(scopes?: readonly ApiKeyScope[], kind?: Kind): Promise<string>;
  /** An endpoint for everything, at this path of the receiver (or at this address), unless `input` says otherwise. */
  endpoint(where: string, input?: Record<string, unknown>, kind?: Kind): Promise<EndpointWithSecretDto>;
  /** Posts raw JSON text as `data` of an event, with a key. Gives the event id. */
  send(type: string, dataText?: string, fields?: Record<string, unknown>, kind?: Kind): Promise<string>;
  /** The event's newest delivery in full. */
  deliveryOf(eventId: string): Promise<DeliveryDetailDto>;
};

type WorkerFixtures = { database: Client; receiver: Receiver };

async function makeWorkspace(database: Client, userId: string) {
  const id = (kind: "workspace" | "environment") => makeId(kind, Date.now(), randomBytes(10));
  const made = {
    workspaceId: id("workspace"),
    slug: `scene-${randomBytes(4).toString("hex")}`,
    environments: { live: id("environment"), sandbox: id("environment") },
  };
  await database.query("INSERT INTO workspace (id, slug, name) VALUES ($1, $2, $3)", [
    made.workspaceId,
    made.slug,
    "Northwind Traders",
  ]);
  for (const [kind, environmentId] of Object.entries(made.environments)) {
    await database.query("INSERT INTO environment (id, workspace_id, kind) VALUES ($1, $2, $3)", [
      environmentId,
      made.workspaceId,
      kind,
    ]);
  }
  await database.query("INSERT INTO member (workspace_id, user_id, role) VALUES ($1, $2, 'owner')", [
    made.workspaceId,
    userId,
  ]);
  return made;
}

function actIn(
  request: APIRequestContext,
  origin: string,
  receiver: Receiver,
  made: Awaited<ReturnType<typeof makeWorkspace>>,
): Scene {
  const keys = new Map<Kind, string>();
  const path = (rest = "", kind: Kind = "live") => `/${made.slug}/${kind}${rest}`;

  async function call<T>(method: Method, rest: string, body?: unknown, kind: Kind = "live"): Promise<T> {
    const response = await request.fetch(`/api/dashboard${path(rest, kind)}`, {
      method,
      headers: { origin },
      ...(body === undefined ? {} : { data: body }),
    });
    expect(response.ok(), `${method} ${rest}: ${await response.text()}`).toBe(true);
    return (await response.json()) as T;
  }

  async function key(scopes: readonly ApiKeyScope[] = API_KEY_SCOPES, kind: Kind = "live") {
    const made = await call<ApiKeyWithSecretDto>("POST", "/api-keys", { name: "Shop backend", scopes }, kind);
    return made.key;
  }

  return {
    ...made,
    path,
    call,
    key,
    endpoint: (where, input = {}, kind = "live") => {
      const url = where.startsWith("/") ? `${receiver.url}${where}` : where;
      return call<EndpointWithSecretDto>("POST", "/endpoints", { url, event_types: ["*"], ...input }, kind);
    },
    async send(type, dataText = '{"n":1}', fields = {}, kind = "live") {
      const sender = keys.get(kind) ?? (await key(["events:write"], kind));
      keys.set(kind, sender);
      const rest = JSON.stringify({ type, ...fields }).slice(1, -1);
      const response = await request.post("/api/v1/events", {
        headers: { authorization: `Bearer ${sender}`, "content-type": "application/json" },
        data: Buffer.from(`{${rest},"data":${dataText}}`),
      });
      expect(response.status(), await response.text()).toBe(202);
      return ((await response.json()) as AcceptedEventDto).id;
    },
    async deliveryOf(eventId) {
      const list = await call<ListPage<DeliveryDto>>("GET", `/deliveries?event_id=${eventId}`);
      return call<DeliveryDetailDto>("GET", `/deliveries/${list.data[0]?.id ?? "none"}`);
    },
  };
}

export const test = base.extend<{ scene: Scene }, WorkerFixtures>({
  database: [
    async ({ browserName: _ }, use) => {
      const cluster = await openCluster({ dataDir: process.env.E2E_DATA_DIR ?? "" });
      await cluster.leave();
      const client = new Client({ connectionString: cluster.url() });
      await client.connect();
      await use(client);
      await client.end();
    },
    { scope: "worker" },
  ],

  receiver: [
    async ({ database: _ }, use) => {
      const receiver = await startReceiver();
      await use(receiver);
      await receiver.close();
    },
    { scope: "worker" },
  ],

  scene: async ({ playwright, baseURL: given, owner, database, receiver }, use) => {
    const baseURL = given ?? "";
    const made = await makeWorkspace(database, owner.user_id);
    const cookie = await mintSessionCookie(baseURL, { userId: owner.user_id });
    const request = await playwright.request.newContext({
      baseURL,
      extraHTTPHeaders: { cookie: `${cookie.name}=${cookie.value}` },
    });
    await use(actIn(request, new URL(baseURL).origin, receiver, made));
    await request.dispose();
  },
});
