// Owns the `event` that filters read. The payload is parsed on first use and then shared by every filter of that event.

/** An event as it is stored; `data` are the raw JSON bytes (or their text). */
export type RawFilterEvent = {
  id: string;
  type: string;
  tenant: string | null;
  subject: string | null;
  /** When it happened. */
  timestamp: Date;
  attributes: Readonly<Record<string, string>> | null;
  environment: "live" | "sandbox";
  data: Uint8Array | string;
};

/** What a filter sees. `data` is undefined when the bytes are not JSON. */
export type FilterEvent = {
  readonly id: string;
  readonly type: string;
  readonly tenant: string | null;
  readonly subject: string | null;
  readonly time: Date;
  readonly attributes: Readonly<Record<string, string>>;
  readonly environment: "live" | "sandbox";
  readonly data: unknown;
};

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

function parseJson(data: Uint8Array | string): unknown {
  try {
    const value: unknown = JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data));
    return value;
  } catch {
    return undefined;
  }
}

/**
 * The event for `filter.matches`. Make it once for each event and give it to all filters: the payload is parsed at
 * most once, and not at all when no filter reads `event.data`.
 */
export function filterEventOf(raw: RawFilterEvent): FilterEvent {
  let parsed: { value: unknown } | null = null;
  return {
    id: raw.id,
    type: raw.type,
    tenant: raw.tenant,
    subject: raw.subject,
    time: raw.timestamp,
    attributes: raw.attributes ?? NO_ATTRIBUTES,
    environment: raw.environment,
    get data() {
      parsed ??= { value: parseJson(raw.data) };
      return parsed.value;
    },
  };
}
