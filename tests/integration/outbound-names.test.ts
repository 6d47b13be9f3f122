import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Outbound } from "@/lib/server/outbound/send";
import { type DnsServer, startDns } from "@/tests/support/receiver/dns";
import { post, type TestOutboundOptions, testOutbound, verdictOf } from "@/tests/support/receiver/outbound";
import { type Receiver, startReceiver } from "@/tests/support/receiver/receiver";

// 127.0.0.1 plays the public address, because a test machine need not reach the internet: it is the only address on the
// allow-list. 127.0.0.2, where the sink listens on the same port, stays forbidden as loopback.
let dns: DnsServer;
let target: Receiver;
let sink: Receiver;
let outbound: Outbound;

beforeAll(async () => {
  dns = await startDns({
    records: {
      "mapped.rb.test": { aaaa: ["::ffff:127.0.0.1"] },
      "nat64.rb.test": { aaaa: ["64:ff9b::7f00:1"] },
      "sixtofour.rb.test": { aaaa: ["2002:7f00:1::1"] },
      "mixed.rb.test": { a: ["127.0.0.1"], aaaa: ["::ffff:127.0.0.1"] },
      "alias.rb.test": { cname: "somewhere.rb.test", a: ["127.0.0.2"] },
      "good-alias.rb.test": { cname: "somewhere.rb.test", a: ["127.0.0.1"] },
    },
  });
  target = await startReceiver();
  sink = await startReceiver({ host: "127.0.0.2", port: target.port });
});

afterAll(async () => {
  await Promise.all([dns.close(), target.close(), sink.close()]);
});

afterEach(() => {
  outbound.close();
});

function open(options: TestOutboundOptions & { hostsFile?: string } = {}): Outbound {
  const { hostsFile = "/nonexistent", ...rest } = options;
  outbound = testOutbound({
    allow: "127.0.0.1/32",
    allowHttp: true,
    dns: { servers: [dns.server], timeoutMs: 300, tries: 1, hostsFile },
    ...rest,
  });
  return outbound;
}

const urlOf = (name: string, suffix = "/ok") => `http://${name}:${target.port}${suffix}`;

describe("names that resolve to forbidden addresses", () => {
  it.each([
    ["S-01 a loopback address", "is-127-0-0-2.rb.test"],
    ["S-01 a private address", "is-10-0-0-1.rb.test"],
    ["S-01 the metadata address", "is-169-254-169-254.rb.test"],
    ["S-02 a CNAME to a forbidden address", "alias.rb.test"],
    ["S-02 a CNAME with its address in the same answer", "cname-127-0-0-2.rb.test"],
    ["S-05 an allowed and a forbidden address", "both-127-0-0-1-and-127-0-0-2.rb.test"],
    ["S-07 an IPv4-mapped AAAA", "mapped.rb.test"],
    ["S-07 a NAT64 AAAA", "nat64.rb.test"],
    ["S-07 a 6to4 AAAA", "sixtofour.rb.test"],
    ["S-05 an allowed A beside a forbidden AAAA", "mixed.rb.test"],
  ])("%s is refused as a whole, when saved and when sent", async (_case, name) => {
    open();
    const before = target.connections();
    const result = await post(outbound, urlOf(name));
    expect(result).toMatchObject({
      outcome: "error",
      errorClass: "target_not_allowed",
      resolvedAddress: null,
      bytesWritten: false,
    });
    expect(JSON.stringify(result)).not.toMatch(/\d+\.\d+\.\d+\.\d+|ffff/);
    await expect(outbound.checkUrl(urlOf(name))).resolves.toMatchObject({
      outcome: "refused",
      code: "address_not_allowed",
    });
    expect(target.connections()).toBe(before);
    expect(sink.connections()).toBe(0);
  });

  it("S-02 a CNAME to an allowed address works", async () => {
    open();
    expect(verdictOf(await post(outbound, urlOf("good-alias.rb.test")))).toBe(200);
  });

  it("S-03 S-06 a name that changes after it was saved is never dialled at the new address in 1,000 attempts", async () => {
    open();
    const name = "flip-127-0-0-1-to-127-0-0-2.rb.test";
    await expect(outbound.checkUrl(urlOf(name))).resolves.toEqual({
      outcome: "allowed",
      url: urlOf(name),
      warning: null,
    });
    const before = target.connections();
    for (let round = 0; round < 10; round++) {
      const results = await Promise.all(Array.from({ length: 100 }, () => post(outbound, urlOf(name))));
      expect(new Set(results.map(verdictOf))).toEqual(new Set(["target_not_allowed"]));
    }
    expect(target.connections()).toBe(before);
    expect(sink.connections()).toBe(0);
  });

  it("S-04 with answers in turns, the vetted address is the dialled one", async () => {
    open();
    const name = "toggle-127-0-0-1-and-127-0-0-2.rb.test";
    const verdicts: (number | string)[] = [];
    // `/close` ends each connection, so that each attempt resolves, vets and dials anew.
    for (let i = 0; i < 200; i++) verdicts.push(verdictOf(await post(outbound, urlOf(name, "/close"))));
    expect(new Set(verdicts)).toEqual(new Set(["connection_closed", "target_not_allowed"]));
    expect(target.requests.filter((request) => request.target === "/close")).toHaveLength(100);
    expect(sink.connections()).toBe(0);
  });

  it("S-12 an open connection stays on its vetted address; the next one is vetted again", async () => {
    open();
    const name = "s12.flip-127-0-0-1-to-127-0-0-2.rb.test";
    const before = target.connections();
    expect(verdictOf(await post(outbound, urlOf(name)))).toBe(200);
    expect(verdictOf(await post(outbound, urlOf(name)))).toBe(200);
    expect(verdictOf(await post(outbound, urlOf(name, "/close")))).toBe("connection_closed");
    expect(target.connections()).toBe(before + 1);
    expect(verdictOf(await post(outbound, urlOf(name)))).toBe("target_not_allowed");
    expect(sink.connections()).toBe(0);
  });

  it("S-08 names are asked as absolute names, once for each address family", async () => {
    open();
    await post(outbound, urlOf("s08.nxdomain.rb.test"));
    const asked = dns.queries.filter((query) => query.name.startsWith("s08."));
    expect(asked.map((query) => query.name)).toEqual(["s08.nxdomain.rb.test", "s08.nxdomain.rb.test"]);
    expect(new Set(asked.map((query) => query.type))).toEqual(new Set(["A", "AAAA"]));
  });

  it("S-09 entries of the hosts file are used, and judged like any answer", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "signpost-hosts-"));
    const hostsFile = path.join(folder, "hosts");
    await writeFile(
      hostsFile,
      "# comment\n10.1.2.3 inner.rb.test other.rb.test\n127.0.0.1\tfine.rb.test # here\nnonsense line\n",
    );
    open({ hostsFile });
    expect(verdictOf(await post(outbound, urlOf("inner.rb.test")))).toBe("target_not_allowed");
    expect(verdictOf(await post(outbound, urlOf("other.rb.test")))).toBe("target_not_allowed");
    expect(verdictOf(await post(outbound, urlOf("fine.rb.test")))).toBe(200);
    await rm(folder, { recursive: true });
  });

  it("S-18 a listed host may resolve to private addresses, but not to the metadata address", async () => {
    open({ allow: "is-127-0-0-1.rb.test,is-169-254-169-254.rb.test,alias.rb.test" });
    expect(verdictOf(await post(outbound, urlOf("is-127-0-0-1.rb.test")))).toBe(200);
    expect(verdictOf(await post(outbound, urlOf("is-169-254-169-254.rb.test")))).toBe("target_not_allowed");
    expect(verdictOf(await post(outbound, urlOf("is-127-0-0-2.rb.test")))).toBe("target_not_allowed");
  });
});

describe("names that do not resolve", () => {
  it.each([["nxdomain"], ["servfail"], ["refused"], ["empty"], ["dead"]])(
    "S-14 %s is a dns_error without internals",
    async (kind) => {
      open();
      const result = await post(outbound, urlOf(`${kind}.rb.test`));
      expect(result).toMatchObject({ outcome: "error", errorClass: "dns_error", bytesWritten: false });
      expect(JSON.stringify(result)).not.toMatch(/127\.0\.0\.1|rb\.test|ESERVFAIL|ENOTFOUND/);
      await expect(outbound.checkUrl(urlOf(`${kind}.rb.test`))).resolves.toMatchObject({
        outcome: "allowed",
        warning: expect.stringContaining("host name"),
      });
    },
  );

  it("S-13 a slow answer counts inside the connect deadline", async () => {
    open({ dns: { servers: [dns.server], timeoutMs: 20_000, tries: 1 } });
    const result = await post(outbound, urlOf("slow8000-127-0-0-1.rb.test"), { connectTimeoutMs: 100 });
    expect(verdictOf(result)).toBe("dns_error");
  });

  it("S-13 64 dead names at once hold up nobody else", async () => {
    open({ dns: { servers: [dns.server] } });
    let finished = 0;
    const dead = Array.from({ length: 64 }, (_, i) =>
      post(outbound, urlOf(`n${i}.dead.rb.test`)).then((result) => {
        finished++;
        return verdictOf(result);
      }),
    );
    for (let i = 0; i < 20; i++)
      expect(verdictOf(await post(outbound, urlOf(`h${i}.is-127-0-0-1.rb.test`)))).toBe(200);
    expect(finished).toBeLessThan(64);
    expect(new Set(await Promise.all(dead))).toEqual(new Set(["dns_error"]));
  });

  it("S-13 a server that drops AAAA questions only does not stop deliveries", async () => {
    open({ dns: { servers: [dns.server], timeoutMs: 20_000, tries: 1 } });
    expect(verdictOf(await post(outbound, urlOf("noaaaa-127-0-0-1.rb.test")))).toBe(200);
  });
});

describe("answers are remembered for a short time", () => {
  it("asks again after the TTL, and never believes an answer for more than 30 s", async () => {
    const lasting = await startDns({ ttl: 3600 });
    let now = 0;
    open({ dns: { servers: [lasting.server], timeoutMs: 300, tries: 1, clock: () => now } });
    const attempt = async () => verdictOf(await post(outbound, urlOf("is-127-0-0-1.rb.test", "/close")));
    expect([await attempt(), await attempt()]).toEqual(["connection_closed", "connection_closed"]);
    expect(lasting.queries).toHaveLength(2);
    now = 29_999;
    await attempt();
    expect(lasting.queries).toHaveLength(2);
    now = 30_001;
    await attempt();
    expect(lasting.queries).toHaveLength(4);
    await lasting.close();
  });

  it("one question serves all sockets that open at the same time", async () => {
    open();
    const name = "burst.is-127-0-0-1.rb.test";
    const results = await Promise.all(Array.from({ length: 30 }, () => post(outbound, urlOf(name))));
    expect(new Set(results.map(verdictOf))).toEqual(new Set([200]));
    expect(dns.queries.filter((query) => query.name === name)).toHaveLength(2);
  });
});
