import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startConnectProxy } from "@/tests/support/receiver/connect-proxy";
import { startDns } from "@/tests/support/receiver/dns";
import { post, testOutbound, verdictOf } from "@/tests/support/receiver/outbound";

const opened: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

/** A server that answers 204 and remembers from where it was called. */
async function openServer(host = "127.0.0.1") {
  const callers: string[] = [];
  const server = net.createServer((socket) => {
    callers.push(socket.remoteAddress ?? "");
    socket.on("error", () => undefined);
    socket.on("data", () => socket.write("HTTP/1.1 204 No Content\r\n\r\n"));
  });
  server.listen(0, host);
  await once(server, "listening");
  opened.push(() => server.close());
  return { callers, port: (server.address() as AddressInfo).port };
}

function sender(options: Parameters<typeof testOutbound>[0]) {
  const outbound = testOutbound({ allow: "127.0.0.0/8,::1", ...options });
  opened.push(() => outbound.close());
  return outbound;
}

describe("SIGNPOST_LOCAL_ADDRESS", () => {
  it("is where the receiver is called from, for each family", async () => {
    const v4 = await openServer();
    const v6 = await openServer("::1");
    const outbound = sender({ local: { ipv4: "127.0.0.5", ipv6: "::1" } });
    expect(verdictOf(await post(outbound, `http://127.0.0.1:${v4.port}/`))).toBe(204);
    expect(verdictOf(await post(outbound, `http://[::1]:${v6.port}/`))).toBe(204);
    expect([v4.callers, v6.callers]).toEqual([["127.0.0.5"], ["::1"]]);
  });

  it("leaves out addresses of a family that it does not name, and never sends from another address", async () => {
    const server = await openServer();
    const dns = await startDns({ records: { "both.rb.test": { a: ["127.0.0.1"], aaaa: ["::1"] } } });
    opened.push(() => dns.close());
    const resolver = { servers: [dns.server], hostsFile: "/nonexistent" };
    const connect = vi.spyOn(net, "connect");
    const outbound = sender({ local: { ipv4: "127.0.0.5", ipv6: null }, allowHttp: true, dns: resolver });
    expect(verdictOf(await post(outbound, `http://both.rb.test:${server.port}/`))).toBe(204);
    const dialled = () =>
      connect.mock.calls.map(([options]) => (options as unknown as { host: string }).host);
    expect(dialled()).toEqual(["127.0.0.1"]);
    const result = await post(outbound, `http://[::1]:${server.port}/`);
    expect(result).toMatchObject({
      errorClass: "network_error",
      message: expect.stringContaining("IPv4 only"),
    });
    expect(dialled()).toEqual(["127.0.0.1"]);
  });

  it("is where the egress proxy is called from, while the target may be of the other family", async () => {
    const v6 = await openServer("::1");
    const proxy = await startConnectProxy();
    opened.push(() => proxy.close());
    const connect = vi.spyOn(net, "connect");
    const outbound = sender({ local: { ipv4: "127.0.0.5", ipv6: null }, proxy: proxy.settings });
    expect(verdictOf(await post(outbound, `http://[::1]:${v6.port}/`))).toBe(204);
    expect(connect.mock.calls[0]?.[0]).toMatchObject({ localAddress: "127.0.0.5", port: proxy.port });
    const wrong = sender({ local: { ipv4: null, ipv6: "::1" }, proxy: proxy.settings });
    expect(verdictOf(await post(wrong, `http://[::1]:${v6.port}/`))).toBe("proxy_error");
  });

  it("does not bind the way to our own Inbox", async () => {
    const own = await openServer();
    const origin = "https://hooks.example.com";
    const selfInbox = { origin, address: "127.0.0.1", port: own.port };
    const outbound = sender({ local: { ipv4: "127.0.0.5", ipv6: null }, selfInbox });
    expect(verdictOf(await post(outbound, `${origin}/inbox/abc`))).toBe(204);
    expect(own.callers).toEqual(["127.0.0.1"]);
  });

  it("that this machine does not have fails the attempt in words, without naming it", async () => {
    const server = await openServer();
    const outbound = sender({ local: { ipv4: "203.0.113.77", ipv6: null } });
    const result = await post(outbound, `http://127.0.0.1:${server.port}/`);
    expect(result).toMatchObject({ errorClass: "network_error", bytesWritten: false });
    expect(result.outcome === "error" && result.message).toContain("cannot send from the address");
    expect(JSON.stringify(result)).not.toContain("203.0.113.77");
    expect(server.callers).toEqual([]);
  });
});
