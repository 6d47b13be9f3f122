// Outcomes of attempts that nobody made, for tests of what records them.
import { randomBytes } from "node:crypto";
import { makeId } from "@/lib/domain/ids";
import type { AttemptRecord } from "@/lib/server/repositories/hot-path/record-statement";

/** An attempt that was answered with 500; the next one is due in a minute. */
export function failedAttempt(fields: Partial<AttemptRecord> & { deliveryId: string }): AttemptRecord {
  return {
    id: makeId("attempt", Date.now(), randomBytes(10)),
    endpointId: "",
    trigger: "event",
    number: 1,
    leaseToken: 0n,
    succeeded: false,
    startedAtMs: Date.now(),
    durationMs: 1,
    requestUrl: "https://example.com/x",
    requestHeaders: [],
    requestBodySha256: null,
    requestBodySize: 0,
    secretIds: [],
    responseStatus: 500,
    responseHeaders: [],
    responseBody: null,
    responseBodySize: null,
    responseTruncated: false,
    responseIncomplete: false,
    errorClass: "server_error",
    errorMessage: "x",
    retryAfterMs: null,
    timings: null,
    resolvedAddress: null,
    tlsVersion: null,
    certificateExpiresAtMs: null,
    next: { state: "pending", reason: null, delayMs: 60_000 },
    movesDelivery: true,
    ...fields,
  };
}
