// Owns the certificates of the test receiver: one authority of its own and leaves that are wrong in one way each.
import "reflect-metadata";
import { KeyObject, type webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;

export type KeyAndCertificate = { key: string; cert: string };

export type CertificateAuthority = {
  /** PEM certificate that a client has to trust. */
  cert: string;
  issue(options: { names: readonly string[]; notBefore?: Date; notAfter?: Date }): Promise<KeyAndCertificate>;
};

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function pemOf(keys: webcrypto.CryptoKeyPair): string {
  return KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString();
}

function alternativeNames(names: readonly string[]): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
  );
}

let serial = 1;
function validity(options: { notBefore?: Date; notAfter?: Date }) {
  return {
    serialNumber: (serial++).toString(16).padStart(4, "0"),
    notBefore: options.notBefore ?? new Date(Date.now() - DAY_MS),
    notAfter: options.notAfter ?? new Date(Date.now() + 30 * DAY_MS),
  };
}

/** An authority with a fresh key. */
export async function createAuthority(name: string): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const root = await X509CertificateGenerator.createSelfSigned({
    ...validity({}),
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    cert: root.toString("pem"),
    async issue(options) {
      const leafKeys = await newKeys();
      const leaf = await X509CertificateGenerator.create({
        ...validity(options),
        subject: `CN=${options.names[0] ?? "leaf"}`,
        issuer: root.subject,
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        extensions: [alternativeNames(options.names)],
      });
      return { key: pemOf(leafKeys), cert: leaf.toString("pem") };
    },
  };
}

/** A certificate that nobody issued. */
export async function selfSigned(names: readonly string[]): Promise<KeyAndCertificate> {
  const keys = await newKeys();
  const leaf = await X509CertificateGenerator.createSelfSigned({
    ...validity({}),
    name: `CN=${names[0] ?? "self"}`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [alternativeNames(names)],
  });
  return { key: pemOf(keys), cert: leaf.toString("pem") };
}

export const dayMs = DAY_MS;
