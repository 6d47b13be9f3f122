import { createHmac } from "node:crypto";
import fc from "fast-check";
import httpSignature from "http-signature";
import { describe, expect, it } from "vitest";
import type { SignatureScheme } from "@/lib/domain/profile/signature-scheme";
import { signatureSchemeSchema } from "@/lib/domain/profile/signature-scheme";
import { makeSecret, openKey, SecretError, type SigningKey } from "@/lib/domain/signing/keys";
import { type SignInput, sign, type VerifyInput, verify } from "@/lib/domain/signing/sign";

const NOW = Date.parse("2026-03-15T14:30:00.250Z");
const URL = "https://receiver.example.com/hooks?x=1";
const BODY = Buffer.from('{"a":1.0}');
const BASE: Omit<SignInput, "keys"> = {
  id: "evt_1",
  timestampMs: NOW,
  body: BODY,
  method: "POST",
  url: URL,
  headers: [["digest", "SHA-256=abc"]],
  keyId: "ep_1",
};

const hmac = (changes: Record<string, unknown>): SignatureScheme =>
  signatureSchemeSchema.parse({
    kind: "hmac",
    key: "utf8",
    content: "{body}",
    encoding: "hex",
    header: "X-Signature",
    ...changes,
  });
const http = (changes: Record<string, unknown> = {}): SignatureScheme =>
  signatureSchemeSchema.parse({
    kind: "http_signature",
    key: "utf8",
    encoding: "hex",
    header: "X-Signature",
    key_id: "{{endpoint.id}}",
    headers: ["(request-target)", "host", "date", "digest", "(expires)"],
    expires_seconds: 300,
    ...changes,
  });

/** Every form that a profile can ask for, with the kind of its secrets. */
const SCHEMES: Record<string, [SignatureScheme, "whsec" | "hex" | "base64" | "ed25519"]> = {
  standard: [{ kind: "standard", prefix: "webhook" }, "whsec"],
  "standard, ed25519": [{ kind: "standard", prefix: "svix" }, "ed25519"],
  "plain hex": [hmac({}), "hex"],
  "hex key": [hmac({ key: "hex" }), "hex"],
  "base64 key, sha512": [hmac({ key: "base64", hash: "sha512", encoding: "base64" }), "base64"],
  "sha1 with prefix": [hmac({ hash: "sha1", each: "sha1={signature}" }), "hex"],
  "a list": [hmac({ each: "v0={signature}", separator: "," }), "hex"],
  "timestamp and list": [
    hmac({
      content: "{timestamp}.{body}",
      format: "t={timestamp},{signatures}",
      each: "v1={signature}",
      separator: ",",
    }),
    "whsec",
  ],
  "milliseconds, headers": [
    hmac({
      content: "{id}|{timestamp}|{method}|{url}|{path}|{body}",
      timestamp_unit: "ms",
      timestamp_header: "X-Time",
      id_header: "X-Id",
      key: "whsec",
    }),
    "whsec",
  ],
  "http signature": [http(), "hex"],
  "http signature, base64": [http({ encoding: "base64", header: "authorization" }), "hex"],
};

const secretOf = (kind: "whsec" | "hex" | "base64" | "ed25519", seed: number) =>
  makeSecret(kind, Buffer.alloc(32, seed)).secret;

const signed = (scheme: SignatureScheme, keys: SigningKey[], changes: Partial<SignInput> = {}) =>
  sign(scheme, { ...BASE, keys, ...changes });

function check(
  scheme: SignatureScheme,
  headers: readonly [string, string][],
  keys: SigningKey[],
  changes: Partial<VerifyInput> = {},
) {
  return verify(scheme, {
    headers: [...headers, ["Digest", "SHA-256=abc"], ["Host", "receiver.example.com"]],
    body: BODY,
    keys,
    nowMs: NOW,
    method: "POST",
    url: URL,
    ...changes,
  });
}

describe.each(Object.entries(SCHEMES))("the scheme: %s", (_name, [scheme, kind]) => {
  const [first, second, third] = [1, 2, 3].map((seed) => openKey(scheme, secretOf(kind, seed))) as [
    SigningKey,
    SigningKey,
    SigningKey,
  ];

  it("G-01 verifies what it signed, in any case of the headers' names, and says with which key", () => {
    const headers = signed(scheme, [second]);
    expect(check(scheme, headers, [second])).toEqual({ outcome: "verified", keyIndex: 0 });
    const upper = headers.map(([key, value]): [string, string] => [key.toUpperCase(), value]);
    expect(check(scheme, upper, [first, second])).toEqual({ outcome: "verified", keyIndex: 1 });
  });

  it("says no to another key and another body", () => {
    const headers = signed(scheme, [first]);
    expect(check(scheme, headers, [second, third])).toEqual({ outcome: "no_match" });
    expect(check(scheme, headers, []).outcome).toBe("no_match");
    if (scheme.kind !== "http_signature") {
      expect(check(scheme, headers, [first], { body: Buffer.from('{"a":1}') })).toEqual({
        outcome: "no_match",
      });
    }
  });

  it("G-02 signs with all keys where there can be several, else with the current one", () => {
    const headers = signed(scheme, [first, second]);
    expect(check(scheme, headers, [first]).outcome).toBe("verified");
    const several = scheme.kind === "standard" || (scheme.kind === "hmac" && scheme.separator !== null);
    expect(check(scheme, headers, [second]).outcome).toBe(several ? "verified" : "no_match");
  });

  it("never goes out unsigned", () => {
    expect(() => signed(scheme, [])).toThrow(SecretError);
  });

  it("tells what is missing", () => {
    const all = signed(scheme, [first]).map(([key]) => key.toLowerCase());
    const verdict = verify(scheme, {
      headers: [],
      body: BODY,
      keys: [first],
      nowMs: NOW,
      method: "POST",
      url: URL,
    });
    expect(verdict.outcome).toBe("missing_headers");
    expect(verdict.outcome === "missing_headers" && all.every((key) => verdict.headers.includes(key))).toBe(
      true,
    );
  });

  it("tells a signature that is not in its form", () => {
    const headers = signed(scheme, [first]);
    const last = headers.at(-1)?.[0] ?? "";
    const broken = headers.map(([key, value]): [string, string] => [key, key === last ? "?" : value]);
    expect(check(scheme, broken, [first])).toEqual({
      outcome: "malformed_signature",
      header: last.toLowerCase(),
    });
  });

  it("G-09 answers anything without throwing", () => {
    const headers = signed(scheme, [first]);
    fc.assert(
      fc.property(fc.nat(headers.length - 1), fc.string(), (index, text) => {
        const changed = headers.map(([key, value], i): [string, string] => [key, i === index ? text : value]);
        const verdict = check(scheme, changed, [first]);
        expect(verdict.outcome === "verified").toBe(changed[index]?.[1] === headers[index]?.[1]);
      }),
      { numRuns: 200 },
    );
  });

  it("knows how old a request may be", () => {
    const headers = signed(scheme, [first]);
    const timed =
      JSON.stringify(headers) !== JSON.stringify(signed(scheme, [first], { timestampMs: NOW - 1e9 }));
    const later = check(scheme, headers, [first], { nowMs: NOW + 301_000 });
    const earlier = check(scheme, headers, [first], { nowMs: NOW - 302_000 });
    if (!timed) return expect([later.outcome, earlier.outcome]).toEqual(["verified", "verified"]);
    expect(later).toEqual({ outcome: "timestamp_out_of_tolerance", skewSeconds: 301 });
    expect(earlier.outcome).toBe("timestamp_out_of_tolerance");
    expect(check(scheme, headers, [first], { nowMs: NOW + 200_000, toleranceSeconds: 60 }).outcome).toBe(
      "timestamp_out_of_tolerance",
    );
    expect(check(scheme, headers, [first], { nowMs: NOW + 299_000 }).outcome).toBe("verified");
  });
});

describe("published vectors", () => {
  it("Standard Webhooks", () => {
    const scheme: SignatureScheme = { kind: "standard", prefix: "webhook" };
    const headers = sign(scheme, {
      ...BASE,
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestampMs: 1_614_265_330_999,
      body: Buffer.from('{"test": 2432232314}'),
      keys: [openKey(scheme, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")],
    });
    expect(headers).toEqual([
      ["webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"],
      ["webhook-timestamp", "1614265330"],
      ["webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],
    ]);
  });

  it("GitHub", () => {
    const scheme = hmac({ header: "X-Hub-Signature-256", each: "sha256={signature}" });
    const keys = [openKey(scheme, "It's a Secret to Everybody")];
    expect(signed(scheme, keys, { body: Buffer.from("Hello, World!") })).toEqual([
      ["X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"],
    ]);
  });
});

describe("Standard Webhooks", () => {
  const scheme: SignatureScheme = { kind: "standard", prefix: "webhook" };
  const pairs = [
    ["whsec", "v1"],
    ["ed25519", "v1a"],
  ] as const;

  it.each(pairs)("%s signatures count under their own version only", (kind, version) => {
    const key = openKey(scheme, secretOf(kind, 1));
    const headers = signed(scheme, [key]);
    const under = (label: string) =>
      headers.map(([name, value]): [string, string] => [name, value.replace(`${version},`, `${label},`)]);
    expect(check(scheme, under(version), [key]).outcome).toBe("verified");
    for (const label of ["v1", "v1a", "v2"].filter((other) => other !== version)) {
      expect(check(scheme, under(label), [key])).toEqual({ outcome: "no_match" });
    }
  });

  it("a public key verifies and does not sign", () => {
    const { secret, publicKey } = makeSecret("ed25519", Buffer.alloc(32, 1));
    const reader = openKey(scheme, publicKey ?? "");
    expect(check(scheme, signed(scheme, [openKey(scheme, secret)]), [reader]).outcome).toBe("verified");
    expect(() => signed(scheme, [reader])).toThrow(SecretError);
  });
});

describe("an HMAC scheme", () => {
  it("signs exactly the content that it names", () => {
    const scheme = hmac({
      content: "{id}|{timestamp}|{method}|{url}|{path}|{body}!",
      timestamp_unit: "ms",
      timestamp_header: "X-Time",
      id_header: "X-Id",
      format: "id={id};{signatures}",
    });
    const content = `evt_1|${NOW}|POST|${URL}|/hooks?x=1|{"a":1.0}!`;
    expect(signed(scheme, [openKey(scheme, "secret key")])).toEqual([
      ["X-Id", "evt_1"],
      ["X-Time", String(NOW)],
      ["X-Signature", `id=evt_1;${createHmac("sha256", "secret key").update(content).digest("hex")}`],
    ]);
  });

  it("ignores other versions in a list, and takes hex in capitals", () => {
    const scheme = hmac({ each: "v1={signature}", separator: "," });
    const key = openKey(scheme, "secret key");
    const [[, value] = ["", ""]] = signed(scheme, [key]);
    const many: [string, string][] = [
      ["X-Signature", `v0=00,${value.replace("v1=", "").toUpperCase().replace(/^/, "v1=")},x`],
    ];
    expect(check(scheme, many, [key])).toEqual({ outcome: "verified", keyIndex: 0 });
  });

  it("refuses a signature with something behind it", () => {
    const scheme = hmac({ encoding: "base64" });
    const key = openKey(scheme, "secret key");
    const [[name, value] = ["", ""]] = signed(scheme, [key]);
    for (const extra of ["A", " ", "==", "\n"]) {
      expect(check(scheme, [[name, `${value}${extra}x`]], [key]).outcome).not.toBe("verified");
    }
  });
});

describe("an HTTP signature", () => {
  const scheme = http();
  const key = openKey(scheme, "secret key");
  const change = (from: string | RegExp, to: string) =>
    signed(scheme, [key]).map(([name, value]): [string, string] => [name, value.replace(from, to)]);

  it("refuses fewer parts, another algorithm, and parameters given twice", () => {
    for (const headers of [
      change(" date digest", ""),
      change("hmac-sha256", "hmac-sha1"),
      change(/,signature=/, ',keyId="x",signature='),
      change(/expires=\d+,/, ""),
    ]) {
      expect(check(scheme, headers, [key])).toEqual({
        outcome: "malformed_signature",
        header: "x-signature",
      });
    }
  });

  it("covers target, host, date, digest and expiry", () => {
    const headers = signed(scheme, [key]);
    expect(check(scheme, headers, [key], { url: "/hooks?x=1" }).outcome).toBe("verified");
    expect(check(scheme, headers, [key], { url: "/hooks?x=2" }).outcome).toBe("no_match");
    expect(check(scheme, headers, [key], { method: "PUT" }).outcome).toBe("no_match");
    expect(check(scheme, change(/expires=\d+/, "expires=99999999999"), [key]).outcome).toBe("no_match");
    const other: [string, string][] = [...headers, ["host", "evil.example.com"], ["digest", "SHA-256=abc"]];
    const input = { body: BODY, keys: [key], nowMs: NOW, method: "POST", url: URL };
    expect(verify(scheme, { ...input, headers: other }).outcome).toBe("no_match");
    const digest: [string, string][] = [
      ...headers,
      ["host", "receiver.example.com"],
      ["digest", "SHA-256=abd"],
    ];
    expect(verify(scheme, { ...input, headers: digest }).outcome).toBe("no_match");
  });

  it("expires, and reads only dates as dates", () => {
    const late = { nowMs: NOW + 301_000, toleranceSeconds: 3600 };
    expect(check(scheme, signed(scheme, [key]), [key], late)).toEqual({ outcome: "expired", agoSeconds: 1 });
    expect(check(scheme, change(/^Sun, .*/, "soon"), [key])).toEqual({ outcome: "bad_timestamp" });
  });

  it("does not sign a header that is not sent", () => {
    expect(() => signed(scheme, [key], { headers: [] })).toThrow(/"digest" is to be signed but not sent/);
  });

  it("keeps a key id within its quotes", () => {
    const [, [, value] = ["", ""]] = signed(scheme, [key], { keyId: 'a"b\\c' });
    expect(value).toContain('keyId="a%22b%5Cc",');
  });

  it("is what the draft's reference library takes, in base64, as Authorization and under another name", () => {
    const at = Date.now();
    for (const [header, headers] of [
      ["authorization", ["(request-target)", "host", "date", "digest"]],
      ["signature", ["(request-target)", "host", "date", "digest", "(expires)"]],
    ] as const) {
      const expires_seconds = headers.length === 5 ? 300 : null;
      const draft = http({ encoding: "base64", header, headers, expires_seconds });
      const made = signed(draft, [openKey(draft, "secret key")], { timestampMs: at });
      const request = {
        method: "POST",
        url: "/hooks?x=1",
        headers: { ...Object.fromEntries(made), host: "receiver.example.com", digest: "SHA-256=abc" },
      };
      const parsed = httpSignature.parseRequest(request);
      expect(parsed.params.keyId).toBe("ep_1");
      expect(httpSignature.verifyHMAC(parsed, "secret key")).toBe(true);
      expect(httpSignature.verifyHMAC(parsed, "other key")).toBe(false);
    }
  });
});

describe("no signature", () => {
  it("adds nothing and says so", () => {
    expect(signed({ kind: "none" }, [])).toEqual([]);
    expect(check({ kind: "none" }, [], [])).toEqual({ outcome: "unsigned" });
  });
});
