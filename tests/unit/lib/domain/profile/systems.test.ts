// The five systems, each read by a verifier that is written from its public instructions.
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { expandPolicy } from "@/lib/domain/retry/policy";
import { makeSecret } from "@/lib/domain/signing/keys";
import { hmacHex, SYSTEMS, type System, sha256Hex } from "@/tests/support/verifiers/systems";
import { AWKWARD_DATA, anAttempt, anEvent, builtIn, compileBuiltIn, send } from "./support";

const generated = (slug: System) => makeSecret(builtIn(slug).definition.secret.kind, randomBytes(32)).secret;

describe.each(Object.keys(SYSTEMS) as System[])("G-01 a receiver of %s", (slug) => {
  const accepts = SYSTEMS[slug];
  const profile = compileBuiltIn(slug);

  it.each(AWKWARD_DATA)("accepts %s", (_name, data) => {
    const secret = generated(slug);
    expect(
      accepts(send(profile, { event: anEvent({ data, subject: "0xabc" }), secrets: [secret] }), secret),
    ).toBe(true);
  });

  it("refuses another secret, another body, and an old secret after rotation", () => {
    const [newer, older] = [generated(slug), generated(slug)];
    const sent = send(profile, { secrets: [newer, older] });
    expect(accepts(sent, newer)).toBe(true);
    expect(accepts(sent, older)).toBe(false);
    expect(accepts({ ...sent, body: Buffer.concat([sent.body, Buffer.from(" ")]) }, newer)).toBe(false);
  });

  it("has an example that arrives", () => {
    const secret = generated(slug);
    for (const sample of builtIn(slug).samples) {
      const event = anEvent({
        ...sample,
        occurredAtMs: Date.parse(sample.timestamp),
        subject: sample.subject ?? null,
        tenant: sample.tenant ?? null,
        attributes: sample.attributes ?? null,
      });
      const sent = send(profile, { event, secrets: [secret] });
      expect(accepts(sent, secret)).toBe(true);
      expect(() => JSON.parse(sent.body.toString())).not.toThrow();
    }
  });
});

const at = (iso: string) => Date.parse(iso);
const delaysOf = (slug: string) => expandPolicy(builtIn(slug).definition.retry_policy).delaysSeconds;
const hours = (seconds: readonly number[]) => seconds.reduce((sum, delay) => sum + delay, 0) / 3600;

describe("VIZI", () => {
  const profile = compileBuiltIn("vizi");
  const { definition } = builtIn("vizi");
  const secret = generated("vizi");

  it("sends its envelope and its headers, and the key is the whole secret", () => {
    expect(secret).toMatch(/^whsec_/);
    const event = anEvent({
      id: "evt_abc123def456",
      type: "score.updated",
      occurredAtMs: at("2026-03-15T14:30:00.789Z"),
      data: '{"address":"0x1234","new_score":695}',
    });
    const attempt = anAttempt({ number: 6, timeMs: 1_773_585_999_500 });
    const sent = send(profile, { event, attempt, secrets: [secret] });
    expect(sent.body.toString()).toBe(
      '{"id":"evt_abc123def456","type":"score.updated","created_at":"2026-03-15T14:30:00Z","data":{"address":"0x1234","new_score":695}}',
    );
    expect(sent.headers).toEqual([
      ["content-type", "application/json"],
      ["user-agent", "Signpost/1.0"],
      ["X-Vizi-Delivery-Attempt", "6"],
      ["X-Vizi-Event-ID", "evt_abc123def456"],
      ["X-Vizi-Timestamp", "1773585999"],
      ["X-Vizi-Signature", `sha256=${hmacHex(secret, sent.body)}`],
    ]);
  });

  it("tries six times: at once, +1 min, +5 min, +30 min, +2 h, +8 h, without jitter", () => {
    expect(expandPolicy(definition.retry_policy)).toEqual({
      delaysSeconds: [0, 60, 300, 1800, 7200, 28_800],
      jitter: 0,
    });
  });

  it("waits 30 s, wants 2xx, disables after three days, and has no overlap", () => {
    expect(definition.timeout_ms).toBe(30_000);
    expect([200, 299, 300, 199].map(profile.isSuccess)).toEqual([true, true, false, false]);
    expect(definition.auto_disable?.after_hours).toBe(72);
    expect(definition.rotation).toEqual({ overlap: "never", default_overlap_seconds: 0 });
  });

  it("has an example of each of its types", () => {
    expect(builtIn("vizi").samples.map(({ type }) => type)).toEqual([
      "score.updated",
      "score.threshold.crossed",
      "monitoring.alert",
      "batch.completed",
    ]);
  });
});

describe("NZOChain", () => {
  it("sends its envelope: the wallet is the subject", () => {
    const event = anEvent({
      type: "threat.detected",
      subject: "0x742d",
      occurredAtMs: at("2024-01-15T10:35:00Z"),
      data: '{"threatType":"x"}',
    });
    const sent = send(compileBuiltIn("nzochain"), { event, secrets: [generated("nzochain")] });
    expect(sent.body.toString()).toBe(
      '{"event":"threat.detected","wallet":"0x742d","timestamp":"2024-01-15T10:35:00Z","data":{"threatType":"x"}}',
    );
    expect(sent.header("x-nzochain-signature")).toMatch(/^[0-9a-f]{64}$/);
  });

  it("waits 5 s and backs off exponentially", () => {
    expect(builtIn("nzochain").definition.timeout_ms).toBe(5_000);
    const [, ...waits] = delaysOf("nzochain");
    expect(waits.length).toBeGreaterThan(4);
    for (const [index, wait] of waits.entries()) expect(wait).toBe(Math.min(30 * 3 ** index, 43_200));
  });
});

describe("Vizion", () => {
  it("sends the data alone, the digest and the signature in hex, with an expiry", () => {
    const attempt = anAttempt({ timeMs: at("2026-03-15T14:30:00.999Z") });
    const event = anEvent({ data: '{"reference_id":"r"}' });
    const secret = generated("vizion");
    const sent = send(compileBuiltIn("vizion"), { event, attempt, secrets: [secret] });
    expect(sent.body.toString()).toBe('{"reference_id":"r"}');
    expect(sent.header("digest")).toBe(`SHA-256=${sha256Hex(sent.body)}`);
    expect(sent.header("date")).toBe("Sun, 15 Mar 2026 14:30:00 GMT");
    const content = [
      "(request-target): post /hooks/in?tenant=a%20b",
      "host: receiver.example.com",
      "date: Sun, 15 Mar 2026 14:30:00 GMT",
      `digest: SHA-256=${sha256Hex(sent.body)}`,
      "(expires): 1773585300",
    ].join("\n");
    expect(sent.header("x-vizion-signature")).toBe(
      `keyId="${attempt.endpointId}",algorithm="hmac-sha256",headers="(request-target) host date digest (expires)",expires=1773585300,signature="${hmacHex(secret, content)}"`,
    );
  });

  it("signs the host with its port when it is not the usual one", () => {
    const secret = generated("vizion");
    for (const url of ["https://h.example.com:8443/a", "https://h.example.com", "https://[::1]:444/x?y#z"]) {
      expect(SYSTEMS.vizion(send(compileBuiltIn("vizion"), { secrets: [secret], url }), secret)).toBe(true);
    }
  });

  it("is retried at a fixed interval", () => {
    const [first, ...waits] = delaysOf("vizion");
    expect(first).toBe(0);
    expect(new Set(waits).size).toBe(1);
  });
});

describe("Vivoldi", () => {
  const profile = compileBuiltIn("vivoldi");

  it("sends its headers: types from attributes, time in milliseconds", () => {
    const event = anEvent({
      id: "89365c75dae740ac8500dfc48c5014b5",
      attributes: { webhook_type: "GROUP", resource_type: "STAMP", action_type: "ADD", comp_idx: "50742" },
      data: '{"compIdx":50742}',
    });
    const secret = generated("vivoldi");
    const attempt = anAttempt({ timeMs: 1_758_184_391_752 });
    const sent = send(profile, { event, attempt, secrets: [secret] });
    expect(sent.headers).toEqual([
      ["content-type", "application/json"],
      ["user-agent", "Signpost/1.0"],
      ["X-Vivoldi-Request-Id", attempt.id],
      ["X-Vivoldi-Event-Id", "89365c75dae740ac8500dfc48c5014b5"],
      ["X-Vivoldi-Webhook-Type", "GROUP"],
      ["X-Vivoldi-Resource-Type", "STAMP"],
      ["X-Vivoldi-Action-Type", "ADD"],
      ["X-Vivoldi-Comp-Idx", "50742"],
      ["X-Content-SHA256", sha256Hex(sent.body)],
      ["X-Vivoldi-Timestamp", "1758184391752"],
      [
        "X-Vivoldi-Signature",
        `t=1758184391752,v1=${hmacHex(secret, '1758184391752.{"compIdx":50742}')},alg=hmac-sha256`,
      ],
    ]);
  });

  it("has the guide's values where the event says nothing, and the tenant for the organisation", () => {
    const sent = send(profile, { event: anEvent({ tenant: "42" }), secrets: [generated("vivoldi")] });
    expect(
      ["Webhook-Type", "Resource-Type", "Action-Type", "Comp-Idx"].map((name) =>
        sent.header(`X-Vivoldi-${name}`),
      ),
    ).toEqual(["GLOBAL", "URL", "NONE", "42"]);
    expect(send(profile, { secrets: [generated("vivoldi")] }).header("X-Vivoldi-Comp-Idx")).toBeUndefined();
  });

  it("a retry has a new request id and the same event id", () => {
    const secret = generated("vivoldi");
    const first = send(profile, { attempt: anAttempt({ id: "att_1" }), secrets: [secret] });
    const second = send(profile, { attempt: anAttempt({ id: "att_2", number: 2 }), secrets: [secret] });
    expect(first.header("X-Vivoldi-Request-Id")).not.toBe(second.header("X-Vivoldi-Request-Id"));
    expect(first.header("X-Vivoldi-Event-Id")).toBe(second.header("X-Vivoldi-Event-Id"));
  });

  it("waits 5 s, retries five times with growing waits, disables by itself", () => {
    const { definition } = builtIn("vivoldi");
    expect(definition.timeout_ms).toBe(5_000);
    const [, ...waits] = delaysOf("vivoldi");
    expect(waits).toEqual([60, 240, 960, 3840, 15_360]);
    expect(definition.auto_disable).not.toBeNull();
  });
});

describe("Visisto", () => {
  it("sends its envelope", () => {
    const event = anEvent({
      type: "contact.created",
      occurredAtMs: at("2025-06-15T14:32:00Z"),
      data: '{"email":"v@example.com"}',
    });
    const sent = send(compileBuiltIn("visisto"), { event, secrets: [generated("visisto")] });
    expect(sent.body.toString()).toBe(
      '{"event":"contact.created","timestamp":"2025-06-15T14:32:00Z","data":{"email":"v@example.com"}}',
    );
  });

  it("retries for up to 72 hours with growing waits", () => {
    const waits = delaysOf("visisto");
    expect(hours(waits)).toBeLessThanOrEqual(72);
    expect(hours(waits)).toBeGreaterThan(64);
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(waits[index - 1] ?? 0);
  });
});
