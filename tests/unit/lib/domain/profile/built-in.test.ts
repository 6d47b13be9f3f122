import { describe, expect, it } from "vitest";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { BUILT_IN_PROFILES, builtInProfile, DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import { compileProfile } from "@/lib/domain/profile/compile";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { previewRequest } from "@/lib/domain/profile/preview";
import { carriesSeveral } from "@/lib/domain/profile/signature-scheme";
import { makeSecret } from "@/lib/domain/signing/keys";

const PREVIEW = {
  atMs: Date.parse("2026-03-15T14:30:05.250Z"),
  url: "https://receiver.example.com/in",
  environment: "live",
  attempt: { id: "att_1", number: 1, deliveryId: "dlv_1", endpointId: "ep_1" },
};

describe.each(BUILT_IN_PROFILES.map((profile) => [profile.slug, profile] as const))(
  "the built-in %s",
  (_slug, profile) => {
    it("is what a person could have sent, complete and without contradiction", () => {
      expect(profileDefinitionSchema.parse(JSON.parse(JSON.stringify(profile.definition)))).toEqual(
        profile.definition,
      );
    });

    it("signs each of its examples with a secret that it generates, and verifies it itself", () => {
      const { secret } = makeSecret(profile.definition.secret.kind, Buffer.alloc(32, 7));
      const compiled = compileProfile(profile.definition);
      for (const sample of profile.samples) {
        expect(eventTypeName.safeParse(sample.type).success).toBe(true);
        const request = previewRequest({
          ...PREVIEW,
          definition: profile.definition,
          sample,
          secrets: [secret],
        });
        const headers: [string, string][] = [...request.headers, ["host", "receiver.example.com"]];
        const verdict = compiled.verify({
          headers,
          body: Buffer.from(request.body),
          keys: [compiled.openKey(secret)],
          nowMs: PREVIEW.atMs,
          method: request.method,
          url: request.url,
        });
        expect(verdict).toEqual({ outcome: "verified", keyIndex: 0 });
      }
    });

    it("allows an overlap exactly when it can sign twice", () => {
      expect(profile.definition.rotation.overlap === "allowed").toBe(
        carriesSeveral(profile.definition.signature),
      );
    });

    it("names every header that it sends", () => {
      const { secret } = makeSecret(profile.definition.secret.kind, Buffer.alloc(32, 7));
      const compiled = compileProfile(profile.definition);
      const [sample] = profile.samples;
      const request = previewRequest({
        ...PREVIEW,
        definition: profile.definition,
        sample,
        secrets: [secret],
      });
      for (const [name] of request.headers) expect(compiled.headerNames).toContain(name.toLowerCase());
      expect(new Set(compiled.headerNames).size).toBe(compiled.headerNames.length);
    });
  },
);

describe("the list", () => {
  it("has the default and the eleven others, each under its own slug", () => {
    expect(BUILT_IN_PROFILES.map(({ slug }) => slug)).toEqual([
      "standard-webhooks",
      "standard-webhooks-ed25519",
      "svix",
      "stripe",
      "github",
      "shopify",
      "slack",
      "vizi",
      "nzochain",
      "vizion",
      "vivoldi",
      "visisto",
    ]);
    expect(DEFAULT_PROFILE.slug).toBe("standard-webhooks");
    expect(builtInProfile("vizi")?.name).toBe("VIZI");
    expect(builtInProfile("nope")).toBeNull();
  });
});

describe("a preview", () => {
  it("is the request as it would be sent", () => {
    const request = previewRequest({
      ...PREVIEW,
      definition: DEFAULT_PROFILE.definition,
      sample: { id: "msg_1", type: "order.paid", timestamp: "2026-03-15T14:30:00Z", data: '{"a":1.0}' },
      secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    });
    expect(request).toEqual({
      method: "POST",
      url: PREVIEW.url,
      headers: [
        ["content-type", "application/json"],
        ["user-agent", "Signpost/1.0"],
        ["webhook-id", "msg_1"],
        ["webhook-timestamp", "1773585005"],
        ["webhook-signature", expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/)],
      ],
      body: '{"type":"order.paid","timestamp":"2026-03-15T14:30:00.000Z","data":{"a":1.0}}',
    });
  });

  it("of a profile that does not sign has no signature", () => {
    const request = previewRequest({
      ...PREVIEW,
      definition: {
        ...DEFAULT_PROFILE.definition,
        signature: { kind: "none" },
        secret: { kind: "none" },
        rotation: { overlap: "never", default_overlap_seconds: 0 },
      },
      sample: DEFAULT_PROFILE.samples[0],
      secrets: [],
    });
    expect(request.headers.map(([name]) => name)).toEqual(["content-type", "user-agent"]);
  });
});

describe("the Inbox's check of a profile with a content hash", () => {
  const { definition, samples } = BUILT_IN_PROFILES.find(({ slug }) => slug === "vivoldi") ?? DEFAULT_PROFILE;
  const compiled = compileProfile(definition);
  const { secret } = makeSecret("hex", Buffer.alloc(32, 7));
  const request = previewRequest({ ...PREVIEW, definition, sample: samples[0], secrets: [secret] });
  const check = (headers: [string, string][]) =>
    compiled.verify({
      headers,
      body: Buffer.from(request.body),
      keys: [compiled.openKey(secret)],
      nowMs: PREVIEW.atMs,
      method: "POST",
      url: request.url,
    });

  it("compares the hash with the body, and misses it", () => {
    expect(check(request.headers).outcome).toBe("verified");
    const other = request.headers.map(([name, value]): [string, string] => [
      name,
      name === "X-Content-SHA256" ? value.replace(/^./, (char) => (char === "0" ? "1" : "0")) : value,
    ]);
    expect(check(other)).toEqual({ outcome: "content_hash_mismatch", header: "x-content-sha256" });
    expect(check(request.headers.filter(([name]) => name !== "X-Content-SHA256"))).toEqual({
      outcome: "missing_headers",
      headers: ["x-content-sha256"],
    });
  });
});
