// The calls on endpoint authentication as a caller meets them: shapes, refusals that change nothing, and that nothing that
// was set comes back.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as authRoute from "@/app/api/v1/endpoints/[id]/auth/route";
import * as certificateRoute from "@/app/api/v1/endpoints/[id]/client-certificate/route";
import * as one from "@/app/api/v1/endpoints/[id]/route";
import * as sourceAddresses from "@/app/api/v1/source-addresses/route";
import * as sourceText from "@/app/docs/source-addresses.txt/route";
import type { ApiKeyScope } from "@/lib/domain/access/permissions";
import { endpointCredentialsAnswer } from "@/lib/server/http/openapi/endpoint-auth-operations";
import { setRuntime } from "@/lib/server/runtime";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { listAudit } from "@/lib/server/services/list-audit";
import { createAuthority, dayMs } from "@/tests/support/receiver/certificates";
import { createWorld, type World } from "@/tests/support/world";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let world: World;
let key: string;
const SOURCES = [
  { cidr: "203.0.113.7/32", family: "ipv4" as const },
  { cidr: "2001:db8::7/128", family: "ipv6" as const },
];

const newKey = async (scopes: ApiKeyScope[], environmentId?: string) =>
  (await createApiKey(world.ctx, world.owner(environmentId), { name: "k", scopes })).key;

beforeAll(async () => {
  world = await createWorld({ sourceAddresses: SOURCES });
  setRuntime({ ...world.ctx, stop: async () => undefined });
  key = await newKey(["endpoints:read", "endpoints:write"]);
});
afterAll(async () => {
  setRuntime(null);
  await world.close();
});

async function call(handler: Handler, method: string, id: string, body?: unknown, bearer = key) {
  const response = await handler(
    new Request("http://signpost.test/api/v1/x", {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id }) },
  );
  const text = await response.text();
  return { status: response.status, text, json: text === "" ? null : JSON.parse(text), response };
}

const newEndpoint = async (input: object = {}) =>
  (await world.endpoint("/ok", { event_types: ["auth.http"], ...input })).id;
const rowsOf = (endpointId: string) => world.ctx.db.prisma.endpointAuth.count({ where: { endpointId } });

const VALID = {
  basic: { kind: "basic", username: "shop", password: "canary-password" },
  bearer: { kind: "bearer", token: "canary-token-abcdef" },
  api_key: { kind: "api_key", header: "X-Api-Key", value: "canary-value-abcdef" },
  oauth2: {
    kind: "oauth2",
    token_url: "https://id.example.com/token",
    client_id: "shop-1",
    client_secret: "canary-client-secret",
    scope: "a b",
    client_auth: "body",
  },
} as const;

describe("setting", () => {
  test.each([
    [VALID.basic, "shop"],
    [VALID.bearer, "…cdef"],
    [{ kind: "bearer", token: "short" }, "••••"],
    [VALID.api_key, "X-Api-Key …cdef"],
    [VALID.oauth2, "shop-1 at id.example.com"],
  ])("%j answers with its kind and hint, and so does every later answer", async (input, hint) => {
    const id = await newEndpoint();
    const put = await call(authRoute.PUT, "PUT", id, input);
    expect(put.status).toBe(200);
    expect(put.response.headers.get("cache-control")).toContain("no-store");
    expect(endpointCredentialsAnswer.parse(put.json)).toEqual({
      auth: { kind: input.kind, hint, updated_at: expect.any(String) },
      client_certificate: null,
    });
    const get = await call(authRoute.GET, "GET", id);
    expect(get.json).toEqual(put.json);
    for (const { text } of [put, get, await call(one.GET, "GET", id)]) expect(text).not.toContain("canary");
  });

  test("replaces what was set before, whole; removing answers 204 once", async () => {
    const id = await newEndpoint();
    await call(authRoute.PUT, "PUT", id, VALID.oauth2);
    await call(authRoute.PUT, "PUT", id, VALID.basic);
    expect((await call(authRoute.GET, "GET", id)).json.auth).toMatchObject({ kind: "basic", hint: "shop" });
    expect(await rowsOf(id)).toBe(1);
    expect((await call(authRoute.DELETE, "DELETE", id)).status).toBe(204);
    expect(await rowsOf(id)).toBe(0);
    const again = await call(authRoute.DELETE, "DELETE", id);
    expect([again.status, again.json.code]).toEqual([404, "not_found"]);
    expect((await call(authRoute.GET, "GET", id)).json).toEqual({ auth: null, client_certificate: null });
  });

  test("L-24 the audit trail says who set what, and nothing that is secret", async () => {
    const id = await newEndpoint();
    await call(authRoute.PUT, "PUT", id, VALID.bearer);
    await call(authRoute.DELETE, "DELETE", id);
    const { data } = await listAudit(world.ctx, world.actor, { target: id, limit: 10 });
    expect(data.slice(0, 2).map(({ action, detail }) => [action, detail])).toEqual([
      ["endpoint.auth_removed", null],
      ["endpoint.auth_set", { kind: "bearer", hint: "…cdef" }],
    ]);
    expect(JSON.stringify(data)).not.toContain("canary");
  });
});

describe("refusals name the field and change nothing", () => {
  const refused: [string, object, string][] = [
    ["another kind", { kind: "digest" }, "kind"],
    ["no kind", { token: "x" }, "kind"],
    ["fields of two kinds", { ...VALID.basic, token: "x" }, ""],
    ["a colon in the user name", { ...VALID.basic, username: "a:b" }, "username"],
    ["H-01 a line break in the password", { ...VALID.basic, password: "a\r\nb" }, "password"],
    ["the word Bearer before the token", { kind: "bearer", token: "Bearer abc" }, "token"],
    ["H-01 a line break in the token", { kind: "bearer", token: "a\r\nx: y" }, "token"],
    ["H-02 a token beyond ASCII", { kind: "bearer", token: "tökén" }, "token"],
    ["H-03 a header of the connection", { ...VALID.api_key, header: "Host" }, "header"],
    ["H-04 a header of the signature", { ...VALID.api_key, header: "Webhook-Signature" }, "header"],
    ["H-03 __proto__ as the header", { ...VALID.api_key, header: "__proto__" }, "header"],
    ["a header with a space", { ...VALID.api_key, header: "X Key" }, "header"],
    ["H-01 a line break in the value", { ...VALID.api_key, value: "a\nb" }, "value"],
    ["H-02 an emoji in the value", { ...VALID.api_key, value: "🔑" }, "value"],
    ["a value of nothing but spaces", { ...VALID.api_key, value: "   " }, "value"],
    ["a scope with two spaces", { ...VALID.oauth2, scope: "a  b" }, "scope"],
    ["another client authentication", { ...VALID.oauth2, client_auth: "jwt" }, "client_auth"],
    ["an operator object", { ...VALID.oauth2, client_id: { not: "" } }, "client_id"],
  ];
  test.each(refused)("%s", async (_title, input, path) => {
    const id = await newEndpoint();
    await call(authRoute.PUT, "PUT", id, VALID.basic);
    const before = await world.ctx.db.prisma.endpointAuth.findUniqueOrThrow({ where: { endpointId: id } });
    const { status, json, text } = await call(authRoute.PUT, "PUT", id, input);
    expect([status, json.code]).toEqual([400, "invalid_request"]);
    expect(json.errors[0].path).toBe(path);
    expect(text).not.toContain("canary");
    expect(await world.ctx.db.prisma.endpointAuth.findUnique({ where: { endpointId: id } })).toEqual(before);
  });

  test("S-15 a token URL that must not be called", async () => {
    const id = await newEndpoint();
    const { status, json } = await call(authRoute.PUT, "PUT", id, {
      ...VALID.oauth2,
      token_url: "https://10.1.2.3/token",
    });
    expect([status, json.code, json.errors[0].path]).toEqual([422, "target_not_allowed", "token_url"]);
    expect(await rowsOf(id)).toBe(0);
  });

  test("H-05 a header that the endpoint has already, whichever comes first", async () => {
    const withHeaders = await newEndpoint({ headers: { AUTHORIZATION: "x", "x-api-key": "y" } });
    for (const input of [VALID.basic, VALID.bearer, VALID.oauth2, VALID.api_key]) {
      const { status, json } = await call(authRoute.PUT, "PUT", withHeaders, input);
      expect([status, json.code]).toEqual([400, "invalid_request"]);
      expect(json.errors[0].message).toContain("custom header");
    }
    const withAuth = await newEndpoint();
    await call(authRoute.PUT, "PUT", withAuth, VALID.api_key);
    const { status, json } = await call(one.PATCH, "PATCH", withAuth, { headers: { "x-API-key": "z" } });
    expect([status, json.code, json.errors[0].path]).toEqual([400, "invalid_request", "headers"]);
    expect((await call(one.PATCH, "PATCH", withAuth, { headers: { "x-other": "z" } })).status).toBe(200);
  });

  test("H-04 a header that the endpoint's profile sends, whichever comes first", async () => {
    const onProfile = await newEndpoint({ profile: "github" });
    const taken = { ...VALID.api_key, header: "X-GitHub-Event" };
    const first = await call(authRoute.PUT, "PUT", onProfile, taken);
    expect([first.status, first.json.errors[0].path]).toEqual([400, "header"]);
    const other = await newEndpoint();
    expect((await call(authRoute.PUT, "PUT", other, taken)).status).toBe(200);
    const moved = await call(one.PATCH, "PATCH", other, { profile: "github", new_secret: true });
    expect([moved.status, moved.json.errors?.[0]?.path]).toEqual([400, "profile"]);
  });

  test("T-01 another environment's endpoint is as unknown as none, and a key without the scope may not", async () => {
    const id = await newEndpoint();
    const foreign = await newKey(["endpoints:read", "endpoints:write"], world.environments.sandbox);
    const reader = await newKey(["endpoints:read"]);
    const calls = [
      [authRoute.PUT, "PUT", VALID.basic],
      [authRoute.DELETE, "DELETE", undefined],
      [certificateRoute.PUT, "PUT", { certificate: "x", key: "y" }],
      [certificateRoute.DELETE, "DELETE", undefined],
    ] as const;
    for (const [handler, method, body] of calls) {
      expect((await call(handler, method, id, body, reader)).status).toBe(403);
      // The certificate is looked at before the endpoint; that tells nothing about the endpoint.
      expect([404, 400]).toContain((await call(handler, method, id, body, foreign)).status);
    }
    expect((await call(authRoute.GET, "GET", id, undefined, foreign)).status).toBe(404);
    expect((await call(authRoute.GET, "GET", id, undefined, reader)).status).toBe(200);
  });
});

describe("client certificates", () => {
  const pair = async (name: string, options: object = {}) => {
    const { cert, key } = await (await createAuthority("clients")).issue({ names: [name], ...options });
    return { certificate: cert, key };
  };

  test("are shown with subject, fingerprint and expiry, and the key never", async () => {
    const id = await newEndpoint({ url: "https://shop.example.com/hook" });
    const notAfter = new Date(Math.floor(Date.now() / 1000) * 1000 + 40 * dayMs);
    const input = await pair("shop.example", { notAfter });
    const { status, json, text } = await call(certificateRoute.PUT, "PUT", id, input);
    expect(status).toBe(200);
    expect(endpointCredentialsAnswer.parse(json).client_certificate).toEqual({
      hint: `CN=shop.example, until ${notAfter.toISOString().slice(0, 10)}`,
      subject: "CN=shop.example",
      issuer: "CN=clients",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      expires_at: notAfter.toISOString(),
      updated_at: expect.any(String),
    });
    expect(text).not.toContain("PRIVATE");
    const row = await world.ctx.db.prisma.endpointClientCertificate.findUniqueOrThrow({
      where: { endpointId: id },
    });
    expect(row.expiresAt).toEqual(notAfter);
    expect((await call(certificateRoute.DELETE, "DELETE", id)).status).toBe(204);
    expect((await call(certificateRoute.DELETE, "DELETE", id)).status).toBe(404);
  });

  test("are refused with the field, and an earlier one stays", async () => {
    const id = await newEndpoint({ url: "https://shop.example.com/hook" });
    const good = await pair("good.example");
    await call(certificateRoute.PUT, "PUT", id, good);
    const other = await pair("other.example");
    const expired = await pair("old.example", {
      notBefore: new Date(Date.now() - 9 * dayMs),
      notAfter: new Date(Date.now() - dayMs),
    });
    const bad: [object, string, RegExp][] = [
      [{ ...good, key: other.key }, "key", /does not belong/],
      [expired, "certificate", /expired on/],
      [{ ...good, certificate: "hello" }, "certificate", /no PEM certificate/],
      [{ ...good, certificate: good.certificate + good.key }, "certificate", /private key in here/],
      [{ ...good, chain: other.certificate }, "chain", /did not issue/],
      [{ certificate: good.certificate }, "key", /./],
    ];
    for (const [input, path, words] of bad) {
      const { status, json, text } = await call(certificateRoute.PUT, "PUT", id, input);
      expect([status, json.code, json.errors[0].path]).toEqual([400, "invalid_request", path]);
      expect(json.errors[0].message).toMatch(words);
      expect(text).not.toContain(other.key.split("\n")[1]);
    }
    expect((await call(authRoute.GET, "GET", id)).json.client_certificate.subject).toBe("CN=good.example");
  });

  test("need TLS at the endpoint's address", async () => {
    for (const url of [`${world.receiver.url}/ok`]) {
      const { status, json } = await call(
        certificateRoute.PUT,
        "PUT",
        await newEndpoint({ url }),
        await pair("a.example"),
      );
      expect([status, json.code]).toEqual([409, "conflict"]);
    }
  });
});

describe("source addresses", () => {
  test("are published to anyone, as JSON and as lines", async () => {
    const json = await sourceAddresses.GET();
    expect(json.headers.get("cache-control")).toBe("public, max-age=300");
    expect(await json.json()).toEqual({ data: SOURCES });
    const text = await sourceText.GET();
    expect(text.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await text.text()).toBe("203.0.113.7/32\n2001:db8::7/128\n");
  });

  test("are an empty list where none are promised", async () => {
    setRuntime({ ...world.ctx, sourceAddresses: [], stop: async () => undefined });
    expect(await (await sourceAddresses.GET()).json()).toEqual({ data: [] });
    expect(await (await sourceText.GET()).text()).toBe("");
    setRuntime({ ...world.ctx, stop: async () => undefined });
  });
});
