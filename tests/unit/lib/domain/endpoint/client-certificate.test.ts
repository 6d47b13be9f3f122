import "reflect-metadata";
import { createPrivateKey, createPublicKey, generateKeyPairSync, KeyObject, randomBytes } from "node:crypto";
import { ExtendedKeyUsage, ExtendedKeyUsageExtension, X509CertificateGenerator } from "@peculiar/x509";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { parseClientCertificate } from "@/lib/domain/endpoint/client-certificate";
import { type CertificateAuthority, createAuthority, dayMs } from "@/tests/support/receiver/certificates";

const NOW = new Date();
let authority: CertificateAuthority;
let leaf: { cert: string; key: string };

beforeAll(async () => {
  authority = await createAuthority("Clients");
  leaf = await authority.issue({ names: ["shop.example"] });
});

const parse = (certificate: string, key: string, chain?: string) =>
  parseClientCertificate({ certificate, key, chain }, NOW);

/** The one error of a refusal, as `path: message`. */
function problemOf(verdict: ReturnType<typeof parse>): string {
  if (verdict.outcome === "accepted") return "accepted";
  return verdict.errors.map(({ path, message }) => `${path}: ${message}`).join();
}

async function withUsage(usage: ExtendedKeyUsage): Promise<{ cert: string; key: string }> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048 };
  const keys = await crypto.subtle.generateKey(
    { ...algorithm, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ["sign", "verify"],
  );
  const cert = await X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=rsa.example, O=Shop\\, Inc",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(NOW.getTime() - dayMs),
    notAfter: new Date(NOW.getTime() + dayMs),
    extensions: [new ExtendedKeyUsageExtension([usage])],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: "pkcs1", format: "pem" }).toString();
  return { cert: cert.toString("pem"), key };
}

/** An RSA key of this size that nobody could use: real ones take seconds to make, and nothing may try to sign with it. */
function hugeRsa(bits: number): KeyObject {
  const number = (size: number) => {
    const bytes = randomBytes(size / 8);
    bytes.writeUInt8((bytes[0] ?? 0) | 0xc0);
    bytes.writeUInt8((bytes.at(-1) ?? 0) | 1, bytes.length - 1);
    return bytes.toString("base64url");
  };
  const half = () => number(bits / 2);
  const parts = { d: number(bits), p: half(), q: half(), dp: half(), dq: half(), qi: half() };
  return createPrivateKey({ format: "jwk", key: { kty: "RSA", n: number(bits), e: "AQAB", ...parts } });
}

/** A certificate of a key that did not sign it. */
async function certifying(key: KeyObject): Promise<string> {
  const signer = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { privateKey } = await crypto.subtle.generateKey(signer, true, ["sign", "verify"]);
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const certificate = await X509CertificateGenerator.create({
    serialNumber: "01",
    subject: "CN=huge",
    issuer: "CN=huge",
    publicKey: await crypto.subtle.importKey("spki", new Uint8Array(spki), algorithm, true, ["verify"]),
    signingKey: privateKey,
    signingAlgorithm: signer,
    notBefore: new Date(NOW.getTime() - dayMs),
    notAfter: new Date(NOW.getTime() + dayMs),
  });
  return certificate.toString("pem");
}

describe("a client certificate with its key is accepted", () => {
  it("EC, with its chain in either field, and text around the blocks", () => {
    for (const verdict of [
      parse(leaf.cert, leaf.key),
      parse(`Bag Attributes\n${leaf.cert}\n${authority.cert}`, leaf.key),
      parse(leaf.cert, leaf.key, authority.cert),
    ]) {
      expect(verdict).toMatchObject({
        outcome: "accepted",
        certificate: { subject: "CN=shop.example", issuer: "CN=Clients", expiresAt: expect.any(Date) },
      });
    }
    const both = parse(leaf.cert, leaf.key, authority.cert);
    expect(both.outcome === "accepted" && both.certificate.certificate.match(/BEGIN/g)).toHaveLength(2);
  });

  it("RSA in the traditional form, made for clients; the key comes out as PKCS #8", async () => {
    const rsa = await withUsage(ExtendedKeyUsage.clientAuth);
    const verdict = parse(rsa.cert, rsa.key);
    expect(verdict).toMatchObject({
      outcome: "accepted",
      certificate: {
        subject: expect.stringMatching(/CN=rsa\.example/),
        key: expect.stringContaining("BEGIN PRIVATE KEY"),
      },
    });
  });

  it("an EC key in the form of openssl ecparam", () => {
    const parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    expect(parse(leaf.cert, parameters + leaf.key)).toMatchObject({ outcome: "accepted" });
  });
});

describe("what cannot work is refused with the field and the rule", () => {
  const keyOf = (pem: string | Buffer) => pem.toString();

  it("keys of other kinds", () => {
    const rsa1024 = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
    const ed25519 = generateKeyPairSync("ed25519").privateKey;
    const k256 = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey;
    const p256 = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const pem = (key: KeyObject) => keyOf(key.export({ type: "pkcs8", format: "pem" }));
    const encrypted = keyOf(
      p256.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
    );
    const traditional = keyOf(
      p256.privateKey.export({ type: "sec1", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
    );
    const cases: [string, RegExp][] = [
      [pem(rsa1024), /^key: The RSA key has 1024 bits; at least 2048/],
      [pem(ed25519), /^key: The key must be RSA or EC; this one is ed25519/],
      [pem(k256), /^key: The EC key must be on P-256.*secp256k1/],
      [encrypted, /^key: The key is encrypted\. Decrypt it first/],
      [traditional, /^key: The key is encrypted\. Decrypt it first/],
      [pem(p256.privateKey), /^key: The key does not belong to the certificate/],
      [keyOf(p256.publicKey.export({ type: "spki", format: "pem" })), /^key: This is a PUBLIC KEY/],
      [leaf.key + leaf.key, /^key: There is more than one block/],
      ["", /^key: There is no PEM private key/],
      [leaf.key.replace(/[A-Z]/, "!"), /^key: /],
      [
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        /^key: The private key cannot be read\.$/,
      ],
    ];
    for (const [key, words] of cases) expect(problemOf(parse(leaf.cert, key))).toMatch(words);
  });

  it("certificates that are over, not yet begun, for servers only, broken, or in disorder", async () => {
    const at = (days: number) => new Date(NOW.getTime() + days * dayMs);
    const over = await authority.issue({ names: ["a"], notBefore: at(-9), notAfter: at(-1) });
    const early = await authority.issue({ names: ["a"], notBefore: at(1), notAfter: at(9) });
    const server = await withUsage(ExtendedKeyUsage.serverAuth);
    const stranger = await createAuthority("Clients");
    const broken = leaf.cert.replace(/\n[A-Za-z0-9+/]{20}/, "\nAAAAAAAAAAAAAAAAAAAA");
    const cases: [[string, string, string?], RegExp][] = [
      [[over.cert, over.key], /^certificate: The certificate expired on/],
      [[early.cert, early.key], /^certificate: The certificate is not valid before/],
      [[server.cert, server.key], /^certificate: .*lacks client authentication/],
      [[broken, leaf.key], /^certificate: Certificate 1 cannot be read/],
      [["no pem", leaf.key], /^certificate: There is no PEM certificate/],
      [[leaf.cert + leaf.key, leaf.key], /^certificate: There is a private key in here/],
      [[leaf.cert, leaf.key, leaf.key], /^chain: There is a private key in here/],
      [[authority.cert + leaf.cert, leaf.key], /^key: The key does not belong/],
      [[leaf.cert + leaf.cert, leaf.key], /^certificate: Certificate 2 did not issue/],
      // The same name with another key is not the issuer.
      [[leaf.cert, leaf.key, stranger.cert], /^chain: Certificate 2 did not issue/],
      [[leaf.cert, leaf.key, authority.cert.repeat(11)], /^chain: There are 12 certificates/],
    ];
    for (const [args, words] of cases) expect(problemOf(parse(...args))).toMatch(words);
  });

  it("RSA keys that would slow down every connection, in the chain too", async () => {
    const pem = (key: KeyObject) => keyOf(key.export({ type: "pkcs8", format: "pem" }));
    const huge = hugeRsa(16_384);
    const cert = await certifying(huge);
    const words = "an RSA key of 16384 bits; at most 4096 are taken";
    expect(problemOf(parse(leaf.cert, pem(huge)))).toContain(`key: This is ${words}`);
    expect(problemOf(parse(cert, pem(huge)))).toContain(`certificate: Certificate 1 has ${words}`);
    expect(problemOf(parse(leaf.cert, leaf.key, authority.cert + cert))).toContain(
      `chain: Certificate 2 has ${words}`,
    );
    expect(problemOf(parse(leaf.cert, pem(hugeRsa(4_096))))).toContain("does not belong to the certificate");
    expect(problemOf(parse(leaf.cert, pem(hugeRsa(4_104))))).toContain("4104 bits");
  });

  it("more blocks than any chain has, before one of them is read", () => {
    const search = vi.spyOn(String.prototype, "indexOf");
    const verdict = parse("-----BEGIN A-----".repeat(100_000), leaf.key);
    const searches = search.mock.calls.length;
    search.mockRestore();
    expect(problemOf(verdict)).toBe("certificate: There are more than 12 PEM blocks in here.");
    expect(searches).toBeLessThan(30);
    expect(problemOf(parse(leaf.cert, leaf.key, authority.cert.repeat(13)))).toContain(
      "chain: There are more",
    );
    const noLabels = `${"-----BEGIN a-----".repeat(11)}${leaf.cert}`;
    expect(problemOf(parse(noLabels, leaf.key))).toBe("accepted");
  });

  it("never with a part of the key in the message", () => {
    const body = leaf.key.split("\n")[1] ?? "";
    for (const key of [leaf.key + leaf.key, leaf.key.replace("-----END", "AAAA-----END"), body]) {
      expect(problemOf(parse(leaf.cert, key))).not.toContain(body.slice(0, 12));
    }
  });

  it("quickly, however the text is made", () => {
    const startedAt = performance.now();
    parse("-----BEGIN A-----".repeat(100_000), "-----BEGIN PRIVATE KEY-----".repeat(100_000));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
