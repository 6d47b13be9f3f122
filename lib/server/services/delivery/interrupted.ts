// Owns the trace of an attempt whose process died: nobody knows whether it reached the receiver, and the log says so.
import type { ClaimedRow } from "../../repositories/hot-path/lease-statements";
import type { AttemptRecord } from "../../repositories/hot-path/record-statement";

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
    id: parts.newId("attempt"),
    deliveryId: row.id,
    endpointId: row.endpoint_id,
    trigger: row.trigger,
    number,
    leaseToken: BigInt(row.lease_token),
    succeeded: false,
    startedAtMs: parts.now(),
    durationMs: null,
    requestUrl: parts.targets.peek(row.endpoint_id)?.url ?? "",
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
    errorClass: "interrupted",
    errorMessage:
      "Signpost stopped during this attempt. Whether it reached the receiver is not known, so it was made again.",
    retryAfterMs: null,
    timings: null,
    resolvedAddress: null,
    tlsVersion: null,
    certificateExpiresAtMs: null,
    next: { state: "pending", reason: null, delayMs: null },
    movesDelivery: false,
  };
}
