// Owns an example of each error that the API answers. A test holds them against the schema of problems.
import type { ProblemDto } from "@/lib/contracts/problem";
import type { ErrorCode } from "@/lib/domain/errors";
import { ERROR_STATUS, ERROR_TITLE } from "../error-status";

const DETAIL: Record<ErrorCode, string> = {
  invalid_request: "The body is not valid. event_types[0]: must be an event type such as order.paid",
  invalid_json: "The body ends too early: line 1, column 2 (position 1).",
  invalid_utf8: "The body must be valid UTF-8.",
  body_too_deep: "The body must not be nested deeper than 128 levels.",
  payload_too_large: "The body must have at most 65536 bytes.",
  unsupported_media_type: "Send the body with Content-Type: application/json.",
  unauthenticated: "This API key was revoked.",
  forbidden: "This API key lacks the scope that this call needs.",
  not_found: "There is no such thing in this environment.",
  method_not_allowed: "This address takes GET, POST only.",
  conflict: "The state that it is in does not allow this.",
  idempotency_mismatch: "This Idempotency-Key was used before with a different body; use a new key.",
  event_id_conflict: "An event with this id exists with different content; ids are used once.",
  target_not_allowed: "10.0.0.7 is a private address.",
  rate_limited: "At most 200 requests a second are taken. Slow down and try again.",
  overloaded: "Too much is waiting to be written right now; try again shortly.",
  database_unavailable: "The database is not reachable right now. Try again shortly.",
  internal_error: "Something went wrong on our side. The request id helps us find it.",
};

const FIELD: Partial<Record<ErrorCode, { path: string; message: string }>> = {
  invalid_request: { path: "event_types[0]", message: "must be an event type such as order.paid" },
  target_not_allowed: { path: "url", message: DETAIL.target_not_allowed },
};

/** A whole problem with this code. */
export function problemExample(code: ErrorCode): ProblemDto {
  const field = FIELD[code];
  return {
    type: `/docs#error-${code}`,
    title: ERROR_TITLE[code],
    status: ERROR_STATUS[code],
    code,
    detail: DETAIL[code],
    ...(field === undefined ? {} : { errors: [field] }),
    request_id: "req_01kahg5b2vecqb9h1m4x8s7t6w",
  };
}
