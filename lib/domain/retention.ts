// Owns how long things are kept, for the function that forgets and for the pages that say so.

/** Payloads of events. */
export const PAYLOAD_DAYS = 30;
/** Events, deliveries and attempts without their payloads. */
export const METADATA_DAYS = 90;
export const IDEMPOTENCY_DAYS = 7;
