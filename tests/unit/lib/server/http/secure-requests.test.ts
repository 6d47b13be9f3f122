import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { callerAddress, trustedProxies } from "@/lib/server/http/request-origin";
import { type SecureRequestOptions, secureRequests } from "@/lib/server/http/secure-requests";

const PUBLIC = "https://hooks.example.com";

type Answer = { status: number; headers: IncomingHttpHeaders; seen: IncomingHttpHeaders | null };

/** Sends one request through `secureRequests` on a real socket; `seen` is what the handler behind it got. */
async function ask(
  target: { path?: string; method?: string; headers?: Record<string, string> },
  options: Partial<SecureRequestOptions> = {},
): Promise<Answer> {
  let seen: IncomingHttpHeaders | null = null;
  const handler = secureRequests(
    async (request, response) => {
      seen = { ...request.headers };
      response.end();
    },
    { publicUrl: PUBLIC, trustedProxies: [], dev: false, ...options },
  );
  const server = createServer((request, response) => void handler(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const request = send({ host: "127.0.0.1", port, agent: false, path: "/", ...target }).end();
  const [response] = await once(request, "response");
  response.resume();
  await once(response, "end");
  server.close();
  return { status: response.statusCode, headers: response.headers, seen };
}

describe("a path", () => {
  it.each(["/api/v1/subjects/%zz/callback", "/%", "/%C3%28", "/%ff?x=1"])(
    "I-08 %s cannot be decoded: 400",
    async (path) => {
      const answer = await ask({ path });
      expect([answer.status, answer.headers["content-type"], answer.seen]).toEqual([
        400,
        "application/problem+json",
        null,
      ]);
    },
  );

  it.each(["/a%2Fb/%25zz?q=%zz", "/Zo%C3%AB"])("%s is handed on", async (path) => {
    expect((await ask({ path })).seen).not.toBeNull();
  });
});

describe("security headers", () => {
  it("X-03 L-23 are on every answer, with a fresh nonce that Next is told too", async () => {
    const [first, second] = [await ask({}), await ask({})];
    const policy = String(first.headers["content-security-policy"]);
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{22,}' 'strict-dynamic'(;|$)/);
    for (const rule of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "connect-src 'self'",
    ]) {
      expect(policy.split("; ")).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(first.seen?.["content-security-policy"]).toBe(policy);
    expect(second.headers["content-security-policy"]).not.toBe(policy);
    expect(first.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "strict-transport-security": expect.stringContaining("max-age="),
    });
  });

  it("L-23 no HSTS over plain http, which would lock out every other service of that host", async () => {
    const { headers } = await ask({}, { publicUrl: "http://localhost:3000" });
    expect(headers["strict-transport-security"]).toBeUndefined();
    expect(headers["content-security-policy"]).not.toContain("upgrade-insecure-requests");
  });

  it("X-03 a client cannot choose the nonce", async () => {
    const { seen } = await ask({ headers: { "content-security-policy": "script-src 'nonce-mine'" } });
    expect(seen?.["content-security-policy"]).not.toContain("mine");
  });
});

describe("what a request says about itself", () => {
  it("L-17 N-20 the handler sees the configured host and the socket's address, whatever was claimed", async () => {
    const { seen } = await ask({
      headers: {
        host: "evil.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-for": "203.0.113.7",
        "x-forwarded-proto": "ftp",
        forwarded: "host=evil.example",
        "x-real-ip": "203.0.113.7",
      },
    });
    expect(seen).toMatchObject({
      host: "hooks.example.com",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "https",
    });
    for (const name of ["x-forwarded-host", "forwarded", "x-real-ip"]) expect(seen).not.toHaveProperty(name);
  });

  it("N-01 N-05 headers that only Next sends to itself never come from outside", async () => {
    const { seen } = await ask({
      headers: { "x-middleware-subrequest": "middleware:middleware:middleware", "next-resume": "1" },
    });
    expect(seen).not.toHaveProperty("x-middleware-subrequest");
    expect(seen).not.toHaveProperty("next-resume");
  });

  it("N-20 behind a trusted proxy the nearest untrusted hop counts", async () => {
    const headers = { "x-forwarded-for": "198.51.100.1, 203.0.113.7, 10.0.0.4" };
    const { seen } = await ask({ headers }, { trustedProxies: ["127.0.0.1", "10.0.0.0/8"] });
    expect(seen?.["x-forwarded-for"]).toBe("203.0.113.7");
  });

  it.each([
    ["10.1.2.3", "1.2.3.4", "1.2.3.4"],
    ["::ffff:10.1.2.3", "1.2.3.4", "1.2.3.4"],
    ["10.1.2.3", "1.2.3.4, unknown", "10.1.2.3"],
    ["10.1.2.3", undefined, "10.1.2.3"],
    ["10.1.2.3", "10.9.9.9", "10.9.9.9"],
    ["192.0.2.1", "1.2.3.4", "192.0.2.1"],
    ["fd00::1", "1.2.3.4", "1.2.3.4"],
    [undefined, "1.2.3.4", null],
  ])("N-20 socket %j with X-Forwarded-For %j is %j", (socket, forwarded, address) => {
    const proxies = trustedProxies(["10.0.0.0/8", "fd00::/8"]);
    expect(callerAddress(socket, forwarded, proxies)).toBe(address);
  });

  it("N-07 a target that is not a path is refused", async () => {
    const { status, seen } = await ask({ path: "http://169.254.169.254/latest" });
    expect(status).toBe(400);
    expect(seen).toBeNull();
  });

  it("sends a browser to the one name of a local instance, and nowhere else", async () => {
    const local = { publicUrl: "http://localhost:3000" };
    const page = { accept: "text/html" };
    const redirected = await ask({ path: "/acme?x=1", headers: { ...page, host: "127.0.0.1:3000" } }, local);
    expect(redirected.status).toBe(307);
    expect(redirected.headers.location).toBe("http://localhost:3000/acme?x=1");
    const tricky = await ask({ path: "//evil.example", headers: { ...page, host: "127.0.0.1:3000" } }, local);
    expect(tricky.headers.location).toBe("http://localhost:3000//evil.example");
    for (const host of ["evil.example", "localhost:3000", "127.0.0.1:4000"]) {
      expect((await ask({ headers: { ...page, host } }, local)).status, host).toBe(200);
    }
    expect((await ask({ headers: { host: "127.0.0.1:3000" } }, local)).status, "not a page").toBe(200);
  });
});
