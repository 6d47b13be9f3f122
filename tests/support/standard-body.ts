// The default body written down a second time, by hand: what the profile's template must give, byte for byte.

export type RenderBodyInput = {
  type: string;
  /** When it happened, in Unix milliseconds. */
  occurredAtMs: number;
  /** The event's `data` exactly as it was accepted. */
  data: Uint8Array;
};

const CLOSE = Buffer.from("}");

/**
 * The Standard Webhooks payload `{"type":…,"timestamp":…,"data":…}`. It depends on the event alone, so every attempt
 * and every replay sends the same bytes (spec, "Payload structure").
 */
export function renderBody({ type, occurredAtMs, data }: RenderBodyInput): Buffer {
  const head = `{"type":${JSON.stringify(type)},"timestamp":"${new Date(occurredAtMs).toISOString()}","data":`;
  return Buffer.concat([Buffer.from(head), data, CLOSE]);
}
