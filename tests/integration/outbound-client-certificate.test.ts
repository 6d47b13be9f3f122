import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ClientIdentity } from "@/lib/server/outbound/client-identity";
import type { Outbound } from "@/lib/server/outbound/send";
import { createAuthority, dayMs } from "@/tests/support/receiver/certificates";
import { startConnectProxy } from "@/tests/support/receiver/connect-proxy";
import { type MtlsServer, startMtlsServer } from "@/tests/support/receiver/mtls-server";
import { testOutbound, verdictOf } from "@/tests/support/receiver/outbound";
import { startReceiver } from "@/tests/support/receiver/receiver";
import { testAuthority } from "@/tests/support/receiver/tls-modes";

let caCertificates: string[];
let alice: ClientIdentity;
let bob: ClientIdentity;
const opened: (() => unknown)[] = [];

async function identity(name: string, id = name, options = {}): Promise<ClientIdentity> {
  const { cert, key } = await (await testAuthority()).issue({ names: [name], ...options });
  return { id, certificate: cert, key };
}

beforeAll(async () => {
  caCertificates = [(await testAuthority()).cert];
  alice = await identity("alice.example");
  bob = await identity("bob.example");
});

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openServer(options: Parameters<typeof startMtlsServer>[0] = {}): Promise<MtlsServer> {
  const server = await startMtlsServer(options);
  opened.push(() => server.close());
  return server;
}

function sender(extra: Parameters<typeof testOutbound>[0] = {}): Outbound {
  const outbound = testOutbound({ caCertificates, ...extra });
  opened.push(() => outbound.close());
  return outbound;
}

const send = (outbound: Outbound, url: string, who: ClientIdentity | null, endpoint = "") =>
  outbound.send({
    url,
    headers: [["x-endpoint", endpoint]],
    body: Buffer.from("{}"),
    timeoutMs: 5_000,
    identity: who,
  });

describe("R-36 mutual TLS", () => {
  it.each([undefined, "TLSv1.2"] as const)(
    "the certificate is shown, and the receiver lets it in (%s)",
    async (maxVersion) => {
      const server = await openServer({ ...(maxVersion ? { maxVersion } : {}) });
      const outbound = sender();
      expect(await send(outbound, server.url, alice)).toMatchObject({ status: 204 });
      expect(server.requests).toMatchObject([{ client: "alice.example" }]);
    },
  );

  it("without one, or with one that the receiver does not trust, the attempt fails and the body is not read", async () => {
    const server = await openServer();
    const stranger = await (await createAuthority("nobody")).issue({ names: ["mallory.example"] });
    const old = await identity("old.example", "old", {
      notBefore: new Date(Date.now() - 10 * dayMs),
      notAfter: new Date(Date.now() - dayMs),
    });
    const outbound = sender();
    const refused = [
      await send(outbound, server.url, { id: "m", certificate: stranger.cert, key: stranger.key }),
      await send(outbound, server.url, old),
      await send(outbound, server.url, null),
    ];
    // With a certificate that it does not trust, Node's server closes the connection without an alert.
    expect(refused.map(verdictOf)).toEqual(["connection_closed", "connection_closed", "tls_error"]);
    expect(refused[2]).toMatchObject({ message: expect.stringContaining("asks for a client certificate") });
    expect(server.requests).toEqual([]);
  });

  it("goes through the egress proxy, end to end", async () => {
    const server = await openServer();
    for (const tls of [undefined, "good"] as const) {
      const proxy = await startConnectProxy({ tls });
      opened.push(() => proxy.close());
      const outbound = sender({ proxy: proxy.settings });
      expect(verdictOf(await send(outbound, server.url, alice))).toBe(204);
      expect(proxy.targets()).toEqual([`127.0.0.1:${server.port}`]);
    }
    expect(server.requests.map(({ client }) => client)).toEqual(["alice.example", "alice.example"]);
  });

  it("nothing is sent where it could not be shown: plain http, and our own Inbox behind a proxy", async () => {
    const plain = await startReceiver();
    opened.push(() => plain.close());
    const origin = "https://hooks.example.com";
    const outbound = sender({ selfInbox: { origin, address: "127.0.0.1", port: plain.port } });
    const other = await startReceiver();
    opened.push(() => other.close());
    for (const url of [`${other.url}/ok`, `${origin}/inbox/abc`]) {
      const result = await send(outbound, url, alice);
      expect(result).toMatchObject({ errorClass: "tls_error", bytesWritten: false });
      expect(result).toMatchObject({ message: expect.stringContaining("is not TLS") });
    }
    expect(plain.connections() + other.connections()).toBe(0);
  });

  it("a key that OpenSSL refuses fails the attempt without a word of the key", async () => {
    const server = await openServer();
    const broken = { ...alice, id: "broken", key: bob.key };
    const result = await send(sender(), server.url, broken);
    expect(result).toMatchObject({
      errorClass: "tls_error",
      message: "TLS: the client certificate cannot be used.",
    });
    expect(server.connections()).toBe(0);
  });
});

describe("sockets and sessions of different certificates never mix", () => {
  const clients = () => [
    { endpoint: "alice.example", who: alice },
    { endpoint: "bob.example", who: bob },
    { endpoint: "", who: null },
  ];

  it("300 interleaved requests to one origin arrive with the certificate of their own endpoint", async () => {
    const server = await openServer({ optional: true });
    const outbound = sender({ maxConnectionsPerOrigin: 4 });
    const sent = Array.from({ length: 300 }, (_, n) => clients()[n % 3]).map(async (client) => {
      if (client) return verdictOf(await send(outbound, server.url, client.who, client.endpoint));
    });
    expect(new Set(await Promise.all(sent))).toEqual(new Set([204]));
    expect(server.requests).toHaveLength(300);
    for (const request of server.requests) expect(request.client ?? "").toBe(request.headers["x-endpoint"]);
    // The bound counts for each endpoint, and connections were reused within it.
    expect(server.connections()).toBeLessThanOrEqual(12);
  });

  it("a session is resumed for its own certificate only", async () => {
    const server = await openServer({ optional: true, keepAlive: false });
    const outbound = sender();
    for (let round = 0; round < 4; round++) {
      for (const { endpoint, who } of clients()) await send(outbound, server.url, who, endpoint);
    }
    for (const request of server.requests) expect(request.client ?? "").toBe(request.headers["x-endpoint"]);
    // Resumption happens at all, so that the line above says something.
    expect(server.requests.filter(({ resumed }) => resumed).length).toBeGreaterThan(0);
    expect(server.requests.slice(0, 3).map(({ resumed }) => resumed)).toEqual([false, false, false]);
  });

  it("two endpoints with the same certificate share no socket either", async () => {
    const server = await openServer();
    const outbound = sender();
    for (let n = 0; n < 3; n++) {
      await send(outbound, server.url, { ...alice, id: "ep_1" }, "ep_1");
      await send(outbound, server.url, { ...alice, id: "ep_2" }, "ep_2");
    }
    const byEndpoint = new Map<string, Set<number>>();
    for (const { headers, connection } of server.requests) {
      const name = headers["x-endpoint"] ?? "";
      byEndpoint.set(name, (byEndpoint.get(name) ?? new Set()).add(connection));
    }
    expect([...byEndpoint.values()].map((set) => set.size)).toEqual([1, 1]);
    expect(server.connections()).toBe(2);
  });

  it("a replaced certificate is shown at once, although a socket with the old one is open", async () => {
    const server = await openServer();
    const outbound = sender();
    const renewed = await identity("alice-2027.example", "alice-2");
    await send(outbound, server.url, alice);
    await send(outbound, server.url, renewed);
    expect(server.requests.map(({ client }) => client)).toEqual(["alice.example", "alice-2027.example"]);
  });
});
