// Owns the closed list of error codes and the error type that carries one. Knows no HTTP numbers: lib/server/http maps them.

export const ERROR_CODES = [
  "invalid_request",
  "invalid_json",
  "invalid_utf8",
  "body_too_deep",
  "payload_too_large",
  "unsupported_media_type",
  "unauthenticated",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "idempotency_mismatch",
  "event_id_conflict",
  "target_not_allowed",
  "rate_limited",
  "overloaded",
  "database_unavailable",
  "internal_error",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One field that was refused: `path` in dotted form (`event_types[0]`, empty for the whole body). */
export type FieldError = { path: string; message: string };

export type AppErrorOptions = {
  errors?: FieldError[];
  /** Seconds after which the same call may succeed. */
  retryAfterSeconds?: number;
  cause?: unknown;
};

/** A broken rule, in words that a caller may see: `message` says what is wrong and what to do. */
export class AppError extends Error {
  readonly isAppError = true as const;
  readonly code: ErrorCode;
  readonly errors: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** True for an `AppError` of any bundle: `instanceof` would fail between Next's bundle and the launcher's. */
export function isAppError(value: unknown): value is AppError {
  return typeof value === "object" && value !== null && "isAppError" in value && value.isAppError === true;
}
