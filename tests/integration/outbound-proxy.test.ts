import net from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Outbound } from "@/lib/server/outbound/send";
import { forbiddenHosts } from "@/tests/support/receiver/address-arbitraries";
import { type ConnectProxy, type ProxyMode, startConnectProxy } from "@/tests/support/receiver/connect-proxy";
import { type DnsServer, startDns } from "@/tests/support/receiver/dns";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { post, testOutbound, verdictOf } from "@/tests/support/receiver/outbound";
import { type Receiver, startReceiver } from "@/tests/support/receiver/receiver";
import { testAuthority } from "@/tests/support/receiver/tls-modes";

const NAME = "hook.is-93-184-216-34.rb.test";
const PUBLIC = "93.184.216.34";
const TLS_MODES = [undefined, "good"] as const;

let dns: DnsServer;
/** A receiver with a certificate for NAME, and one without TLS. */
let secure: Receiver;
let plain: Receiver;
let caCertificates: string[];
const opened: (() => unknown)[] = [];

beforeAll(async () => {
  dns = await startDns();
  secure = await startReceiver({ tls: "good", names: [NAME, "127.0.0.1"] });
  plain = await startReceiver();
  caCertificates = [(await testAuthority()).cert];
});

afterAll(async () => {
  await dns.close();
  await secure.close();
  await plain.close();
});

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  for (const receiver of [secure, plain]) {
    receiver.requests.length = 0;
    receiver.heads.length = 0;
  }
  vi.restoreAllMocks();
});

async function openProxy(options: Parameters<typeof startConnectProxy>[0] = {}): Promise<ConnectProxy> {
  const proxy = await startConnectProxy({
    // The proxy stands for the way into the internet: public addresses lead to our receivers.
    lead: (host, port) => (host.startsWith("127.") ? null : { host: "127.0.0.1", port }),
    ...options,
  });
  opened.push(() => proxy.close());
  return proxy;
}

/** A sender that may call public addresses only, through the proxy. */
function sender(proxy: ConnectProxy, extra: Parameters<typeof testOutbound>[0] = {}): Outbound {
  const outbound = testOutbound({
    allow: "",
    allowHttp: true,
    caCertificates,
    proxy: proxy.settings,
    dns: { servers: [dns.server], hostsFile: "/nonexistent" },
    ...extra,
  });
  opened.push(() => outbound.close());
  return outbound;
}

describe("S-19 the proxy that the operator has set", () => {
  it.each(TLS_MODES)(
    "is asked for the vetted address, while SNI, certificate and Host keep the name (proxy TLS: %s)",
    async (tls) => {
      const proxy = await openProxy({ tls });
      const outbound = sender(proxy);
      const url = `https://${NAME}:${secure.port}/ok`;
      const result = await post(outbound, url, { body: Buffer.from('{"a":1}') });
      expect(result).toMatchObject({
        outcome: "response",
        status: 200,
        resolvedAddress: PUBLIC,
        tlsVersion: "TLSv1.3",
        timings: { dnsMs: expect.any(Number), connectMs: expect.any(Number), tlsMs: expect.any(Number) },
      });
      expect(proxy.heads).toEqual([
        `CONNECT ${PUBLIC}:${secure.port} HTTP/1.1\r\nHost: ${PUBLIC}:${secure.port}`,
      ]);
      expect(proxy.heads.join()).not.toContain("rb.test");
      const [request] = secure.requests;
      expect(request && headerOf(request, "host")).toBe(`${NAME}:${secure.port}`);
      expect(request?.body.toString()).toBe('{"a":1}');
    },
  );

  it.each(TLS_MODES)("keeps its tunnels for the next request (proxy TLS: %s)", async (tls) => {
    const proxy = await openProxy({ tls });
    const outbound = sender(proxy);
    for (let n = 0; n < 5; n++) {
      expect(verdictOf(await post(outbound, `https://${NAME}:${secure.port}/ok`))).toBe(200);
    }
    expect(proxy.connections()).toBe(1);
    outbound.close();
    await vi.waitFor(() => expect(proxy.openSockets()).toBe(0));
  });

  it("is asked for a tunnel for plain http as well, and gets no request in absolute form", async () => {
    const proxy = await openProxy();
    const outbound = sender(proxy);
    expect(verdictOf(await post(outbound, `http://${NAME}:${plain.port}/ok`))).toBe(200);
    expect(proxy.targets()).toEqual([`${PUBLIC}:${plain.port}`]);
    expect(plain.requests.map((request) => request.target)).toEqual(["/ok"]);
  });

  it("gets IPv6 addresses in brackets", async () => {
    const proxy = await openProxy();
    const outbound = sender(proxy);
    expect(verdictOf(await post(outbound, `http://[2606:2800:220:1::1]:${plain.port}/ok`))).toBe(200);
    expect(proxy.targets()).toEqual([`[2606:2800:220:1::1]:${plain.port}`]);
  });

  it.each(TLS_MODES)(
    "is given its credentials, which no receiver and no error text gets to see (proxy TLS: %s)",
    async (tls) => {
      const credentials = { user: "sign post", password: "p@ss:wörd/%" };
      const proxy = await openProxy({ tls, credentials });
      expect(verdictOf(await post(sender(proxy), `https://${NAME}:${secure.port}/ok`))).toBe(200);
      expect(JSON.stringify(secure.requests[0]?.rawHeaders).toLowerCase()).not.toContain("proxy");
      const without = sender(proxy, { proxy: { ...proxy.settings, authorization: "Basic d3Jvbmc=" } });
      const result = await post(without, `https://${NAME}:${secure.port}/ok`);
      expect(result).toMatchObject({ errorClass: "proxy_error", bytesWritten: false });
      expect(result.outcome === "error" && result.message).toContain("407");
      expect(JSON.stringify(result)).not.toContain("d3Jvbmc");
      expect(secure.requests).toHaveLength(1);
    },
  );

  it("is found by its own name, also on a private address that no endpoint may have", async () => {
    const proxy = await openProxy({ host: "proxy.is-127-0-0-1.rb.test" });
    const outbound = sender(proxy);
    expect(verdictOf(await post(outbound, `https://${NAME}:${secure.port}/ok`))).toBe(200);
    expect(verdictOf(await post(outbound, `http://proxy.is-127-0-0-1.rb.test:${proxy.port}/`))).toBe(
      "target_not_allowed",
    );
  });

  it("is not in the way of our own Inbox", async () => {
    const proxy = await openProxy();
    const origin = "https://hooks.example.com";
    const outbound = sender(proxy, { selfInbox: { origin, address: "127.0.0.1", port: plain.port } });
    expect(verdictOf(await post(outbound, `${origin}/inbox/abc`))).toBe(404);
    expect(proxy.connections()).toBe(0);
  });

  it("moves on to the next vetted address when it cannot reach one", async () => {
    const proxy = await openProxy({
      lead: (host, port) => ({ host: "127.0.0.1", port: host === "93.184.216.34" ? 1 : port }),
    });
    const outbound = sender(proxy);
    const url = `http://both-93-184-216-34-and-93-184-216-35.rb.test:${plain.port}/ok`;
    expect(await post(outbound, url)).toMatchObject({ status: 200, resolvedAddress: "93.184.216.35" });
    expect(proxy.targets()).toEqual([`93.184.216.34:${plain.port}`, `93.184.216.35:${plain.port}`]);
  });
});

describe("the guard decides before the proxy is asked", () => {
  it("S-22 500 forbidden addresses in random spellings: no connection to the proxy", async () => {
    const proxy = await openProxy();
    const outbound = sender(proxy);
    const connect = vi.spyOn(net, "connect");
    await fc.assert(
      fc.asyncProperty(forbiddenHosts, fc.constantFrom("http", "https"), async (host, scheme) => {
        expect(verdictOf(await post(outbound, `${scheme}://${host}/`))).toBe("target_not_allowed");
      }),
      { numRuns: 500 },
    );
    expect(connect).not.toHaveBeenCalled();
    expect(proxy.connections()).toBe(0);
  });

  it.each([
    ["S-01", "is-127-0-0-1"],
    ["S-01", "is-169-254-169-254"],
    ["S-02", "cname-10-0-0-1"],
    ["S-05", "both-93-184-216-34-and-127-0-0-1"],
    ["S-07", "mapped"],
  ])("%s %s.rb.test is refused", async (_row, label) => {
    const own = await startDns({ records: { "mapped.rb.test": { aaaa: ["::ffff:127.0.0.1"] } } });
    opened.push(() => own.close());
    const proxy = await openProxy();
    const outbound = sender(proxy, { dns: { servers: [own.server], hostsFile: "/nonexistent" } });
    const result = await post(outbound, `https://${label}.rb.test/`);
    expect(result).toMatchObject({ errorClass: "target_not_allowed", bytesWritten: false });
    expect(proxy.connections()).toBe(0);
    expect((await outbound.checkUrl(`https://${label}.rb.test/`)).outcome).toBe("refused");
  });

  it("S-03 S-04 a name that changes its mind: the proxy is only ever asked for the public address", async () => {
    const proxy = await openProxy({ lead: (_host, port) => ({ host: "127.0.0.1", port }) });
    const outbound = sender(proxy);
    const verdicts = new Set<number | string>();
    for (let n = 0; n < 200; n++) {
      for (const label of ["toggle-93-184-216-34-and-127-0-0-1", "flip-93-184-216-34-to-127-0-0-1"]) {
        verdicts.add(verdictOf(await post(outbound, `http://${n}.${label}.rb.test:${plain.port}/ok`)));
        // A second socket for the same name resolves again and is vetted again.
        verdicts.add(verdictOf(await post(outbound, `http://${n}.${label}.rb.test:${plain.port}/close`)));
      }
    }
    expect(new Set(proxy.targets())).toEqual(new Set([`${PUBLIC}:${plain.port}`]));
    expect([...verdicts].sort()).toEqual([200, "connection_closed"].sort());
  });

  it("S-12 a new tunnel is vetted anew, the open one stays where it leads", async () => {
    const proxy = await openProxy();
    const outbound = sender(proxy);
    const url = (path: string) => `http://s12.flip-93-184-216-34-to-127-0-0-1.rb.test:${plain.port}${path}`;
    expect(verdictOf(await post(outbound, url("/ok")))).toBe(200);
    expect(verdictOf(await post(outbound, url("/ok")))).toBe(200);
    expect(verdictOf(await post(outbound, url("/close")))).toBe("connection_closed");
    expect(verdictOf(await post(outbound, url("/ok")))).toBe("target_not_allowed");
    expect(proxy.connections()).toBe(1);
  });

  it("our own port stays closed, even where the operator has listed loopback", async () => {
    const proxy = await openProxy();
    const selfInbox = { origin: "https://hooks.example.com", address: "127.0.0.1", port: plain.port };
    const outbound = sender(proxy, { allow: "127.0.0.0/8", selfInbox });
    for (const host of ["127.0.0.1", "127.9.9.9", "is-127-0-0-1.rb.test"]) {
      expect(verdictOf(await post(outbound, `http://${host}:${plain.port}/`))).toBe("target_not_allowed");
    }
    expect(proxy.connections()).toBe(0);
  });

  it("S-10 a redirect through the proxy is the result, and nobody is asked for its target", async () => {
    const proxy = await openProxy();
    const outbound = sender(proxy);
    const url = `http://${NAME}:${plain.port}/redirect?to=${encodeURIComponent("http://169.254.169.254/")}&code=307`;
    expect(verdictOf(await post(outbound, url))).toBe(307);
    expect(proxy.targets()).toEqual([`${PUBLIC}:${plain.port}`]);
  });
});

describe("a proxy that fails is a proxy_error, and nothing reaches the receiver", () => {
  const cases: [ProxyMode, RegExp][] = [
    [403, /does not let this target through \(403\)/],
    [407, /refused its credentials/],
    [502, /could not reach the receiver \(502\)/],
    [302, /answered 302/],
    ["close", /closed the connection/],
    ["reset", /closed the connection|cannot be reached/],
    ["not-http", /does not answer in HTTP/],
    ["huge-head", /too large/],
    ["staged-answer", /before the receiver was asked/],
    ["hang", /in time/],
    ["drip", /in time/],
  ];
  describe.each(TLS_MODES)("proxy TLS: %s", (tls) => {
    it.each(cases)("%s", async (mode, words) => {
      const proxy = await openProxy({ mode, tls });
      const outbound = sender(proxy);
      for (const url of [`https://${NAME}:${secure.port}/ok`, `http://${NAME}:${plain.port}/ok`]) {
        const result = await post(outbound, url, { connectTimeoutMs: 400, timeoutMs: 20_000 });
        expect(result).toMatchObject({ outcome: "error", errorClass: "proxy_error", bytesWritten: false });
        const message = result.outcome === "error" ? result.message : "";
        expect(message).toMatch(words);
        // A tenant must not learn where the proxy is or what it said in its headers.
        expect(message).not.toMatch(/127\.0\.0\.1|10\.9\.8\.7|:\d{4}/);
        expect(result.timings.totalMs).toBeLessThan(1_500);
      }
      expect(secure.heads).toEqual([]);
      expect(plain.heads).toEqual([]);
      expect(outbound.openSockets()).toBe(0);
    });
  });

  it("a proxy that is not there, has no name, or nobody trusts", async () => {
    const gone = await startConnectProxy();
    await gone.close();
    const nameless = { ...gone.settings, host: "nxdomain.rb.test" };
    const selfsigned = await openProxy({ tls: "selfsigned" });
    const wronghost = await openProxy({ tls: "wronghost" });
    const expected: [ConnectProxy["settings"], RegExp][] = [
      [gone.settings, /cannot be reached/],
      [nameless, /does not resolve/],
      [selfsigned.settings, /cannot be trusted: the certificate is self-signed/],
      [wronghost.settings, /cannot be trusted: the certificate is for another host name/],
    ];
    for (const [settings, words] of expected) {
      const outbound = sender(selfsigned, { proxy: settings });
      const result = await post(outbound, `https://${NAME}:${secure.port}/ok`);
      expect(result).toMatchObject({ errorClass: "proxy_error", bytesWritten: false });
      expect(result.outcome === "error" && result.message).toMatch(words);
    }
    expect([selfsigned.heads, wronghost.heads]).toEqual([[], []]);
  });

  it("the deadline of the attempt bounds a proxy that hangs, and says that it was the proxy", async () => {
    const proxy = await openProxy({ mode: "hang" });
    const result = await post(sender(proxy), `https://${NAME}:${secure.port}/ok`, { timeoutMs: 250 });
    expect(result).toMatchObject({ errorClass: "proxy_error", bytesWritten: false });
    expect(result.timings.totalMs).toBeLessThan(1_000);
  });

  it("S-21 one that leads elsewhere meets the certificate check, and the body is never read there", async () => {
    const other = await startReceiver({ tls: "good", names: ["other.example"] });
    opened.push(() => other.close());
    const untrusted = await startReceiver({ tls: "selfsigned", names: [NAME] });
    opened.push(() => untrusted.close());
    for (const receiver of [other, untrusted]) {
      const proxy = await openProxy({ lead: () => ({ host: "127.0.0.1", port: receiver.port }) });
      const result = await post(sender(proxy), `https://${NAME}:${secure.port}/ok`);
      expect(result).toMatchObject({ errorClass: "tls_error", bytesWritten: false, resolvedAddress: PUBLIC });
      expect(receiver.heads).toEqual([]);
    }
  });

  it("a receiver that stalls behind a working proxy is not the proxy's fault", async () => {
    const stalled = await startReceiver({ tls: "stall" });
    opened.push(() => stalled.close());
    const proxy = await openProxy({ lead: () => ({ host: "127.0.0.1", port: stalled.port }) });
    const result = await post(sender(proxy), `https://${NAME}:${secure.port}/ok`, { connectTimeoutMs: 250 });
    expect(verdictOf(result)).toBe("connect_timeout");
    const late = await post(sender(proxy), `https://${NAME}:${secure.port}/ok`, { timeoutMs: 250 });
    expect(verdictOf(late)).toBe("connect_timeout");
  });
});
