import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import { buildOpenApi } from "@/lib/server/http/openapi/document";
import type { Operation } from "@/lib/server/http/openapi/operation";
import { operations } from "@/lib/server/http/openapi/operations";
import { setRuntime } from "@/lib/server/runtime";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { type ApiRoute, loadApiRoutes } from "@/tests/support/api-routes";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
let key: string;
let routes: ApiRoute[];

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  setRuntime(ctx);
  routes = await loadApiRoutes();
  const ws = await createTestWorkspace(ctx);
  ({ key } = await createApiKey(ctx, ws.user("owner"), { name: "all", scopes: [...API_KEY_SCOPES] }));
});

afterAll(async () => {
  setRuntime(null);
  await ctx.stop();
  await database.drop();
});

const document = buildOpenApi("https://signpost.example.com");

type CallOptions = {
  params?: Record<string, string>;
  body?: unknown;
  search?: string;
  headers?: Record<string, string>;
};

async function call(
  method: string,
  at: string,
  { params = {}, body, search = "", headers = {} }: CallOptions = {},
) {
  const handler = routes.find((route) => route.path === at)?.handlers[method as "GET"];
  if (handler === undefined) throw new Error(`${method} ${at} has no handler`);
  const request = new Request(`http://signpost.test${at}${search}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve(params) });
}

function operationOf(id: string): Operation {
  const found = operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
}

/** Calls an operation and holds the answer against its description; gives the body. */
async function perform(id: string, options: CallOptions = {}) {
  const { method, path: at, answer } = operationOf(id);
  const response = await call(method.toUpperCase(), at, options);
  const text = await response.text();
  expect({ id, status: response.status, text: response.status === answer.status ? "" : text }).toEqual({
    id,
    status: answer.status,
    text: "",
  });
  if (answer.schema === undefined) return null;
  const parsed = answer.schema.safeParse(JSON.parse(text));
  expect({ id, issues: parsed.error?.issues ?? [] }).toEqual({ id, issues: [] });
  return JSON.parse(text);
}

/** An endpoint whose secret the built-in profile can use; gives its id. */
async function viziEndpoint(): Promise<string> {
  const body = { url: "https://example.com/scores", event_types: ["score.updated"], profile: "vizi" };
  return (await perform("createEndpoint", { body })).id;
}

/** Calls an operation that must refuse, with a documented status and a whole problem. */
async function refuse(id: string, code: string, options: CallOptions = {}) {
  const { method, path: at } = operationOf(id);
  const response = await call(method.toUpperCase(), at, options);
  const problem = await response.json();
  const described = document.paths[at]?.[method]?.responses as Record<string, { description: string }>;
  expect({ id, code: problem.code }).toEqual({ id, code });
  expect(described[String(response.status)]?.description).toContain(`\`${code}\``);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
}

describe("the description", () => {
  it("I-29 has exactly the methods that the route files offer", () => {
    const offered = routes.flatMap((route) => {
      const source = readFileSync(path.resolve("app/api/v1", route.file), "utf8");
      return [
        ...source.matchAll(/^export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/gm),
      ].map(([, method]) => `${method} ${route.path}`);
    });
    const described = operations.map((operation) => `${operation.method.toUpperCase()} ${operation.path}`);
    expect(described.sort()).toEqual(offered.sort());
  });

  it("I-09 every route answers 405 with Allow to every other method", async () => {
    for (const route of routes) {
      const offered = operations
        .filter(({ path: at }) => at === route.path)
        .map(({ method }) => method.toUpperCase());
      for (const method of ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const) {
        if (offered.includes(method)) continue;
        const response = await call(method, route.path);
        expect([route.path, method, response.status]).toEqual([route.path, method, 405]);
        expect(response.headers.get("allow")?.split(", ").sort()).toEqual([...offered].sort());
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
      }
    }
  });

  it("has unique operation ids, resolvable references, and only documented parameters in its paths", () => {
    const ids = operations.map((operation) => operation.id);
    expect(new Set(ids).size).toBe(ids.length);
    const text = JSON.stringify(document);
    for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components.schemas).toHaveProperty(name);
    }
    for (const operation of operations) {
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(operation.params ?? {})).toEqual(inPath);
    }
  });

  it.each(operations.map((operation) => [operation.id, operation] as const))(
    "%s: its examples are valid",
    (_, operation) => {
      const { body, answer } = operation;
      expect(body?.schema.safeParse(body.example).error?.issues ?? []).toEqual([]);
      expect(answer.schema?.safeParse(answer.example).error?.issues ?? []).toEqual([]);
    },
  );

  it("is served to anyone, cacheable, as JSON", async () => {
    const response = await call("GET", "/api/v1/openapi.json", { headers: { authorization: "" } });
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(buildOpenApi(ctx.publicUrl))));
  });

  it("I-29 every code of the service is documented somewhere", () => {
    const text = JSON.stringify(document.paths);
    for (const code of ["idempotency_mismatch", "event_id_conflict", "target_not_allowed", "body_too_deep"]) {
      expect(text).toContain(`\`${code}\``);
    }
  });
});

describe("answers match the description", () => {
  it("I-29 events", async () => {
    const body = { type: "order.paid", subject: "ord_1", data: { a: 1 }, id: "my-event" };
    await perform("createEvent", { body });
    await perform("createEventBatch", { body: { events: [{ type: "order.paid", data: [] }] } });
    await perform("listEvents", { search: "?limit=1&subject=ord_1" });
    const event = await perform("getEvent", { params: { id: "my-event" } });
    expect(event.data).toEqual({ a: 1 });
    await perform("listEventTypes");
    await perform("explainEvent", { params: { id: "my-event" } });
    await refuse("explainEvent", "not_found", { params: { id: "nope" } });
    await refuse("createEvent", "event_id_conflict", { body: { ...body, data: 2 } });
    await refuse("createEvent", "invalid_request", { body: { type: "x" } });
    await refuse("createEvent", "invalid_json", { body: "{" });
    await refuse("createEvent", "unsupported_media_type", {
      body: "{}",
      headers: { "content-type": "text/plain" },
    });
    await refuse("listEvents", "invalid_request", { search: "?id[not]=x" });
    await refuse("getEvent", "not_found", { params: { id: "nope" } });
    await refuse("getEvent", "unauthenticated", {
      params: { id: "nope" },
      headers: { authorization: "Bearer x" },
    });
  });

  it("I-29 endpoints", async () => {
    const made = await perform("createEndpoint", {
      body: { url: "https://example.com/hook", event_types: ["*"] },
    });
    const params = { id: made.id as string };
    await perform("listEndpoints", { search: "?limit=1" });
    await perform("getEndpoint", { params });
    await perform("getEndpointStats", { params });
    await perform("updateEndpoint", { params, body: { description: "d" } });
    await perform("pauseEndpoint", { params });
    await perform("enableEndpoint", { params });
    await perform("disableEndpoint", { params });
    await perform("enableEndpoint", { params, body: { held: "keep" } });
    const rotated = await perform("rotateSecret", { params, body: { overlap_seconds: 3600 } });
    const retiring = rotated.secrets.find(
      (secret: { expires_at: string | null }) => secret.expires_at !== null,
    );
    await perform("retireSecret", { params: { ...params, secret: retiring.id } });
    await perform("sendTestEvent", { params });
    await perform("deleteEndpoint", { params });
    const unknown = { id: ctx.newId("endpoint") };
    for (const id of ["getEndpoint", "getEndpointStats", "deleteEndpoint", "pauseEndpoint"]) {
      await refuse(id, "not_found", { params: unknown });
    }
    await refuse("createEndpoint", "invalid_request", { body: { url: { not: "" }, event_types: ["*"] } });
    await refuse("updateEndpoint", "invalid_request", { params, body: { state: "active" } });
  });

  it("I-29 trials", async () => {
    await perform("createEvent", { body: { type: "order.tried", data: { a: 1 }, id: "tried" } });
    const found = await perform("testFilter", { body: { filter: "event.data.a > 0", limit: 10 } });
    expect(found.matched).toBeGreaterThan(0);
    const rules = [{ op: "rename", from: "$.a", to: "$.b" }];
    const shown = await perform("previewTransform", { body: { rules, event_id: "tried" } });
    expect(shown.after).toBe('{"b":1}');
    await refuse("testFilter", "invalid_request", { body: { filter: "event." } });
    await refuse("previewTransform", "not_found", { body: { rules, event_id: "nope" } });
  });

  it("I-29 deliveries", async () => {
    const made = await perform("createEndpoint", {
      body: { url: "https://example.com/other", event_types: ["*"] },
    });
    await perform("createEvent", { body: { type: "order.paid", data: {} } });
    const { data } = await perform("listDeliveries", {
      search: `?endpoint_id=${made.id}&state=pending,failed`,
    });
    const params = { id: data[0].id as string };
    await perform("getDelivery", { params });
    await refuse("retryDeliveryNow", "not_found", { params: { id: ctx.newId("delivery") } });
    await refuse("replayDelivery", "not_found", { params: { id: ctx.newId("delivery") } });
    await refuse("cancelDelivery", "invalid_request", { params, body: { why: 1 } });
    await refuse("listDeliveries", "invalid_request", { search: "?limit=0" });
  });

  it("I-29 profiles", async () => {
    const made = await perform("createProfile", { body: { name: "Ours", based_on: "vizi" } });
    const params = { profile: made.slug as string };
    const { definition } = made;
    await perform("listProfiles", { search: "?limit=3&show=all" });
    await perform("getProfile", { params: { profile: made.id as string } });
    await perform("getProfile", { params: { profile: "stripe" } });
    const headers = [{ name: "X-Ours", value: "{{event.type}}" }];
    await perform("updateProfile", { params, body: { definition: { ...definition, headers } } });
    await perform("getProfileVersion", { params: { ...params, version: "1" } });
    await perform("restoreProfileVersion", { params: { ...params, version: "1" } });
    await perform("applyProfile", { params });
    await perform("previewProfile", { body: { definition } });
    await perform("testProfile", { body: { profile: "vizi", endpoint_id: await viziEndpoint() } });
    await perform("archiveProfile", { params });
    await refuse("updateProfile", "conflict", { params, body: { name: "x" } });
    await perform("unarchiveProfile", { params });
    const bad = { ...definition, headers: [{ name: "Host", value: "x" }] };
    await refuse("createProfile", "invalid_request", { body: { name: "Bad", definition: bad } });
    await refuse("updateProfile", "conflict", { params: { profile: "vizi" }, body: { name: "Mine" } });
    await refuse("previewProfile", "not_found", { body: { profile: "nothing" } });
    await refuse("listProfiles", "invalid_request", { search: "?show=some" });
    const unknown = { profile: "nothing", version: "1" };
    for (const id of [
      "getProfile",
      "getProfileVersion",
      "restoreProfileVersion",
      "applyProfile",
      "archiveProfile",
    ]) {
      await refuse(id, "not_found", { params: unknown });
    }
    await refuse("getProfileVersion", "not_found", { params: { ...params, version: "x" } });
  });
});
