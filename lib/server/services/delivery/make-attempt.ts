// Owns one attempt: sign, send, judge. It writes nothing; what happened comes back as a record.
import { createHash } from "node:crypto";
import { classifyStatus, judgeAttempt } from "@/lib/domain/delivery/classify";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import { renderBody } from "@/lib/domain/delivery/render-body";
import { parseRetryAfter } from "@/lib/domain/retry/retry-after";
import { signStandardWebhook } from "@/lib/domain/signing/standard-webhooks";
import type { Outbound } from "../../outbound/send";
import type { AttemptRecord } from "../../repositories/hot-path/record-statement";
import type { LeasedDelivery } from "./pump";
import type { Target } from "./targets";

const MASK = "••••••";

export type MakeAttemptParts = {
  outbound: Outbound;
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

/** JSON in PostgreSQL cannot hold NUL: a header that smuggles one in is kept with it made visible. */
function withoutNul(text: string): string {
  return text.includes("\0") ? text.replaceAll("\0", "␀") : text;
}

/** Carries out one attempt of a leased delivery and says what became of it. Never throws for what a receiver does. */
export async function makeAttempt(
  parts: MakeAttemptParts,
  delivery: LeasedDelivery,
  target: Target,
): Promise<MadeAttempt> {
  const startedAtMs = parts.now();
  const { event } = delivery;
  const body =
    event.data === null
      ? Buffer.alloc(0)
      : renderBody({ type: event.type, occurredAtMs: event.occurredAtMs, data: event.data });
  // An overlap that has ended by now no longer signs, however long the target has been cached.
  const keys = target.keys.filter((key) => key.expiresAtMs === null || key.expiresAtMs > startedAtMs);
  const timestampSeconds = Math.floor(startedAtMs / 1000);
  const ready = event.data !== null && target.unreadable === null;
  const own: [string, string][] = [
    ["content-type", "application/json"],
    ["user-agent", "Signpost/1.0"],
    ["webhook-id", event.id],
    ["webhook-timestamp", String(timestampSeconds)],
  ];
  if (ready) {
    own.push([
      "webhook-signature",
      signStandardWebhook({ id: event.id, timestampSeconds, body, keys: keys.map(({ key }) => key) }),
    ]);
  }

  const result =
    event.data === null
      ? failureBeforeSending(
          "payload_expired",
          "The payload was removed by retention before it could be delivered.",
        )
      : target.unreadable !== null
        ? failureBeforeSending(
            "secret_unreadable",
            `Nothing was sent, because it could not be signed: ${target.unreadable}.`,
          )
        : await parts.outbound.send({
            url: target.url,
            headers: [...own, ...target.customHeaders],
            body,
            timeoutMs: target.timeoutMs,
          });

  const response = result.outcome === "response" ? result : null;
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
  });
  const heeded =
    response !== null && (response.status === 429 || response.status === 503) ? retryAfterMs : null;

  const record: AttemptRecord = {
    id: parts.newId("attempt"),
    deliveryId: delivery.deliveryId,
    endpointId: delivery.endpointId,
    number: delivery.attemptNumber,
    leaseToken: delivery.leaseToken,
    succeeded: verdict.state === "succeeded",
    startedAtMs,
    durationMs: result.timings?.totalMs ?? null,
    requestUrl: target.url,
    requestHeaders: [...own, ...target.customHeaders.map(([name]): [string, string] => [name, MASK])],
    requestBodySha256: event.data === null ? null : createHash("sha256").update(body).digest(),
    requestBodySize: body.length,
    secretIds: ready ? keys.map(({ id }) => id) : [],
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
    next: { state: verdict.state, reason: verdict.reason, delayMs: verdict.delayMs },
    movesDelivery: true,
  };
  return {
    record,
    disableEndpoint: verdict.disableEndpoint,
    feedback: feedbackOf(response?.status ?? null, heeded),
  };
}

function feedbackOf(status: number | null, retryAfterMs: number | null): MadeAttempt["feedback"] {
  if (status === null) return { kind: "none" };
  if (status === 429) return { kind: "pushed_back", retryAfterMs, why: "limited" };
  if (status === 502 || status === 503 || status === 504)
    return { kind: "pushed_back", retryAfterMs, why: "ill" };
  return classifyStatus(status) === null ? { kind: "ok" } : { kind: "none" };
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
