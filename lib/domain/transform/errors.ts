// Owns why a mapping could not give a body at all. A rule that finds nothing to do is no error: it is skipped.

export type TransformErrorReason = "invalid_json" | "too_large" | "too_deep" | "too_complex";

/** No bytes to send: the event is not JSON, or the mapping makes it too large, too deep or takes too long. Same input, same error. */
export class TransformError extends Error {
  override readonly name = "TransformError";
  readonly reason: TransformErrorReason;
  constructor(reason: TransformErrorReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
