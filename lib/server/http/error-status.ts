// Owns the HTTP face of every error code: its status and its title. A code without an entry does not compile.
import type { ErrorCode } from "@/lib/domain/errors";

export const ERROR_STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  invalid_json: 400,
  invalid_utf8: 400,
  body_too_deep: 400,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_mismatch: 422,
  event_id_conflict: 409,
  target_not_allowed: 422,
  rate_limited: 429,
  overloaded: 503,
  database_unavailable: 503,
  internal_error: 500,
};

export const ERROR_TITLE: Record<ErrorCode, string> = {
  invalid_request: "The request is not valid",
  invalid_json: "The body is not valid JSON",
  invalid_utf8: "The body is not valid UTF-8",
  body_too_deep: "The body is nested too deeply",
  payload_too_large: "The body is too large",
  unsupported_media_type: "The body has an unsupported type",
  unauthenticated: "Authentication is needed",
  forbidden: "Not allowed",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  conflict: "The state of the resource does not allow this",
  idempotency_mismatch: "The idempotency key was used for another request",
  event_id_conflict: "The event id is taken",
  target_not_allowed: "The address must not be delivered to",
  rate_limited: "Too many requests",
  overloaded: "Signpost is overloaded",
  database_unavailable: "The database is not reachable",
  internal_error: "Something went wrong on our side",
};
