// Owns the words for everything that can go wrong before a status line is read: one stable class and one clear text.
// Texts are shown to tenants, so they name no resolver, no proxy and no address that a host name resolved to.
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";

/** A failed attempt to open a connection or to exchange a request on it. */
export class OutboundFailure extends Error {
  readonly errorClass: AttemptErrorClass;
  /** The address that was dialled, when one was. */
  readonly address: string | null;

  constructor(errorClass: AttemptErrorClass, message: string, address: string | null = null) {
    super(message);
    this.name = "OutboundFailure";
    this.errorClass = errorClass;
    this.address = address;
  }
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const TLS_REASONS: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate chain ends in an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT: "the certificate's issuer is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the certificate's issuer is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "the certificate's issuer is not trusted or an intermediate certificate is missing",
  CERT_HAS_EXPIRED: "the certificate has expired",
  CERT_NOT_YET_VALID: "the certificate is not valid yet",
  CERT_REVOKED: "the certificate was revoked",
  CERT_UNTRUSTED: "the certificate is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another host name",
  ERR_SSL_WRONG_VERSION_NUMBER: "the receiver does not speak TLS on this port",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "the receiver does not speak TLS on this port",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "the receiver offers no TLS version from 1.2 on",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "the receiver offers no TLS version from 1.2 on",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "the receiver asks for a client certificate",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "the receiver does not accept the client certificate",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "the receiver says that the client certificate has expired",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: "the receiver says that the client certificate was revoked",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: "the receiver does not accept the client certificate",
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: "the receiver does not accept this kind of client certificate",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "the receiver does not know the issuer of the client certificate",
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: "the receiver does not let the client certificate in",
  ECONNRESET: "the receiver closed the connection during the handshake",
  EPIPE: "the receiver closed the connection during the handshake",
};

/** Why a TLS handshake failed, in words that follow a colon. */
export function tlsReason(error: unknown): string {
  const code = codeOf(error);
  return TLS_REASONS[code] ?? (code === "" ? "the handshake failed" : `the handshake failed (${code})`);
}

/** The failure of a TLS handshake with the receiver, with the reason in words. */
export function tlsFailure(error: unknown, address: string): OutboundFailure {
  return new OutboundFailure("tls_error", `TLS: ${tlsReason(error)}.`, address);
}

/** The failure of a TCP connection attempt. */
export function connectFailure(error: unknown, address: string | null): OutboundFailure {
  const code = codeOf(error);
  if (code === "ECONNREFUSED") {
    return new OutboundFailure("connection_refused", "The receiver refused the connection.", address);
  }
  if (code === "ETIMEDOUT") {
    return new OutboundFailure(
      "connect_timeout",
      "The receiver did not accept the connection in time.",
      address,
    );
  }
  if (code === "ECONNRESET") {
    return new OutboundFailure(
      "connection_reset",
      "The receiver reset the connection while it was opened.",
      address,
    );
  }
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") {
    return new OutboundFailure("network_error", "There is no route to the receiver's address.", address);
  }
  // SIGNPOST_LOCAL_ADDRESS names an address that this machine does not have (any more).
  if (code === "EADDRNOTAVAIL") {
    return new OutboundFailure(
      "network_error",
      "This instance cannot send from the address that it is set to send from.",
      address,
    );
  }
  return new OutboundFailure(
    "network_error",
    `The connection failed${code === "" ? "" : ` (${code})`}.`,
    address,
  );
}

/**
 * The failure of a request that was put on a connection and has seen no final status yet. Reads undici's error codes
 * (`UND_ERR_*`), the HTTP parser's (`HPE_*`), OpenSSL's (`ERR_SSL_*`) and the system's.
 */
export function exchangeFailure(error: unknown, address: string | null): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const code = codeOf(error);
  const message = messageOf(error);
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return new OutboundFailure(
      "response_headers_too_large",
      "The response headers are larger than 16 KiB.",
      address,
    );
  }
  const malformed =
    code.startsWith("HPE_") ||
    code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH" ||
    (error instanceof Error && error.name === "HTTPParserError");
  if (malformed) return new OutboundFailure("protocol_error", "The answer is not valid HTTP/1.1.", address);
  // undici checks the status with an assertion, so a status below 100 arrives here as one.
  if (code === "ERR_ASSERTION") {
    return new OutboundFailure("protocol_error", "The answer has a status that HTTP does not know.", address);
  }
  if (code === "UND_ERR_SOCKET" && message.startsWith("bad ")) {
    return new OutboundFailure("protocol_error", "The answer breaks the HTTP/1.1 protocol.", address);
  }
  if (code.startsWith("ERR_SSL_")) return tlsFailure(error, address ?? "");
  if (code === "ECONNRESET" || code === "EPIPE") {
    return new OutboundFailure(
      "connection_reset",
      "The receiver reset the connection before it answered.",
      address,
    );
  }
  if (code === "UND_ERR_SOCKET") {
    return new OutboundFailure(
      "connection_closed",
      "The receiver closed the connection before it answered.",
      address,
    );
  }
  if (
    code === "UND_ERR_INVALID_ARG" ||
    code === "UND_ERR_NOT_SUPPORTED" ||
    code === "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH"
  ) {
    return new OutboundFailure("internal_error", `The request cannot be sent: ${message}.`, null);
  }
  return new OutboundFailure(
    "network_error",
    `The exchange failed${code === "" ? "" : ` (${code})`}.`,
    address,
  );
}
