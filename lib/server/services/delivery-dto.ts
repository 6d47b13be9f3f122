// Owns the step from delivery and attempt rows to what goes on the wire.
import type { AttemptDto, AttemptTimings, DeliveryDto } from "@/lib/contracts/deliveries";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import type { AttemptRow } from "../repositories/attempts";
import type { DeliveryRow } from "../repositories/deliveries";

/** A delivery as lists and pages show it. */
export function toDeliveryDto(row: DeliveryRow): DeliveryDto {
  return {
    id: row.id,
    event_id: row.eventId,
    event_type: row.eventType,
    endpoint_id: row.endpointId,
    endpoint_url: row.endpointUrl,
    trigger: row.trigger,
    replay_of: row.replayOf,
    state: row.state,
    state_reason: row.stateReason,
    attempt_count: row.attemptCount,
    next_attempt_at: row.nextAttemptAt?.toISOString() ?? null,
    in_flight: row.inFlight,
    last_status: row.lastStatus,
    last_error_class: row.lastErrorClass as AttemptErrorClass | null,
    last_duration_ms: row.lastDurationMs,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    completed_at: row.completedAt?.toISOString() ?? null,
  };
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as text; base64 when they are not valid UTF-8, because a replacement character would hide what really came. */
export function bytesToText(bytes: Uint8Array): { text: string; encoding: "utf8" | "base64" } {
  try {
    return { text: strictUtf8.decode(bytes), encoding: "utf8" };
  } catch {
    return { text: Buffer.from(bytes).toString("base64"), encoding: "base64" };
  }
}

/** What an attempt's body is compared with: the bytes rebuilt from the event, and their hash. */
export type RebuiltBody = { text: string; sha256: string };

/**
 * An attempt with everything that was sent and came back. The request's body is the rebuilt one only when its hash is the
 * stored hash of what was sent: anything else would show bytes that never left.
 */
export function toAttemptDto(row: AttemptRow, rebuilt: RebuiltBody | null): AttemptDto {
  const sha256 = row.requestBodySha256 === null ? null : Buffer.from(row.requestBodySha256).toString("hex");
  const isSame = rebuilt !== null && (sha256 === null || sha256 === rebuilt.sha256);
  return {
    id: row.id,
    number: row.number,
    succeeded: row.succeeded,
    started_at: row.startedAt.toISOString(),
    duration_ms: row.durationMs,
    request: {
      method: "POST",
      url: row.requestUrl,
      headers: row.requestHeaders as [string, string][],
      body: isSame ? rebuilt.text : null,
      body_size: row.requestBodySize,
      body_sha256: sha256,
    },
    response: toResponse(row),
    error:
      row.errorClass === null
        ? null
        : { class: row.errorClass as AttemptErrorClass, message: row.errorMessage ?? "" },
    retry_after_at: row.retryAfterAt?.toISOString() ?? null,
    timings: row.timings as AttemptTimings | null,
    resolved_address: row.resolvedAddress,
    tls_version: row.tlsVersion,
    secret_ids: row.secretIds,
  };
}

function toResponse(row: AttemptRow): AttemptDto["response"] {
  if (row.responseStatus === null) return null;
  const bytes = row.responseBody ?? new Uint8Array();
  // A body cut at the cap may end inside a character: those bytes are left out, so that the text stays text.
  const { text, encoding } = bytesToText(row.responseTruncated ? withoutCutCharacter(bytes) : bytes);
  return {
    status: row.responseStatus,
    headers: (row.responseHeaders ?? []) as [string, string][],
    body: text,
    body_encoding: encoding,
    body_size: row.responseBodySize === null ? null : Number(row.responseBodySize),
    truncated: row.responseTruncated,
    incomplete: row.responseIncomplete,
  };
}

/** Drops the start of a UTF-8 sequence whose end was cut off (at most three bytes). */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const expected = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return expected > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
