// Owns the reading of a client certificate with its key as a person pastes them: PEM in, checked parts out.
// Messages name the field and the rule and never repeat a part of the key.
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { FieldError } from "../errors";

const MAX_CERTIFICATES = 10;
/** PEM blocks that are looked at in one text; more would be refused as certificates anyway. */
const MAX_BLOCKS = 12;
const MIN_RSA_BITS = 2_048;
/** Each connection signs with the key: at 16,384 bits that takes a quarter of a second of a processor. */
const MAX_RSA_BITS = 4_096;
const CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1"]);
/** Extended key usages that let a certificate identify a client (RFC 5280, section 4.2.1.12). */
const CLIENT_USAGES: ReadonlySet<string> = new Set(["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"]);

export type ClientCertificate = {
  /** PEM, the client's own first, then its intermediates in order. */
  certificate: string;
  /** PKCS #8 PEM. A secret. */
  key: string;
  subject: string;
  issuer: string;
  /** SHA-256, hexadecimal in lower case. */
  fingerprint: string;
  expiresAt: Date;
};

type Verdict =
  | { outcome: "accepted"; certificate: ClientCertificate }
  | { outcome: "refused"; errors: FieldError[] };

type Block = { label: string; text: string };

class Refusal extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

const BEGIN = "-----BEGIN ";
const DASHES = "-----";

/** The blocks of a text, whatever stands around them. Each beginning is looked up once, and there are few. */
function blocksOf(path: string, pem: string): Block[] {
  const blocks: Block[] = [];
  let begin = pem.indexOf(BEGIN);
  for (let count = 1; begin !== -1; count++) {
    if (count > MAX_BLOCKS) throw new Refusal(path, `There are more than ${MAX_BLOCKS} PEM blocks in here.`);
    const labelStart = begin + BEGIN.length;
    const label = /^[A-Z0-9 ]{1,40}(?=-----)/.exec(pem.slice(labelStart, labelStart + 45))?.[0];
    const last = label === undefined ? "" : `-----END ${label}${DASHES}`;
    const end = label === undefined ? -1 : pem.indexOf(last, labelStart + label.length + DASHES.length);
    const next = end === -1 ? labelStart : end + last.length;
    if (label !== undefined && end !== -1) blocks.push({ label, text: pem.slice(begin, next) });
    begin = pem.indexOf(BEGIN, next);
  }
  return blocks;
}

/** RSA's size in bits, 0 for a key of another kind. */
const bitsOf = ({ asymmetricKeyDetails }: KeyObject): number => asymmetricKeyDetails?.modulusLength ?? 0;

function readCertificates(path: string, pem: string): X509Certificate[] {
  const blocks = blocksOf(path, pem);
  if (blocks.some(({ label }) => label.endsWith("PRIVATE KEY"))) {
    throw new Refusal(path, "There is a private key in here; it belongs into the field for the key only.");
  }
  if (blocks.length === 0) {
    throw new Refusal(path, "There is no PEM certificate in here (-----BEGIN CERTIFICATE-----).");
  }
  return blocks.map(({ label, text }, index) => {
    if (label !== "CERTIFICATE")
      throw new Refusal(path, `Block ${index + 1} is a ${label}, not a CERTIFICATE.`);
    let certificate: X509Certificate;
    let bits: number;
    try {
      certificate = new X509Certificate(text);
      bits = bitsOf(certificate.publicKey);
    } catch {
      throw new Refusal(path, `Certificate ${index + 1} cannot be read.`);
    }
    if (bits > MAX_RSA_BITS) throw new Refusal(path, `Certificate ${index + 1} has ${tooLarge(bits)}`);
    return certificate;
  });
}

function readKey(pem: string): KeyObject {
  // `openssl ecparam -genkey` writes the curve before the key; the key repeats it.
  const blocks = blocksOf("key", pem).filter(({ label }) => label !== "EC PARAMETERS");
  const [block] = blocks;
  if (block === undefined) {
    throw new Refusal("key", "There is no PEM private key in here (-----BEGIN PRIVATE KEY-----).");
  }
  if (blocks.length > 1)
    throw new Refusal("key", "There is more than one block in here; give the private key only.");
  if (block.label === "ENCRYPTED PRIVATE KEY" || /^Proc-Type:.*ENCRYPTED/m.test(block.text)) {
    throw new Refusal(
      "key",
      "The key is encrypted. Decrypt it first: openssl pkey -in key.pem -out plain.pem",
    );
  }
  if (!["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"].includes(block.label)) {
    throw new Refusal("key", `This is a ${block.label}, not a private key.`);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(block.text);
  } catch {
    // The cause may quote the key.
    throw new Refusal("key", "The private key cannot be read.");
  }
  checkKey(key);
  return key;
}

const tooLarge = (bits: number) =>
  `an RSA key of ${bits} bits; at most ${MAX_RSA_BITS} are taken, because larger ones slow down every connection.`;

function checkKey(key: KeyObject): void {
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  if (asymmetricKeyType === "rsa") {
    const bits = bitsOf(key);
    if (bits > MAX_RSA_BITS) throw new Refusal("key", `This is ${tooLarge(bits)}`);
    if (bits < MIN_RSA_BITS) {
      throw new Refusal("key", `The RSA key has ${bits} bits; at least ${MIN_RSA_BITS} are needed.`);
    }
    return;
  }
  if (asymmetricKeyType !== "ec") {
    throw new Refusal(
      "key",
      `The key must be RSA or EC; this one is ${asymmetricKeyType ?? "of no known kind"}.`,
    );
  }
  const curve = asymmetricKeyDetails?.namedCurve ?? "unnamed";
  if (!CURVES.has(curve))
    throw new Refusal("key", `The EC key must be on P-256, P-384 or P-521; this one is on ${curve}.`);
}

/** The certificates in the order in which TLS sends them; each must have been issued by the next. */
function checkChain(certificates: readonly X509Certificate[], firstOfChain: number): void {
  if (certificates.length > MAX_CERTIFICATES) {
    throw new Refusal(
      "chain",
      `There are ${certificates.length} certificates; at most ${MAX_CERTIFICATES} are allowed.`,
    );
  }
  for (const [index, issuer] of certificates.entries()) {
    const issued = certificates[index - 1];
    if (issued === undefined) continue;
    if (issued.checkIssued(issuer) && issued.verify(issuer.publicKey)) continue;
    const path = index >= firstOfChain ? "chain" : "certificate";
    throw new Refusal(
      path,
      `Certificate ${index + 1} did not issue the one before it; the client's own comes first.`,
    );
  }
}

function checkLeaf(leaf: X509Certificate, key: KeyObject, now: Date): Date {
  if (!leaf.checkPrivateKey(key)) throw new Refusal("key", "The key does not belong to the certificate.");
  const expiresAt = new Date(leaf.validTo);
  const validFrom = new Date(leaf.validFrom);
  if (!(expiresAt > now)) {
    throw new Refusal("certificate", `The certificate expired on ${leaf.validTo}.`);
  }
  if (validFrom > now)
    throw new Refusal("certificate", `The certificate is not valid before ${leaf.validFrom}.`);
  // Node calls the extended key usages `keyUsage`; undefined when the extension is missing, which allows every use.
  const usages = leaf.keyUsage as string[] | undefined;
  if (usages !== undefined && !usages.some((usage) => CLIENT_USAGES.has(usage))) {
    throw new Refusal(
      "certificate",
      "The certificate is not for clients: its extended key usage lacks client authentication.",
    );
  }
  return expiresAt;
}

/** A distinguished name on one line, most specific part first, as people write it. */
function nameOf(text: string): string {
  const parts = text.split("\n").filter((part) => part !== "");
  return parts.reverse().join(", ").slice(0, 500) || "(no name)";
}

/**
 * Checks that the certificate is one for clients, valid at `now`, that the key (RSA of 2,048 to 4,096 bits, or EC) belongs to it,
 * and that the intermediates lead on from it. Refuses with one error, at the first field that is wrong.
 */
export function parseClientCertificate(
  input: { certificate: string; key: string; chain?: string | undefined },
  now: Date,
): Verdict {
  try {
    const own = readCertificates("certificate", input.certificate);
    const chain = input.chain === undefined ? [] : readCertificates("chain", input.chain);
    const certificates = [...own, ...chain];
    const [leaf] = certificates;
    if (leaf === undefined) throw new Refusal("certificate", "There is no PEM certificate in here.");
    const key = readKey(input.key);
    const expiresAt = checkLeaf(leaf, key, now);
    checkChain(certificates, own.length);
    return {
      outcome: "accepted",
      certificate: {
        certificate: certificates.map((each) => each.toString()).join(""),
        key: key.export({ type: "pkcs8", format: "pem" }).toString(),
        subject: nameOf(leaf.subject),
        issuer: nameOf(leaf.issuer),
        fingerprint: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
        expiresAt,
      },
    };
  } catch (error) {
    if (error instanceof Refusal) {
      return { outcome: "refused", errors: [{ path: error.path, message: error.message }] };
    }
    throw error;
  }
}
