// Owns the refusal of an example that could not be sent: it has to pass what every event has to pass.
import { AppError, isAppError } from "@/lib/domain/errors";
import { parseEvent } from "../ingest/parse-event";

/** Throws `invalid_request` at `example_text` with what ingest would say of an event with this data. */
export function acceptExample(text: string | null | undefined): void {
  if (text === null || text === undefined) return;
  try {
    // The line break ends whatever the text may leave open, so that nothing can reach beyond `data`.
    parseEvent(Buffer.from(`{"type":"example","data":${text}\n}`));
    JSON.parse(text);
  } catch (error) {
    if (!isAppError(error) && !(error instanceof SyntaxError)) throw error;
    const message = isAppError(error) ? error.message : "must be one JSON value";
    throw new AppError("invalid_request", `The example cannot be sent as an event. ${message}`, {
      errors: [{ path: "example_text", message }],
    });
  }
}
