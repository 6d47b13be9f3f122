// Owns one attempt: sign, send, judge. It writes nothing; what happened comes back as a record.
import { classifyStatus, judgeAttempt } from "@/lib/domain/delivery/classify";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import { parseRetryAfter } from "@/lib/domain/retry/retry-after";
import type { Outbound } from "../../outbound/send";
import type { AttemptRecord } from "../../repositories/hot-path/record-statement";
import { authorize, NO_AUTHORIZATION } from "./authorization";
import { prepareRequest } from "./prepare-request";
import type { LeasedDelivery } from "./pump";
import type { Target } from "./targets";
import type { TokenCache } from "./token-cache";
import type { Wire } from "./wires";

const MASK = "••••••";

export type MakeAttemptParts = {
  outbound: Outbound;
  tokens: TokenCache;
  now: () => number;
  random: () => number;
  newId: (kind: "attempt") => string;
};

export type MadeAttempt = {
  record: AttemptRecord;
  disableEndpoint: boolean;
  /** How the receiver felt about the pace. */
  feedback:
    | { kind: "ok" }
    | { kind: "pushed_back"; retryAfterMs: number | null; why: "limited" | "ill" }
    | { kind: "none" };
};

function failureBeforeSending(errorClass: AttemptErrorClass, message: string) {
  return {
    outcome: "error" as const,
    errorClass,
    message,
    timings: null,
    resolvedAddress: null,
    tlsVersion: null,
  };
}

function headerValue(headers: readonly [string, string][], name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

const masked = (headers: readonly [string, string][]) =>
  headers.map(([name]): [string, string] => [name, MASK]);

/** JSON in PostgreSQL cannot hold NUL: a header that smuggles one in is kept with it made visible. */
function withoutNul(text: string): string {
  return text.includes("\0") ? text.replaceAll("\0", "␀") : text;
}

/** Carries out one attempt of a leased delivery and says what became of it. Never throws for what a receiver does. */
export async function makeAttempt(
  parts: MakeAttemptParts,
  delivery: LeasedDelivery,
  target: Target,
  wire: Wire,
): Promise<MadeAttempt> {
  const startedAtMs = parts.now();
  const id = parts.newId("attempt");
  const request = prepareRequest(id, startedAtMs, delivery, target, wire);
  const authorization =
    target.auth === null || request.outcome === "refused"
      ? NO_AUTHORIZATION
      : await authorize(parts.tokens, target, request.own);
  const refusal = request.outcome === "refused" ? request : authorization.failure;
  const result =
    refusal !== null
      ? failureBeforeSending(refusal.errorClass, refusal.message)
      : await parts.outbound.send({
          url: target.url,
          headers: [...request.own, ...request.custom, ...authorization.headers],
          body: request.body,
          timeoutMs: target.timeoutMs - authorization.spentMs,
          identity: target.identity,
        });

  const response = result.outcome === "response" ? result : null;
  if (response !== null) authorization.answered(response.status);
  const retryAfterMs =
    response === null ? null : parseRetryAfter(headerValue(response.headers, "retry-after"), parts.now());
  const verdict = judgeAttempt({
    result:
      response === null
        ? { errorClass: (result as { errorClass: AttemptErrorClass }).errorClass }
        : { status: response.status },
    trigger: delivery.trigger,
    policy: target.retryPolicy,
    step: delivery.step + 1,
    random: parts.random(),
    retryAfterMs,
    isSuccess: wire.profile.isSuccess,
    elapsedMs: (delivery.elapsedMs ?? 0) + (parts.now() - startedAtMs),
  });
  const heeded =
    response !== null && (response.status === 429 || response.status === 503) ? retryAfterMs : null;

  const record: AttemptRecord = {
    id,
    deliveryId: delivery.deliveryId,
    endpointId: delivery.endpointId,
    trigger: delivery.trigger,
    number: delivery.attemptNumber,
    leaseToken: delivery.leaseToken,
    succeeded: verdict.state === "succeeded",
    startedAtMs,
    durationMs: result.timings?.totalMs ?? null,
    requestUrl: target.url,
    requestHeaders: [...request.own, ...masked(request.custom), ...masked(authorization.headers)],
    requestBodySha256: request.bodySha256,
    requestBodySize: request.body.length,
    secretIds: request.secretIds,
    responseStatus: response?.status ?? null,
    responseHeaders: response?.headers.map(([name, value]) => [withoutNul(name), withoutNul(value)]) ?? null,
    responseBody: response === null ? null : Buffer.from(response.body),
    responseBodySize: response?.bodySize ?? null,
    responseTruncated: response?.truncated ?? false,
    responseIncomplete: response?.incomplete ?? false,
    errorClass: verdict.errorClass,
    errorMessage: verdict.errorClass === null ? null : withoutNul(explain(result, response?.status ?? null)),
    retryAfterMs: heeded,
    timings: result.timings === null ? null : wireTimings(result.timings),
    resolvedAddress: result.resolvedAddress,
    tlsVersion: result.tlsVersion,
    certificateExpiresAtMs: response?.tlsCertificateExpiresAt?.getTime() ?? null,
    next: { state: verdict.state, reason: verdict.reason, delayMs: verdict.delayMs },
    movesDelivery: true,
  };
  return {
    record,
    disableEndpoint: verdict.disableEndpoint,
    feedback: feedbackOf(response?.status ?? null, heeded, wire.profile.isSuccess),
  };
}

function feedbackOf(
  status: number | null,
  retryAfterMs: number | null,
  isSuccess: (status: number) => boolean,
): MadeAttempt["feedback"] {
  if (status === null) return { kind: "none" };
  if (status === 429) return { kind: "pushed_back", retryAfterMs, why: "limited" };
  if (status === 502 || status === 503 || status === 504)
    return { kind: "pushed_back", retryAfterMs, why: "ill" };
  return classifyStatus(status, isSuccess) === null ? { kind: "ok" } : { kind: "none" };
}

function explain(result: { outcome: string; message?: string }, status: number | null): string {
  if (status === null) return result.message ?? "The attempt failed.";
  if (status >= 300 && status <= 399) return `The receiver answered ${status}; redirects are not followed.`;
  if (status === 410) return "The receiver answered 410 Gone: it wants no more deliveries.";
  return `The receiver answered ${status}.`;
}

function wireTimings(timings: {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  totalMs: number;
}) {
  const round = (ms: number | null) => (ms === null ? null : Math.round(ms * 100) / 100);
  return {
    dns_ms: round(timings.dnsMs),
    connect_ms: round(timings.connectMs),
    tls_ms: round(timings.tlsMs),
    first_byte_ms: round(timings.firstByteMs),
    total_ms: round(timings.totalMs) ?? 0,
  };
}
