// Owns how large bodies may be, in bytes: what handlers refuse and what the description of the API says.

/** Unless one of the others applies. */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024;

/** Custom headers may have 16 KiB of values, and JSON escapes make them longer. */
export const MAX_ENDPOINT_BODY_BYTES = 256 * 1024;

/** A test payload of the largest size, escaped into a JSON string. */
export const MAX_TEST_BODY_BYTES = 1024 * 1024;

/** Three PEM texts of the largest size, with their line breaks escaped. */
export const MAX_CERTIFICATE_BODY_BYTES = 128 * 1024;

/** An example of an event type of the largest size, escaped into a JSON string. */
export const MAX_EVENT_TYPE_BODY_BYTES = 512 * 1024;

/** A hundred types and a hundred subjects of the longest kind. */
export const MAX_TRIAL_BODY_BYTES = 256 * 1024;

/** Rules with their longest constants, and a payload of the largest size escaped into a JSON string. */
export const MAX_PREVIEW_BODY_BYTES = 1024 * 1024;
