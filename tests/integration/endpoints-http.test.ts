// The endpoint routes as a caller with an API key meets them: shapes of refusals, caching, and what no answer may contain.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as enable from "@/app/api/v1/endpoints/[id]/enable/route";
import * as rotate from "@/app/api/v1/endpoints/[id]/rotate-secret/route";
import * as one from "@/app/api/v1/endpoints/[id]/route";
import * as sendTest from "@/app/api/v1/endpoints/[id]/test/route";
import * as collection from "@/app/api/v1/endpoints/route";
import type { EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import type { ApiKeyScope } from "@/lib/domain/access/permissions";
import { setRuntime } from "@/lib/server/runtime";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { createWorld, type World } from "@/tests/support/world";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let world: World;
let key: string;

const newKey = async (scopes: ApiKeyScope[], environmentId?: string) =>
  (await createApiKey(world.ctx, world.owner(environmentId), { name: "k", scopes })).key;

beforeAll(async () => {
  world = await createWorld();
  setRuntime({ ...world.ctx, stop: async () => undefined });
  key = await newKey(["endpoints:read", "endpoints:write"]);
});
afterAll(async () => {
  setRuntime(null);
  await world.close();
});

async function call(
  handler: Handler,
  options: { method?: string; id?: string; body?: unknown; search?: string; bearer?: string } = {},
) {
  const { method = "GET", id, body, search = "", bearer = key } = options;
  const response = await handler(
    new Request(`http://signpost.test/api/v1/endpoints${search}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    }),
    { params: Promise.resolve<Record<string, string>>(id === undefined ? {} : { id }) },
  );
  const text = await response.text();
  return { response, text, json: text === "" ? null : JSON.parse(text) };
}

const valid = () => ({ url: `${world.receiver.url}/ok`, event_types: ["http.test"] });
const create = async () =>
  (await call(collection.POST, { method: "POST", body: valid() })).json as EndpointWithSecretDto;

describe("answers", () => {
  test("K-11 the secret is in the two answers that make one, which no cache keeps, and in no other", async () => {
    const made = await call(collection.POST, { method: "POST", body: valid() });
    expect(made.response.status).toBe(201);
    expect(made.response.headers.get("cache-control")).toContain("no-store");
    const { id, secret } = made.json as EndpointWithSecretDto;
    const rotated = await call(rotate.POST, { method: "POST", id });
    expect(rotated.response.headers.get("cache-control")).toContain("no-store");
    const again = (rotated.json as EndpointWithSecretDto).secret;
    const others = [
      await call(collection.GET, { search: "?limit=250" }),
      await call(one.GET, { id }),
      await call(one.PATCH, { method: "PATCH", id, body: { description: "x" } }),
      await call(enable.POST, { method: "POST", id }),
    ];
    for (const { text, response } of others) {
      expect(response.status).toBe(200);
      expect(text).not.toContain(secret.slice(6));
      expect(text).not.toContain(again.slice(6));
    }
  });

  test("a test answers 202 with what to watch", async () => {
    const { id } = await create();
    const { response, json } = await call(sendTest.POST, {
      method: "POST",
      id,
      body: { type: "http.tried" },
    });
    expect(response.status).toBe(202);
    expect(json).toEqual({
      event_id: expect.stringMatching(/^evt_/),
      delivery_id: expect.stringMatching(/^dlv_/),
    });
  });

  test("deleting answers 204 once, and 404 from then on like any unknown id", async () => {
    const { id } = await create();
    expect((await call(one.DELETE, { method: "DELETE", id })).response.status).toBe(204);
    const gone = await call(one.GET, { id });
    const unknown = await call(one.GET, { id: "ep_00000000000000000000000000" });
    expect(gone.response.status).toBe(404);
    expect({ ...gone.json, request_id: "" }).toEqual({ ...unknown.json, request_id: "" });
  });
});

describe("refusals", () => {
  test.each([
    ["I-01 broken JSON", '{"url":', "invalid_json"],
    ["I-01 another type", [], "invalid_request"],
    ["I-01 a number for the URL", { url: 1, event_types: ["*"] }, "invalid_request"],
    ["I-02 an id", { id: "ep_1" }, "invalid_request"],
    ["I-02 a state", { state: "disabled" }, "invalid_request"],
    ["I-03 an operator object", { url: { not: "" } }, "invalid_request"],
    ["S-15 a private address", { url: "https://10.1.2.3/" }, "target_not_allowed"],
    ["H-01 a header with a line break", { headers: { "X-A": "a\r\nX-B: c" } }, "invalid_request"],
    [
      "H-03 __proto__ as a header",
      '{"url":"https://e.example/","event_types":["*"],"headers":{"__proto__":"x"}}',
      "invalid_request",
    ],
  ])("%s: refused as a problem with the fields named", async (_title, part, code) => {
    const body = typeof part === "object" && !Array.isArray(part) ? { ...valid(), ...part } : part;
    const { response, json } = await call(collection.POST, { method: "POST", body });
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(json).toMatchObject({ code, status: response.status });
    expect(json.request_id).toBe(response.headers.get("x-request-id"));
  });

  test.each([
    "?limit=0",
    "?limit=-1",
    "?limit=1e9",
    "?limit=abc",
    "?limit=9007199254740993",
    "?cursor=nonsense",
    "?state=bogus",
    "?state[not]=active",
    "?search=a&search=b",
    "?search=%00",
    "?sort=secret",
  ])("I-03 I-06 I-07 the query %s is refused", async (search) => {
    const { response, json } = await call(collection.GET, { search });
    expect([response.status, json.code]).toEqual([400, "invalid_request"]);
  });

  test.each(["", "..%2F", "%00", "evt_01jdz0000000000000000000aa", "🙂", "x".repeat(10_000)])(
    "I-08 the id %j is not found",
    async (id) => {
      for (const [handler, method] of [
        [one.GET, "GET"],
        [one.DELETE, "DELETE"],
        [rotate.POST, "POST"],
      ] as const) {
        expect((await call(handler, { id, method })).response.status).toBe(404);
      }
    },
  );

  test("I-09 other methods are 405 with Allow", () => {
    expect(collection.PATCH().status).toBe(405);
    expect(one.POST().headers.get("allow")).toBe("GET, PATCH, DELETE");
  });

  test("T-01 T-09 a key of the other environment sees nothing; one that may only read changes nothing", async () => {
    const { id } = await create();
    const foreign = await newKey(["endpoints:read", "endpoints:write"], world.environments.sandbox);
    expect((await call(one.GET, { id, bearer: foreign })).response.status).toBe(404);
    expect((await call(rotate.POST, { id, method: "POST", bearer: foreign })).response.status).toBe(404);
    const reader = await newKey(["endpoints:read"]);
    expect((await call(one.GET, { id, bearer: reader })).response.status).toBe(200);
    expect((await call(one.DELETE, { id, method: "DELETE", bearer: reader })).response.status).toBe(403);
  });
});
