// Owns how large a body may get: an envelope may name the event's data many times, and bodies wait in memory to be sent.

/** Bytes of one body: as much as a field mapping may make of an event, twice the largest event. */
export const MAX_BODY_BYTES = 512 * 1024;

/** No body: the envelope makes too much of this event. The same event and profile give the same error, always. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  constructor() {
    super(
      `The profile's envelope makes a body of more than ${MAX_BODY_BYTES} bytes of this event; name event.data less often.`,
    );
  }
}
