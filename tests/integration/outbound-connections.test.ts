import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Outbound } from "@/lib/server/outbound/send";
import { answer } from "@/tests/support/receiver/answer";
import { startDns } from "@/tests/support/receiver/dns";
import { headerOf, type ReceivedRequest, readRequests } from "@/tests/support/receiver/http-reader";
import { post, testOutbound, verdictOf } from "@/tests/support/receiver/outbound";
import { type Receiver, startReceiver } from "@/tests/support/receiver/receiver";

const opened: { outbound: Outbound; stop: () => Promise<unknown> }[] = [];

afterEach(async () => {
  for (const { outbound, stop } of opened.splice(0)) {
    outbound.close();
    await stop();
  }
});

async function open(
  options: Parameters<typeof testOutbound>[0] = {},
): Promise<{ outbound: Outbound; receiver: Receiver }> {
  const receiver = await startReceiver();
  const outbound = testOutbound(options);
  opened.push({ outbound, stop: () => receiver.close() });
  return { outbound, receiver };
}

/** A server that does `react` after each request; for behaviours that need the socket's whole life. */
async function openServer(react: (socket: net.Socket, request: ReceivedRequest) => void) {
  const requests: ReceivedRequest[] = [];
  let connections = 0;
  const server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    readRequests(socket, ++connections, {
      onHead: () => "read-body",
      onRequest: (request) => {
        requests.push(request);
        react(socket, request);
      },
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const outbound = testOutbound();
  opened.push({ outbound, stop: () => new Promise((resolve) => server.close(resolve)) });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { outbound, url, requests, connections: () => connections };
}

describe("connections", () => {
  it("R-39 a closed port is connection_refused", async () => {
    const { outbound, receiver } = await open();
    await receiver.close();
    const result = await post(outbound, `${receiver.url}/ok`);
    expect(result).toMatchObject({
      outcome: "error",
      errorClass: "connection_refused",
      bytesWritten: false,
      resolvedAddress: "127.0.0.1",
    });
  });

  it("R-39 an unreachable address ends at the connect deadline at the latest", async () => {
    const { outbound } = await open({ allow: "192.0.2.1/32" });
    const result = await post(outbound, "http://192.0.2.1/", { connectTimeoutMs: 200, timeoutMs: 60_000 });
    expect(["connect_timeout", "network_error", "connection_refused"]).toContain(verdictOf(result));
    expect(result).toMatchObject({ bytesWritten: false });
  });

  it("R-27 trailing bytes after an answer do not answer the next request", async () => {
    const { outbound, receiver } = await open();
    expect(verdictOf(await post(outbound, `${receiver.url}/cl-short`))).toBe(200);
    expect(verdictOf(await post(outbound, `${receiver.url}/ok`))).toBe(200);
    expect(receiver.requests.map((request) => request.connection)).toEqual([1, 2]);
  });

  it.each(["/prestage/410", "/prestage/410?after=30"])(
    "R-40 an answer staged by %s is never taken as the next one",
    async (path) => {
      const { outbound, receiver } = await open();
      expect(verdictOf(await post(outbound, receiver.url + path))).toBe(200);
      await expect.poll(() => outbound.openSockets()).toBe(0);
      expect(verdictOf(await post(outbound, `${receiver.url}/ok`))).toBe(200);
    },
  );

  it("R-40 nor when the next request is already waiting for that connection", async () => {
    const { outbound, receiver } = await open({ maxConnectionsPerOrigin: 1 });
    const verdicts = await Promise.all(
      ["/prestage/410", "/ok", "/ok"].map((path) => post(outbound, receiver.url + path)),
    );
    expect(verdicts.map(verdictOf)).toEqual([200, 200, 200]);
  });

  it("R-41 a receiver that announces its idle limit is not raced: every attempt succeeds", async () => {
    const { outbound, url, connections } = await openServer((socket) => {
      answer(socket, 200, "ok", [["keep-alive", "timeout=1"]]);
      socket.end();
    });
    for (let i = 0; i < 50; i++) expect(verdictOf(await post(outbound, url))).toBe(200);
    expect(connections()).toBe(50);
  });

  it("R-41 a receiver that just closes never gets a request twice, and only its own closing fails one", async () => {
    const { outbound, url, requests } = await openServer((socket) => {
      answer(socket, 200, "ok");
      socket.end();
    });
    const outcomes: (number | string)[] = [];
    for (let i = 0; i < 100; i++) outcomes.push(verdictOf(await post(outbound, url, { id: `evt_${i}` })));
    const ids = requests.map((request) => headerOf(request, "webhook-id"));
    expect(new Set(ids).size).toBe(ids.length);
    const failed = outcomes.filter((outcome) => outcome !== 200);
    expect(
      failed.filter((outcome) => outcome !== "connection_closed" && outcome !== "connection_reset"),
    ).toEqual([]);
    expect(failed.length).toBeLessThan(10);
  });

  it("R-42 sockets stay within the limit over 1,000 requests of all kinds, and none is left", async () => {
    const { outbound, receiver } = await open({ maxConnectionsPerOrigin: 8 });
    const paths = ["/ok/204", "/ok", "/huge/100", "/empty-204-body", "/500", "/close", "/huge/10"];
    let most = 0;
    const worker = async (name: number) => {
      for (let i = 0; i < 50; i++) {
        await post(outbound, receiver.url + (paths[(i + name) % paths.length] ?? "/ok"));
        most = Math.max(most, outbound.openSockets());
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, name) => worker(name)));
    expect(receiver.requests).toHaveLength(1_000);
    expect(most).toBeLessThanOrEqual(8);
    outbound.close();
    await expect.poll(() => receiver.openSockets()).toBe(0);
  });

  it("an attempt that waits for a connection waits inside its deadline, and the next ones still get theirs", async () => {
    const { outbound, receiver } = await open({ maxConnectionsPerOrigin: 1 });
    const hanging = post(outbound, `${receiver.url}/hang`, { timeoutMs: 600 });
    const impatient = post(outbound, `${receiver.url}/ok`, { timeoutMs: 100 });
    const patient = post(outbound, `${receiver.url}/ok`, { timeoutMs: 20_000 });
    expect(await impatient).toMatchObject({ errorClass: "timeout", bytesWritten: false });
    expect(verdictOf(await hanging)).toBe("timeout");
    expect(verdictOf(await patient)).toBe(200);
    expect(receiver.requests.map((request) => request.target)).toEqual(["/hang", "/ok"]);
  });

  it("a receiver that closes after every answer loses nobody in the queue", async () => {
    const { outbound, url, requests } = await openServer((socket) => {
      answer(socket, 200, "ok", [["connection", "close"]]);
      socket.end();
    });
    const results = await Promise.all(Array.from({ length: 300 }, () => post(outbound, url)));
    expect(new Set(results.map(verdictOf))).toEqual(new Set([200]));
    expect(requests).toHaveLength(300);
  });

  it("R-44 a dead AAAA beside a living A costs nothing but a moment", async () => {
    const dns = await startDns({
      records: { "dual.rb.test": { a: ["127.0.0.1"], aaaa: ["::1", "fd00:dead::1"] } },
    });
    const { outbound, receiver } = await open({
      allow: "127.0.0.1,::1,fd00:dead::/32",
      allowHttp: true,
      dns: { servers: [dns.server], hostsFile: "/nonexistent" },
    });
    const result = await post(outbound, `http://dual.rb.test:${receiver.port}/ok`);
    expect(result).toMatchObject({ outcome: "response", status: 200, resolvedAddress: "127.0.0.1" });
    await dns.close();
  });

  it("R-44 an IPv6-only receiver works", async () => {
    const receiver = await startReceiver({ host: "::1" });
    const outbound = testOutbound({ allow: "::1" });
    opened.push({ outbound, stop: () => receiver.close() });
    const result = await post(outbound, `http://[::1]:${receiver.port}/ok`);
    expect(result).toMatchObject({ status: 200, resolvedAddress: "::1" });
  });

  it("after close, requests in flight, waiting and new ones end as interrupted, not as the receiver's fault", async () => {
    const { outbound, receiver } = await open({ maxConnectionsPerOrigin: 1 });
    const stalled = await startReceiver({ tls: "stall" });
    const running = post(outbound, `${receiver.url}/hang`);
    const waiting = post(outbound, `${receiver.url}/ok`);
    const connecting = post(outbound, `${stalled.url}/ok`);
    await receiver.waitFor(1);
    outbound.close();
    const results = await Promise.all([running, waiting, connecting, post(outbound, `${receiver.url}/ok`)]);
    expect(results.map(verdictOf)).toEqual(["interrupted", "interrupted", "interrupted", "interrupted"]);
    expect(results.map((result) => result.outcome === "error" && result.bytesWritten)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await stalled.close();
  });
});
