import net from "node:net";
import os from "node:os";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Outbound } from "@/lib/server/outbound/send";
import { forbiddenHosts } from "@/tests/support/receiver/address-arbitraries";
import { startDns } from "@/tests/support/receiver/dns";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { post, testOutbound, verdictOf } from "@/tests/support/receiver/outbound";
import { type Receiver, startReceiver } from "@/tests/support/receiver/receiver";

let receiver: Receiver;
let outbound: Outbound;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(() => receiver.close());

afterEach(() => {
  outbound.close();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("the guard opens no socket", () => {
  it("S-22 to 2,000 forbidden addresses in random spellings", async () => {
    outbound = testOutbound({ allow: "", allowHttp: true });
    const connect = vi.spyOn(net, "connect");
    await fc.assert(
      fc.asyncProperty(forbiddenHosts, fc.constantFrom("http", "https"), async (host, scheme) => {
        const result = await post(outbound, `${scheme}://${host}/`);
        expect(verdictOf(result)).toBe("target_not_allowed");
      }),
      { numRuns: 2_000 },
    );
    expect(connect).not.toHaveBeenCalled();
    expect(outbound.openSockets()).toBe(0);
  });

  it("S-16 S-17 whether the forbidden port is open, closed or filtered: the answer is the same, and nothing is read", async () => {
    outbound = testOutbound({ allow: "", allowHttp: true });
    const closed = await startReceiver();
    await closed.close();
    const connect = vi.spyOn(net, "connect");
    const open = await post(outbound, `${receiver.url}/ok?body=canary`);
    const texts = [
      open,
      await post(outbound, `${closed.url}/ok`),
      await post(outbound, "http://127.0.0.1:9/"),
    ].map((result) => (result.outcome === "error" ? [result.errorClass, result.message] : []));
    expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(1);
    expect(JSON.stringify(open)).not.toContain("canary");
    expect(connect).not.toHaveBeenCalled();
    expect(receiver.connections()).toBe(0);
  });

  it.each(["127.0.0.1.", "[::1%25lo]", "localhost.", "0", "0x7f.1", "[::ffff:127.0.0.1]", "user@127.0.0.1"])(
    "S-27 to the host %s",
    async (host) => {
      outbound = testOutbound({ allow: "", allowHttp: true });
      const connect = vi.spyOn(net, "connect");
      expect(verdictOf(await post(outbound, `http://${host}/`))).toBe("target_not_allowed");
      expect(connect).not.toHaveBeenCalled();
    },
  );

  it("when the peer is not the address that was vetted", async () => {
    outbound = testOutbound();
    const connect = net.connect;
    vi.spyOn(net, "connect").mockImplementation((...args: Parameters<typeof net.connect>) =>
      Object.defineProperty(connect(...args), "remoteAddress", { get: () => "10.0.0.1" }),
    );
    const result = await post(outbound, `${receiver.url}/ok`);
    expect(verdictOf(result)).toBe("target_not_allowed");
    expect(receiver.heads).toHaveLength(0);
  });
});

describe("redirects", () => {
  it.each([301, 302, 303, 307, 308])(
    "S-10 R-02 a %i is the result, and its target is never contacted",
    async (code) => {
      outbound = testOutbound();
      const other = await startReceiver();
      const to = encodeURIComponent(`${other.url}/ok`);
      const result = await post(outbound, `${receiver.url}/redirect?to=${to}&code=${code}`);
      expect(result).toMatchObject({ outcome: "response", status: code });
      expect(result.outcome === "response" && result.headers).toContainEqual(["location", `${other.url}/ok`]);
      expect(other.connections()).toBe(0);
      await other.close();
    },
  );

  it("S-11 a redirect on the same host is one request, too", async () => {
    outbound = testOutbound();
    for (const path of ["/redirect-loop", "/redirect?to=/ok&code=307"]) {
      const before = receiver.requests.length;
      const result = await post(outbound, receiver.url + path);
      expect(result.outcome === "response" && result.status >= 300 && result.status < 400).toBe(true);
      expect(receiver.requests).toHaveLength(before + 1);
    }
  });
});

describe("the environment", () => {
  it("S-19 S-20 proxy variables change nothing", async () => {
    const proxy = await startReceiver();
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]) {
      vi.stubEnv(name, proxy.url);
    }
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    outbound = testOutbound();
    expect(verdictOf(await post(outbound, `${receiver.url}/ok`))).toBe(200);
    expect(verdictOf(await post(outbound, "http://10.0.0.1/"))).toBe("target_not_allowed");
    expect(proxy.connections()).toBe(0);
    await proxy.close();
  });

  it("S-18 an allow-listed block passes, everything else stays refused", async () => {
    outbound = testOutbound({ allow: "127.0.0.1/32" });
    expect(verdictOf(await post(outbound, `${receiver.url}/ok`))).toBe(200);
    expect(verdictOf(await post(outbound, `http://127.0.0.2:${receiver.port}/ok`))).toBe(
      "target_not_allowed",
    );
    expect(verdictOf(await post(outbound, "http://169.254.169.254/"))).toBe("target_not_allowed");
  });
});

describe("our own origin", () => {
  it("an inbox address is reached on the local port, under its public name; nothing else of us is", async () => {
    const origin = "https://hooks.example.com";
    const selfInbox = { origin, address: "127.0.0.1", port: receiver.port };
    outbound = testOutbound({ allow: "", selfInbox });
    const before = receiver.requests.length;
    // The receiver stands for this process's own server; it knows no `/inbox`, so its answer is 404.
    expect(verdictOf(await post(outbound, `${origin}/inbox/abc`))).toBe(404);
    const request = receiver.requests[before];
    expect(request?.target).toBe("/inbox/abc");
    expect(request && headerOf(request, "host")).toBe("hooks.example.com");
    await expect(outbound.checkUrl(`${origin}/inbox/abc`)).resolves.toMatchObject({
      outcome: "allowed",
      warning: null,
    });
    expect(verdictOf(await post(outbound, `${origin}/api/v1/events`))).toBe("target_not_allowed");
    expect(receiver.requests).toHaveLength(before + 1);
  });

  it.each(["127.0.0.2", "::1"])(
    "an inbox is dialled at %s when the server listens there",
    async (address) => {
      const own = await startReceiver({ host: address });
      const origin = "https://hooks.example.com";
      outbound = testOutbound({ allow: "", selfInbox: { origin, address, port: own.port } });
      expect(await post(outbound, `${origin}/inbox/abc`)).toMatchObject({
        status: 404,
        resolvedAddress: address,
      });
      expect(own.requests.map((request) => request.target)).toEqual(["/inbox/abc"]);
      await own.close();
    },
  );

  it("our own port is closed at every address of this machine, even when its network is allow-listed", async () => {
    outbound = testOutbound({
      allow: "10.0.0.0/8,fd00::/8",
      selfInbox: { origin: "https://hooks.example.com", address: "10.1.2.3", port: receiver.port },
    });
    const face = { netmask: "", mac: "", internal: false, cidr: null };
    vi.spyOn(os, "networkInterfaces").mockReturnValue({
      lan0: [
        { ...face, family: "IPv4", address: "10.1.2.3" },
        { ...face, family: "IPv6", address: "fd00:0:0::3", scopeid: 0 },
      ],
    });
    const connect = vi.spyOn(net, "connect");
    for (const host of ["10.1.2.3", "[fd00::3]"]) {
      const verdict = verdictOf(await post(outbound, `http://${host}:${receiver.port}/inbox/abc`));
      expect([host, verdict]).toEqual([host, "target_not_allowed"]);
    }
    expect(connect).not.toHaveBeenCalled();
    await expect(outbound.checkUrl(`http://10.1.2.3:${receiver.port + 1}/`)).resolves.toMatchObject({
      outcome: "allowed",
    });
    await expect(outbound.checkUrl(`http://10.1.2.4:${receiver.port}/`)).resolves.toMatchObject({
      outcome: "allowed",
    });
  });

  it("our own port is closed under every other name, even when loopback is allow-listed", async () => {
    const dns = await startDns();
    outbound = testOutbound({
      selfInbox: { origin: "https://hooks.example.com", address: "127.0.0.1", port: receiver.port },
      dns: { servers: [dns.server], hostsFile: "/nonexistent" },
      allowHttp: true,
    });
    const before = receiver.connections();
    for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "is-127-0-0-1.rb.test"]) {
      const url = `http://${host}:${receiver.port}/inbox/abc`;
      expect([host, verdictOf(await post(outbound, url))]).toEqual([host, "target_not_allowed"]);
      expect((await outbound.checkUrl(url)).outcome).toBe("refused");
    }
    expect(receiver.connections()).toBe(before);
    await dns.close();
  });
});

describe("what is sent", () => {
  it("H-03 H-04 headers arrive once, in order, and names of the connection cannot be replaced", async () => {
    outbound = testOutbound();
    const before = receiver.requests.length;
    await post(outbound, `${receiver.url}/ok`, {
      id: "evt_headers",
      headers: [
        ["Host", "evil.example"],
        ["Connection", "close"],
        ["Content-Length", "0"],
        ["X-Key", "café"],
      ],
      body: Buffer.from('{"a":1}'),
    });
    const request = receiver.requests[before];
    expect(request?.rawHeaders).toEqual([
      ["host", `127.0.0.1:${receiver.port}`],
      ["connection", "keep-alive"],
      ["content-type", "application/json"],
      ["webhook-id", "evt_headers"],
      ["X-Key", "café"],
      ["content-length", "7"],
    ]);
  });

  it("the bytes of the body arrive unchanged", async () => {
    outbound = testOutbound();
    for (const body of [Buffer.alloc(0), Buffer.from([0, 255, 128, 10, 13]), Buffer.alloc(300_000, "ü")]) {
      const before = receiver.requests.length;
      await post(outbound, `${receiver.url}/ok`, { body });
      expect(receiver.requests[before]?.body.equals(body)).toBe(true);
    }
  });

  it("H-01 a header that cannot be sent fails the attempt, not the process", async () => {
    outbound = testOutbound();
    const result = await post(outbound, `${receiver.url}/ok`, { headers: [["x-bad", "a\r\nb: c"]] });
    expect(result).toMatchObject({ outcome: "error", errorClass: "internal_error", bytesWritten: false });
    expect(verdictOf(await post(outbound, `${receiver.url}/ok`))).toBe(200);
  });
});
