import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OutboundResponse, OutboundResult } from "@/lib/server/outbound/result";
import type { Outbound } from "@/lib/server/outbound/send";
import { post, testOutbound, verdictOf } from "@/tests/support/receiver/outbound";
import { type Receiver, startReceiver } from "@/tests/support/receiver/receiver";

/** Deadline of attempts that are meant to run into it. */
const SHORT = 300;

let receiver: Receiver;
let outbound: Outbound;

beforeAll(async () => {
  receiver = await startReceiver();
  outbound = testOutbound();
});

afterAll(async () => {
  outbound.close();
  await receiver.close();
});

function call(path: string, options: Parameters<typeof post>[2] = {}): Promise<OutboundResult> {
  return post(outbound, receiver.url + path, options);
}

async function answered(path: string, options: Parameters<typeof post>[2] = {}): Promise<OutboundResponse> {
  const result = await call(path, options);
  if (result.outcome !== "response") throw new Error(`${path}: ${result.errorClass}: ${result.message}`);
  return result;
}

describe("answers with a status", () => {
  it.each([
    ["R-01", "/ok", 200],
    ["R-01", "/ok/204", 204],
    ["R-01", "/ok/299", 299],
    ["R-02", "/301", 301],
    ["R-02", "/304", 304],
    ["R-03", "/400", 400],
    ["R-03", "/404", 404],
    ["R-03", "/422", 422],
    ["R-04", "/410", 410],
    ["R-05", "/429", 429],
    ["R-06", "/500", 500],
    ["R-06", "/503", 503],
    ["R-30", "/badstatus/600", 600],
    ["R-30", "/badstatus/999", 999],
  ])("%s %s is a complete answer with that status", async (_row, path, status) => {
    await expect(call(path)).resolves.toMatchObject({
      outcome: "response",
      status,
      truncated: false,
      incomplete: false,
      resolvedAddress: "127.0.0.1",
      tlsVersion: null,
    });
  });

  it.each(["-1", "0", "NaN", "inf", "1e300", "99999999999999999999", "abc", "", "7, 8"])(
    "R-07 R-08 Retry-After %j arrives as text",
    async (raw) => {
      const result = await answered(`/retry-after/1?raw=${encodeURIComponent(raw)}`);
      expect(result.headers).toContainEqual(["retry-after", raw]);
    },
  );

  it("R-09 a slow answer inside the deadline is an answer", async () => {
    const result = await answered("/slow/200", { timeoutMs: 10_000 });
    expect(result.status).toBe(200);
    expect(result.timings.firstByteMs).toBeGreaterThanOrEqual(190);
    expect(result.timings.totalMs).toBeGreaterThanOrEqual(result.timings.firstByteMs ?? 0);
  });

  it("gives the phases of a new connection, and none for a reused one", async () => {
    const fresh = testOutbound();
    const first = await post(fresh, `${receiver.url}/ok`);
    const second = await post(fresh, `${receiver.url}/ok`);
    expect(first.timings).toMatchObject({ dnsMs: null, connectMs: expect.any(Number), tlsMs: null });
    expect(second.timings).toMatchObject({
      dnsMs: null,
      connectMs: null,
      tlsMs: null,
      firstByteMs: expect.any(Number),
    });
    fresh.close();
  });

  it("R-16 early hints come before the answer", async () => {
    expect((await answered("/early-hints/3")).status).toBe(200);
  });

  it("R-31 a body after 204 changes nothing", async () => {
    expect((await answered("/empty-204-body")).status).toBe(204);
  });

  it("R-37 R-38 every attempt is a request of its own with the same bytes", async () => {
    const verdicts: (number | string)[] = [];
    const before = receiver.requests.length;
    for (let i = 0; i < 4; i++) verdicts.push(verdictOf(await call("/flaky/3", { id: "evt_flaky" })));
    expect(verdicts).toEqual([503, 503, 503, 200]);
    expect(new Set(receiver.requests.slice(before).map((request) => request.sha256)).size).toBe(1);
  });

  it("R-32 a lost acknowledgement is a failure of that attempt and nothing is sent again by itself", async () => {
    const before = receiver.requests.length;
    expect(verdictOf(await call("/ack-lost/1", { id: "evt_lost" }))).toBe("connection_reset");
    expect(receiver.requests).toHaveLength(before + 1);
    expect(verdictOf(await call("/ack-lost/1", { id: "evt_lost" }))).toBe(200);
    expect(receiver.requests).toHaveLength(before + 2);
  });
});

describe("bodies", () => {
  it.each([
    ["R-13", "/hang-body", 200],
    ["R-14", "/drip/20", 200],
    ["R-14", "/drip/90/1", 200],
    ["R-15", "/drip/20?code=500", 500],
  ])("%s %s ends at the deadline with its status, incomplete", async (_row, path, status) => {
    await expect(call(path, { timeoutMs: SHORT })).resolves.toMatchObject({
      outcome: "response",
      status,
      incomplete: true,
      truncated: false,
    });
  });

  it.each([
    ["R-26", "/reset-mid", 100, 1000],
    ["R-26", "/close-mid", 100, 1000],
    ["R-26", "/cl-long", 5, 1000],
    ["R-26", "/bad-chunk", 0, null],
  ])("%s %s after a 200 head is a success, incomplete", async (_row, path, kept, size) => {
    const result = await answered(path);
    expect(result).toMatchObject({ status: 200, incomplete: true, truncated: false, bodySize: size });
    expect(result.body).toHaveLength(kept);
  });

  it.each([
    ["R-18", "/huge/1024", 1_048_576],
    ["R-18", "/chunked-infinite", null],
    ["R-19", "/gzipbomb/128", expect.any(Number)],
  ])("%s %s is cut at 64 KiB and its connection destroyed", async (_row, path, size) => {
    const result = await answered(path);
    expect(result).toMatchObject({ status: 200, truncated: true, incomplete: false, bodySize: size });
    expect(result.body).toHaveLength(65_536);
    await expect.poll(() => receiver.openSockets()).toBe(0);
  });

  it("R-18 chunk extensions without end are cut, too", async () => {
    expect(await answered("/chunk-extensions")).toMatchObject({
      status: 200,
      incomplete: true,
      bodySize: null,
    });
    await expect.poll(() => receiver.openSockets()).toBe(0);
  });

  it("R-18 a body of exactly the limit is whole", async () => {
    const result = await answered("/huge/64");
    expect(result).toMatchObject({ truncated: false, incomplete: false, bodySize: 65_536 });
    expect(result.body).toHaveLength(65_536);
  });

  it.each([
    ["R-19", "/brbomb/16"],
    ["R-20", "/badgzip"],
    ["R-33", "/gzip-chain/1000"],
  ])("%s %s is kept as the bytes that came, nothing is inflated", async (_row, path) => {
    const result = await answered(path);
    expect(result.body.length).toBeLessThan(65_536);
    expect(result).toMatchObject({ status: 200, truncated: false, bodySize: result.body.length });
  });

  it.each([
    ["R-21", "/badutf8", "c328a0a1fffe80"],
    ["R-21", "/nul", "610062"],
    ["R-21", "/surrogate", "eda080eda080"],
  ])("%s %s arrives byte for byte", async (_row, path, hex) => {
    expect(Buffer.from((await answered(path)).body).toString("hex")).toBe(hex);
  });

  it.each([
    ["R-22", "/xss", "<script>"],
    ["R-22", "/ansi", "\u001b[2J"],
    ["R-23", "/json-deep/30000", "[[[["],
    ["R-23", "/json-proto", "__proto__"],
  ])("%s %s is text to us", async (_row, path, start) => {
    expect(Buffer.from((await answered(path)).body).toString()).toContain(start);
    expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
  });
});

describe("no answer", () => {
  it.each([
    ["R-10", "/slow/20000"],
    ["R-11", "/hang"],
    ["R-12", "/hang-headers"],
    ["R-12", "/drip-headers/20"],
    ["R-16", "/early-hints/inf/10"],
  ])("%s %s is a timeout of the whole attempt", async (_row, path) => {
    await expect(call(path, { timeoutMs: SHORT })).resolves.toMatchObject({
      outcome: "error",
      errorClass: "timeout",
      message: "The receiver did not answer within 0.3 s.",
      bytesWritten: true,
      resolvedAddress: "127.0.0.1",
    });
  });

  it.each([
    ["R-16", "/early-hints-flood", "protocol_error"],
    ["R-17", "/continue-flood/inf/5", "protocol_error"],
    ["R-24", "/headers-huge/128", "response_headers_too_large"],
    ["R-24", "/headers-many/5000", "response_headers_too_large"],
    ["R-25", "/reset", "connection_reset"],
    ["R-25", "/reset-early", "connection_reset"],
    ["R-25", "/close", "connection_closed"],
    ["R-28", "/cl-dup", "protocol_error"],
    ["R-28", "/te-cl", "protocol_error"],
    ["R-28", "/header-bad", "protocol_error"],
    ["R-28", "/http09", "protocol_error"],
    ["R-28", "/not-http", "protocol_error"],
    ["R-29", "/101", "protocol_error"],
    ["R-30", "/badstatus/099", "protocol_error"],
    ["R-30", "/badstatus/abc", "protocol_error"],
    ["R-33", "/gzip-chain/5000", "response_headers_too_large"],
  ])("%s %s is %3$s, sent once, and the next request works", async (_row, path, errorClass) => {
    const before = receiver.heads.length;
    await expect(call(path)).resolves.toMatchObject({ outcome: "error", errorClass, bytesWritten: true });
    expect(receiver.heads).toHaveLength(before + 1);
    expect(verdictOf(await call("/ok"))).toBe(200);
  });

  it.each([
    ["R-45", "/early-ok", [200, "connection_reset"]],
    ["R-45", "/early-ok/413", [413, "connection_reset"]],
  ])("%s %s: the status seen decides, or the reset", async (_row, path, verdicts) => {
    for (let i = 0; i < 5; i++)
      expect(verdicts).toContain(verdictOf(await call(path, { body: Buffer.alloc(1_048_576) })));
    // The receiver resets the connection a little later; until then nobody can know that it is useless.
    await expect.poll(() => receiver.openSockets()).toBe(0);
    await expect.poll(() => outbound.openSockets()).toBe(0);
    expect(verdictOf(await call("/ok"))).toBe(200);
  });

  it.each([
    ["R-46", "/no-read"],
    ["R-46", "/slow-read/50"],
  ])("%s %s with 8 MiB ends at the deadline", async (_row, path) => {
    const result = await call(path, { body: Buffer.alloc(8 * 1_048_576), timeoutMs: SHORT });
    expect(verdictOf(result)).toBe("timeout");
  });

  it("200 hostile receivers at once all end, and leave no socket behind", async () => {
    const paths = [
      "/hang",
      "/drip/20",
      "/hang-headers",
      "/drip-headers/20",
      "/chunked-infinite",
      "/early-hints/inf/10",
      "/reset-mid",
      "/headers-many/5000",
    ];
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, i) => call(paths[i % paths.length] ?? "/hang", { timeoutMs: 1_000 })),
    );
    expect(results).toHaveLength(200);
    await expect.poll(() => outbound.openSockets()).toBe(0);
    expect(verdictOf(await call("/ok"))).toBe(200);
  });
});
