// Owns the record of one outbound request: what came back or why nothing did, and how long each phase took.
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";

/** Milliseconds with fractions. Null where a phase did not happen: a reused connection has no DNS, connect and TLS time. */
export type OutboundTimings = {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  /** From the request being written to the head of the answer. */
  firstByteMs: number | null;
  /** From the call to its result, with all waiting. */
  totalMs: number;
};

export type OutboundResponse = {
  outcome: "response";
  status: number;
  /** As received: order, case and repetitions kept; bytes read as Latin-1. */
  headers: [string, string][];
  /** At most `maxResponseBytes`, never decompressed. */
  body: Uint8Array;
  /** Bytes that the receiver announced or sent; null when it sent more than was read and announced nothing. */
  bodySize: number | null;
  /** The kept body ends at the limit. */
  truncated: boolean;
  /** The body was cut off by the receiver or by the deadline; the status had been seen. */
  incomplete: boolean;
  timings: OutboundTimings;
  resolvedAddress: string;
  tlsVersion: string | null;
  tlsCertificateExpiresAt: Date | null;
};

export type OutboundError = {
  outcome: "error";
  errorClass: AttemptErrorClass;
  /** For tenants' eyes. */
  message: string;
  timings: OutboundTimings;
  resolvedAddress: string | null;
  tlsVersion: string | null;
  /** The receiver may have seen the request, or part of it. */
  bytesWritten: boolean;
};

export type OutboundResult = OutboundResponse | OutboundError;
