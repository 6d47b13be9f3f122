import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Outbound } from "@/lib/server/outbound/send";
import { type DnsServer, startDns } from "@/tests/support/receiver/dns";
import { post, testOutbound, verdictOf } from "@/tests/support/receiver/outbound";
import { type Receiver, type ReceiverOptions, startReceiver } from "@/tests/support/receiver/receiver";
import { testAuthority } from "@/tests/support/receiver/tls-modes";

let dns: DnsServer;
let receiver: Receiver;
let outbound: Outbound;
let caCertificates: string[];

beforeAll(async () => {
  dns = await startDns();
  caCertificates = [(await testAuthority()).cert];
});

afterAll(() => dns.close());

afterEach(async () => {
  outbound.close();
  await receiver.close();
  vi.unstubAllEnvs();
});

async function open(options: ReceiverOptions, extra: Parameters<typeof testOutbound>[0] = {}): Promise<void> {
  receiver = await startReceiver(options);
  outbound = testOutbound({
    caCertificates,
    dns: { servers: [dns.server], hostsFile: "/nonexistent" },
    ...extra,
  });
}

describe("TLS", () => {
  it("a right certificate works, is reported, and its session is resumed", async () => {
    await open({ tls: "good" });
    const first = await post(outbound, `${receiver.url}/ok`);
    expect(first).toMatchObject({
      outcome: "response",
      status: 200,
      tlsVersion: "TLSv1.3",
      tlsCertificateExpiresAt: expect.any(Date),
      timings: { tlsMs: expect.any(Number) },
    });
    expect(verdictOf(await post(outbound, `${receiver.url}/close`))).toBe("connection_closed");
    const second = await post(outbound, `${receiver.url}/ok`);
    expect(second).toMatchObject({
      status: 200,
      tlsVersion: "TLSv1.3",
      tlsCertificateExpiresAt: expect.any(Date),
    });
    expect(receiver.connections()).toBe(2);
  });

  it.each<[string, ReceiverOptions["tls"], string]>([
    ["R-34", "selfsigned", "self-signed"],
    ["R-34", "expired", "has expired"],
    ["R-34", "notyet", "not valid yet"],
    ["R-34", "wronghost", "another host name"],
    ["R-34", "untrusted-chain", "not trusted"],
    ["R-35", "tls11", "no TLS version from 1.2 on"],
    ["R-35", "plain", "does not speak TLS"],
    ["R-35", "rst", "closed the connection during the handshake"],
    ["R-36", "mtls", "client certificate"],
  ])("%s %s is a tls_error with its reason, and the body is never read", async (_row, tls, reason) => {
    await open({ tls });
    const result = await post(outbound, `${receiver.url}/ok`);
    expect(result).toMatchObject({ outcome: "error", errorClass: "tls_error", resolvedAddress: "127.0.0.1" });
    expect(result.outcome === "error" && result.message).toContain(reason);
    expect(receiver.heads).toHaveLength(0);
  });

  it("R-34 no environment variable switches verification off", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    await open({ tls: "selfsigned" });
    expect(verdictOf(await post(outbound, `${receiver.url}/ok`))).toBe("tls_error");
    expect(receiver.heads).toHaveLength(0);
  });

  it("R-34 without the operator's authority the test receiver is not trusted", async () => {
    await open({ tls: "good" }, { caCertificates: [] });
    expect(verdictOf(await post(outbound, `${receiver.url}/ok`))).toBe("tls_error");
  });

  it("R-35 a handshake that stalls ends at the connect deadline", async () => {
    await open({ tls: "stall" });
    const result = await post(outbound, `${receiver.url}/ok`, { connectTimeoutMs: 150, timeoutMs: 60_000 });
    expect(result).toMatchObject({ outcome: "error", errorClass: "connect_timeout", bytesWritten: false });
  });

  it("S-21 the certificate is verified against the name while the socket goes to the vetted address", async () => {
    await open({ tls: "good", names: ["hook.is-127-0-0-1.rb.test"] });
    const url = (name: string) => `https://${name}:${receiver.port}/ok`;
    expect(await post(outbound, url("hook.is-127-0-0-1.rb.test"))).toMatchObject({
      status: 200,
      resolvedAddress: "127.0.0.1",
    });
    expect(verdictOf(await post(outbound, url("other.is-127-0-0-1.rb.test")))).toBe("tls_error");
    expect(verdictOf(await post(outbound, url("127.0.0.1")))).toBe("tls_error");
    expect(receiver.heads).toHaveLength(1);
  });
});
