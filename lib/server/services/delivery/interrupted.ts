// Owns the trace of an attempt whose process died: nobody knows whether it reached the receiver, and the log says so.
import type { ClaimedRow } from "../../repositories/hot-path/lease-statements";
import type { AttemptRecord } from "../../repositories/hot-path/record-statement";

/** What there is to say of a request and its answer when nobody knows of one. */
export const NOTHING_KNOWN: Omit<
  AttemptRecord,
  | "id"
  | "deliveryId"
  | "endpointId"
  | "trigger"
  | "number"
  | "leaseToken"
  | "startedAtMs"
  | "requestUrl"
  | "errorClass"
  | "errorMessage"
  | "next"
  | "movesDelivery"
> = {
  succeeded: false,
  durationMs: null,
  requestHeaders: [],
  requestBodySha256: null,
  requestBodySize: 0,
  secretIds: [],
  responseStatus: null,
  responseHeaders: null,
  responseBody: null,
  responseBodySize: null,
  responseTruncated: false,
  responseIncomplete: false,
  retryAfterMs: null,
  timings: null,
  resolvedAddress: null,
  tlsVersion: null,
  certificateExpiresAtMs: null,
};

/** A record for attempt `number` that leaves a row and moves nothing. */
export function interruptedRecord(
  row: ClaimedRow,
  number: number,
  parts: {
    now: () => number;
    newId: (kind: "attempt") => string;
    targets: { peek(id: string): { url: string } | undefined };
  },
): AttemptRecord {
  return {
    ...NOTHING_KNOWN,
    id: parts.newId("attempt"),
    deliveryId: row.id,
    endpointId: row.endpoint_id,
    trigger: row.trigger,
    number,
    leaseToken: BigInt(row.lease_token),
    startedAtMs: parts.now(),
    requestUrl: parts.targets.peek(row.endpoint_id)?.url ?? "",
    errorClass: "interrupted",
    errorMessage:
      "Signpost stopped during this attempt. Whether it reached the receiver is not known, so it was made again.",
    next: { state: "pending", reason: null, delayMs: null },
    movesDelivery: false,
  };
}
