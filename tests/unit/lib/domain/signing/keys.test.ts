import { createPrivateKey, generateKeyPairSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SignatureScheme } from "@/lib/domain/profile/signature-scheme";
import { checkImportedSecret, importKindOf } from "@/lib/domain/signing/import-secret";
import { makeSecret, openKey, publicKeyOf, SecretError, secretHint } from "@/lib/domain/signing/keys";

const STANDARD: SignatureScheme = { kind: "standard", prefix: "webhook" };
const hmac = (key: "utf8" | "whsec" | "hex" | "base64"): SignatureScheme => ({
  kind: "hmac",
  key,
  hash: "sha256",
  content: "{body}",
  encoding: "hex",
  header: "x-signature",
  format: "{signatures}",
  each: "{signature}",
  separator: null,
  timestamp_unit: "s",
  timestamp_header: null,
  id_header: null,
});
const base64 = (bytes: number, fill = 7) => Buffer.alloc(bytes, fill).toString("base64");

describe("a generated secret", () => {
  it("K-15 has its kind's form and all of its randomness", () => {
    const random = randomBytes(32);
    expect(makeSecret("whsec", random)).toEqual({
      secret: `whsec_${random.toString("base64")}`,
      publicKey: null,
    });
    expect(makeSecret("hex", random)).toEqual({ secret: random.toString("hex"), publicKey: null });
    expect(makeSecret("base64", random)).toEqual({ secret: random.toString("base64"), publicKey: null });
    expect(makeSecret("none", random)).toEqual({ secret: "", publicKey: null });
    expect(() => makeSecret("whsec", randomBytes(16))).toThrow(/24 to 64/);
    expect(() => makeSecret("ed25519", randomBytes(64))).toThrow(/exactly 32/);
  });

  it("G-07 of Ed25519 is seed and public key, as others write it", () => {
    const random = randomBytes(32);
    const { secret, publicKey } = makeSecret("ed25519", random);
    const bytes = Buffer.from(secret.replace(/^whsk_/, ""), "base64");
    expect(bytes).toHaveLength(64);
    expect(bytes.subarray(0, 32).equals(random)).toBe(true);
    const jwk = createPrivateKey({
      key: {
        kty: "OKP",
        crv: "Ed25519",
        d: random.toString("base64url"),
        x: bytes.subarray(32).toString("base64url"),
      },
      format: "jwk",
    });
    expect(jwk.asymmetricKeyType).toBe("ed25519");
    expect(publicKey).toBe(`whpk_${bytes.subarray(32).toString("base64")}`);
    expect(publicKeyOf(secret)).toBe(publicKey);
    expect(publicKeyOf("whsec_abc")).toBeNull();
  });

  it("every kind opens in a scheme that takes it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (random) => {
        const opened = openKey(STANDARD, makeSecret("whsec", random).secret);
        expect(opened).toEqual({ type: "hmac", key: Buffer.from(random) });
        for (const kind of ["whsec", "hex", "base64"] as const) {
          const { secret } = makeSecret(kind, random);
          expect(openKey(hmac(kind), secret)).toEqual({ type: "hmac", key: Buffer.from(random) });
          expect(openKey(hmac("utf8"), secret)).toEqual({ type: "hmac", key: Buffer.from(secret) });
        }
        expect(openKey(STANDARD, makeSecret("ed25519", random).secret).type).toBe("ed25519");
      }),
      { numRuns: 100 },
    );
  });
});

describe("a secret in a scheme that cannot use it", () => {
  it.each([
    [STANDARD, "0123456789abcdef", /whsec_ and base64/],
    [STANDARD, "whsec_not base64!", /whsec_ and base64/],
    [STANDARD, "whsec_", /empty/],
    [STANDARD, `whsk_${base64(31)}`, /64 bytes/],
    [STANDARD, `whsk_${base64(64)}`, /second half/],
    [STANDARD, `whpk_${base64(31)}`, /32 bytes/],
    [hmac("hex"), "abc", /hexadecimal digits/],
    [hmac("base64"), "ab=c", /base64/],
    [hmac("base64"), "QR", /base64/],
    [hmac("base64"), "QUJDR", /base64/],
    [hmac("whsec"), base64(32), /whsec_ and base64/],
    [hmac("utf8"), "", /empty/],
    [hmac("utf8"), `whsk_${base64(32)}`, /not a key pair/],
  ])("%# is refused without being repeated", (scheme, secret, reason) => {
    expect(() => openKey(scheme, secret)).toThrow(SecretError);
    expect(() => openKey(scheme, secret)).toThrow(reason);
    try {
      openKey(scheme, secret);
    } catch (error) {
      if (secret.length > 8) expect(String(error)).not.toContain(secret.slice(6));
    }
  });

  it("whatever an endpoint has does no harm where nothing is signed", () => {
    expect(openKey({ kind: "none" }, `whsk_${base64(32)}`).type).toBe("hmac");
  });

  it("a public key verifies and cannot sign", () => {
    const { publicKey } = makeSecret("ed25519", randomBytes(32));
    const key = openKey(STANDARD, publicKey ?? "");
    expect(key.type === "ed25519" && key.privateKey).toBeNull();
  });
});

describe("a hint", () => {
  it.each([
    [`whsec_${"A".repeat(40)}wxyz=`, "whsec_…wxyz"],
    [`${"0".repeat(60)}cafe`, "…cafe"],
    ["short-one", "…ne"],
    [`whsk_${"A".repeat(84)}1234==`, "whsk_…1234"],
  ])("of %s is %s", (secret, hint) => {
    expect(secretHint(secret)).toBe(hint);
  });
});

describe("G-06 a secret that is brought along", () => {
  const problem = (kind: Parameters<typeof checkImportedSecret>[0], text: string) => {
    const result = checkImportedSecret(kind, text);
    return result.outcome === "refused" ? result.message : null;
  };
  const foreign = () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const { d = "", x = "" } = privateKey.export({ format: "jwk" });
    return `whsk_${Buffer.concat([Buffer.from(d, "base64url"), Buffer.from(x, "base64url")]).toString("base64")}`;
  };

  it.each([
    ["whsec", `whsec_${base64(24)}`],
    ["whsec", `whsec_${base64(64)}`],
    ["whsec", `whsec_${base64(32).replace(/=+$/, "")}`],
    ["whsec", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    ["hex", "8f742231b10e8888abcd99yyyzzz85a5".replace(/[yz]/g, "0")],
    ["base64", base64(32)],
    ["utf8", "It's a Secret to Everybody"],
    ["utf8", "whsec_abcdefghijklmnopqrstuvwxyz012345"],
    ["utf8", "geheimnis-mit-ümlaut"],
    ["ed25519", foreign()],
    ["ed25519", `whsk_${base64(32)}`],
  ] as const)("%s takes %s as it is", (kind, secret) => {
    expect(checkImportedSecret(kind, secret)).toEqual({ outcome: "accepted", secret });
  });

  it.each([
    ["whsec", "", "The secret is empty."],
    ["whsec", base64(32), "The secret has to begin with whsec_."],
    ["whsec", `whsec_${base64(23)}`, "The secret holds 23 bytes; it needs 24 to 64."],
    ["whsec", `whsec_${base64(65)}`, "The secret holds 65 bytes; it needs 24 to 64."],
    ["whsec", "whsec_%%%%", "The secret has to be whsec_ followed by base64."],
    ["whsec", `whsec_${base64(32)}=`, "The secret has to be whsec_ followed by base64."],
    [
      "whsec",
      `whsec_${base64(32)}\n`,
      "There is a space or line break at the beginning or end; copy the secret alone.",
    ],
    [
      "whsec",
      ` whsec_${base64(32)}`,
      "There is a space or line break at the beginning or end; copy the secret alone.",
    ],
    ["hex", "abcde", "The secret has to be hexadecimal digits, two for each byte."],
    ["hex", "ab".repeat(8), "The secret holds 8 bytes; it needs 16 to 128."],
    ["base64", "not base64 at all", "The secret has to be base64."],
    ["utf8", "short", "The secret has 5 bytes; at least 8 are needed, or it could be guessed."],
    ["utf8", "with\u0000nul inside", "The secret contains a line break or another control character."],
    ["utf8", "x".repeat(513), "The secret has 513 bytes; at most 512 are allowed."],
    ["utf8", "lone surrogate \ud800 inside", "The secret is not well-formed text."],
    [
      "ed25519",
      `whpk_${base64(32)}`,
      "This is a public key (whpk_), which can only verify; signing needs the private key, whsk_….",
    ],
    ["ed25519", base64(64), "The private key has to begin with whsk_."],
    [
      "ed25519",
      `whsk_${base64(64)}`,
      "This cannot be used: the second half of this private key is not the public key of the first.",
    ],
  ] as const)("%s refuses %j: %s", (kind, secret, message) => {
    expect(problem(kind, secret)).toBe(message);
  });

  it("is asked for in the form of the scheme's key", () => {
    expect(importKindOf(STANDARD, "whsec_x")).toBe("whsec");
    expect(importKindOf(STANDARD, "whsk_x")).toBe("ed25519");
    expect(importKindOf(STANDARD, "whpk_x")).toBe("ed25519");
    expect(importKindOf(hmac("utf8"), "whsk_x")).toBe("utf8");
    expect(importKindOf({ kind: "none" }, "x")).toBeNull();
  });
});
