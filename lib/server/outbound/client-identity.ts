// Owns the TLS contexts of this process: whom we trust, and as whom we show ourselves. A context with a client certificate
// belongs to one endpoint; sockets and sessions made with it are never used for another (see the pool keys in send.ts).
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";

/** As whom an endpoint's connections show themselves. `key` is a secret. */
export type ClientIdentity = {
  /** Differs between any two endpoints and between any two certificates of one. */
  id: string;
  /** PEM: the client certificate, then its intermediates. */
  certificate: string;
  /** PEM, not encrypted. */
  key: string;
};

/** A context that trusts the public authorities and `caCertificates`; TLS 1.2 or newer. Throws when OpenSSL refuses the key or certificate. */
export function secureContextOf(
  caCertificates: readonly string[] | undefined,
  identity: Pick<ClientIdentity, "certificate" | "key"> | null = null,
): SecureContext {
  return createSecureContext({
    minVersion: "TLSv1.2",
    ...(caCertificates && caCertificates.length > 0 ? { ca: [...rootCertificates, ...caCertificates] } : {}),
    ...(identity === null ? {} : { cert: identity.certificate, key: identity.key }),
  });
}

/** Whether connections can be opened with this certificate and key (OpenSSL refuses keys and digests that are too weak). */
export function isUsableIdentity(identity: Pick<ClientIdentity, "certificate" | "key">): boolean {
  try {
    secureContextOf(undefined, identity);
    return true;
  } catch {
    return false;
  }
}
