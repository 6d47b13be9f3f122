// Who may call the functions over HTTP, tried with real signatures against the SDK's own check.
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createClient } from "@/inngest/client";
import { createServeRoute } from "@/inngest/serve";

const SIGNING_KEY = "signkey-test-9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d";
const OTHER_KEY = "signkey-test-00000000000000000000000000000000";
const URL_OF_CALL = "http://signpost.example/api/inngest?fnId=app-work&stepId=step";
// Keys in alphabetical order: the signature covers the canonical form (RFC 8785) of the body.
const CALL = JSON.stringify({
  ctx: { attempt: 0, run_id: "01HX" },
  event: { data: {}, name: "work" },
  events: [{ data: {}, name: "work" }],
  steps: {},
  version: 2,
});

let ran = 0;

function route(env: Record<string, string>) {
  vi.stubEnv("INNGEST_SIGNING_KEY", undefined);
  vi.stubEnv("INNGEST_EVENT_KEY", undefined);
  vi.stubEnv("INNGEST_DEV", undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const client = createClient("inngest", "app");
  const work = client.createFunction({ id: "work", triggers: [{ event: "work" }] }, async () => {
    ran += 1;
    return "worked";
  });
  return createServeRoute({ client, functions: [work], env });
}

function sign(body: string, key: string, atMs: number): string {
  const seconds = String(Math.round(atMs / 1_000));
  const mac = createHmac("sha256", key.replace("signkey-test-", "")).update(body + seconds);
  return `t=${seconds}&s=${mac.digest("hex")}`;
}

function request(method: string, body?: string, signature?: string): Request {
  const headers = { host: "signpost.example", ...(signature ? { "x-inngest-signature": signature } : {}) };
  return new Request(URL_OF_CALL, { method, headers, ...(body === undefined ? {} : { body }) });
}

const server = { INNGEST_EVENT_KEY: "event-key-value", INNGEST_SIGNING_KEY: SIGNING_KEY };

beforeEach(() => {
  ran = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("N-11 /api/inngest with an Inngest server", () => {
  test("a correctly signed call is carried out", async () => {
    const response = await route(server).POST(request("POST", CALL, sign(CALL, SIGNING_KEY, Date.now())));
    expect(response.status).toBe(200);
    expect(await response.json()).toBe("worked");
    expect(ran).toBe(1);
  });

  test.each([
    ["unsigned", undefined],
    ["signed with another key", sign(CALL, OTHER_KEY, Date.now())],
    ["signed over another body", sign(CALL.replace("01HX", "01HY"), SIGNING_KEY, Date.now())],
    ["signed 6 minutes ago", sign(CALL, SIGNING_KEY, Date.now() - 360_000)],
    ["signed 6 minutes ahead", sign(CALL, SIGNING_KEY, Date.now() + 360_000)],
    ["signed without a time", sign(CALL, SIGNING_KEY, Date.now()).replace(/t=\d+&/, "")],
    ["with an empty signature", "t=&s="],
  ])("a POST or PUT %s gets 401 and runs nothing", async (_, signature) => {
    const { POST, PUT } = route(server);
    expect((await POST(request("POST", CALL, signature))).status).toBe(401);
    expect((await PUT(request("PUT", CALL, signature))).status).toBe(401);
    expect(ran).toBe(0);
  });

  test("a body of more than 8 MiB gets 413 before anybody reads it whole, with and without a Content-Length", async () => {
    const body = "x".repeat(8 * 1024 * 1024 + 1);
    const { POST } = route(server);
    expect((await POST(request("POST", body, "t=1&s=00"))).status).toBe(413);
    const declared = request("POST", "{}", "t=1&s=00");
    declared.headers.set("content-length", String(body.length));
    expect((await POST(declared)).status).toBe(413);
    expect(ran).toBe(0);
  });

  test("without a signing key every call gets 401, also one that is signed with an empty key", async () => {
    const { POST } = route({ INNGEST_EVENT_KEY: "event-key-value" });
    expect((await POST(request("POST", CALL, sign(CALL, "", Date.now())))).status).toBe(401);
    expect(ran).toBe(0);
  });
});

describe("N-11 /api/inngest with the embedded engine", () => {
  test("does not exist, whatever the signature", async () => {
    const { GET, POST, PUT } = route({});
    const signature = sign(CALL, SIGNING_KEY, Date.now());
    expect((await POST(request("POST", CALL, signature))).status).toBe(404);
    expect((await PUT(request("PUT", CALL, signature))).status).toBe(404);
    expect((await GET(request("GET"))).status).toBe(404);
    expect(ran).toBe(0);
  });
});

describe("N-12 what /api/inngest says to strangers", () => {
  const everything = async (response: Response) =>
    `${JSON.stringify(Object.fromEntries(response.headers))} ${await response.text()}`;

  test.each([
    ["embedded", {}],
    ["a server", server],
    ["a development server", { INNGEST_DEV: "http://127.0.0.1:9", INNGEST_EVENT_KEY: "event-key-value" }],
  ])("with %s, no answer names a variable or carries a value", async (_, env) => {
    vi.stubEnv("SECRET_MARKER", "marker-value-of-the-environment");
    const { GET, POST, PUT } = route(env);
    for (const response of [
      await GET(request("GET")),
      await POST(request("POST", "{}")),
      await PUT(request("PUT", "{}")),
    ]) {
      const text = await everything(response);
      expect(text).not.toMatch(/INNGEST_|SECRET_MARKER|DATABASE_URL|NODE_ENV|PATH/);
      expect(text).not.toMatch(/marker-value-of-the-environment|event-key-value|9b1deb4d/);
    }
  });

  test("OPTIONS, PATCH and DELETE get 405", async () => {
    const { OPTIONS, PATCH, DELETE } = route(server);
    for (const [method, handler] of Object.entries({ OPTIONS, PATCH, DELETE })) {
      const response = await handler(request(method));
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, POST, PUT");
    }
  });

  test("the app's route exports exactly these handlers", async () => {
    const handlers = await import("@/app/api/inngest/route");
    const { dynamic, ...methods } = handlers;
    expect(dynamic).toBe("force-dynamic");
    expect(Object.keys(methods).sort()).toEqual(["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]);
    expect((await handlers.OPTIONS(request("OPTIONS"))).status).toBe(405);
  });
});
