// Owns the reading of a profile's values: from an event and an attempt to JSON for the body or text for a header.

import { planSlices, type SlicePlan, type Slices } from "./data-slices";
import { dataPaths, type Placeholder, type ValueName, type ValueRef } from "./placeholder";

/** What of an event can reach the wire. */
export type ProfileEvent = {
  id: string;
  type: string;
  /** When it happened, in Unix milliseconds. */
  occurredAtMs: number;
  /** The event's `data` exactly as it was accepted: valid JSON. */
  data: Uint8Array;
  subject: string | null;
  tenant: string | null;
  attributes: Readonly<Record<string, string>> | null;
  environment: string;
};

/** What differs between attempts of one delivery, and what they share. */
export type AttemptFacts = {
  /** New for every request. */
  id: string;
  /** 1 for the first one. */
  number: number;
  /** When it starts, in Unix milliseconds: also the time that is signed. */
  timeMs: number;
  deliveryId: string;
  endpointId: string;
};

export type BodyFacts = { size: number; sha256: () => Uint8Array };

/** What a template is filled from; `attempt` and `body` are there for headers only. */
export type ValueContext = {
  event: ProfileEvent;
  slices: Slices;
  attempt: AttemptFacts | null;
  body: BodyFacts | null;
};

/** Bytes that are JSON already, JSON text, or null when there is no value. */
export type JsonReader = (ctx: ValueContext) => Uint8Array | string | null;
export type TextReader = (ctx: ValueContext) => string | null;

const isoMs = (ms: number) => new Date(ms).toISOString();
const iso = (ms: number) => `${isoMs(ms).slice(0, -5)}Z`;
const unix = (ms: number) => String(Math.floor(ms / 1000));
const attempt = (read: (facts: AttemptFacts) => string): TextReader => {
  return (ctx) => (ctx.attempt === null ? null : read(ctx.attempt));
};
const body = (read: (facts: BodyFacts) => string): TextReader => {
  return (ctx) => (ctx.body === null ? null : read(ctx.body));
};

const TEXTS: Record<ValueName, TextReader> = {
  "event.id": ({ event }) => event.id,
  "event.type": ({ event }) => event.type,
  "event.subject": ({ event }) => event.subject,
  "event.tenant": ({ event }) => event.tenant,
  "event.time.iso": ({ event }) => iso(event.occurredAtMs),
  "event.time.iso_ms": ({ event }) => isoMs(event.occurredAtMs),
  "event.time.unix": ({ event }) => unix(event.occurredAtMs),
  "event.time.unix_ms": ({ event }) => String(event.occurredAtMs),
  environment: ({ event }) => event.environment,
  "environment.is_live": ({ event }) => String(event.environment === "live"),
  "attempt.id": attempt(({ id }) => id),
  "attempt.number": attempt(({ number }) => String(number)),
  "attempt.time.iso": attempt(({ timeMs }) => iso(timeMs)),
  "attempt.time.iso_ms": attempt(({ timeMs }) => isoMs(timeMs)),
  "attempt.time.unix": attempt(({ timeMs }) => unix(timeMs)),
  "attempt.time.unix_ms": attempt(({ timeMs }) => String(timeMs)),
  "attempt.time.http": attempt(({ timeMs }) => new Date(timeMs).toUTCString()),
  "delivery.id": attempt(({ deliveryId }) => deliveryId),
  "endpoint.id": attempt(({ endpointId }) => endpointId),
  "body.sha256": body(({ sha256 }) => Buffer.from(sha256()).toString("hex")),
  "body.sha256_base64": body(({ sha256 }) => Buffer.from(sha256()).toString("base64")),
  "body.size": body(({ size }) => String(size)),
};

/** Values whose text is JSON as it stands: numbers and booleans. */
const PLAIN_JSON: ReadonlySet<ValueName> = new Set([
  "event.time.unix",
  "event.time.unix_ms",
  "environment.is_live",
]);

/** Text that needs no escaping in JSON: spares most values a call of the serialiser. */
const SIMPLE = /^[ !#-[\]-~]*$/;
export const quoteJson = (text: string): string => (SIMPLE.test(text) ? `"${text}"` : JSON.stringify(text));

function attributeOf({ event: { attributes } }: ValueContext, name: string): string | null {
  return attributes !== null && Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;
}

/** Where the members of `data` that these placeholders read are found. */
export function planFor(placeholders: readonly Placeholder[]): SlicePlan {
  return planSlices(dataPaths(placeholders));
}

function jsonOf(ref: ValueRef, plan: SlicePlan): JsonReader {
  if (ref.kind === "attribute") {
    return (ctx) => {
      const text = attributeOf(ctx, ref.name);
      return text === null ? null : quoteJson(text);
    };
  }
  if (ref.kind === "data") {
    const slot = plan.slotOf(ref.path);
    return ({ slices }) => slices[slot] ?? null;
  }
  const read = TEXTS[ref.name];
  if (PLAIN_JSON.has(ref.name)) return read;
  return (ctx) => {
    const text = read(ctx);
    return text === null ? null : quoteJson(text);
  };
}

/** The value as JSON, its default when it is missing, null when there is neither. */
export function jsonReader({ ref, fallback }: Placeholder, plan: SlicePlan): JsonReader {
  const first = jsonOf(ref, plan);
  if (fallback === null) return first;
  if (fallback.kind === "text") {
    const text = quoteJson(fallback.text);
    return (ctx) => first(ctx) ?? text;
  }
  const second = jsonOf(fallback, plan);
  return (ctx) => first(ctx) ?? second(ctx);
}

/** Stands for a text that is longer than the reader asked for: there, but not worth decoding. */
export const TOO_LONG = Symbol("too long");
type BoundedText = string | null | typeof TOO_LONG;

/** `\u0061`: the most bytes of JSON that one character of text can take. */
const MAX_BYTES_OF_CHARACTER = 6;
/** First bytes of an object, an array and null: they have no text of their own. */
const WITHOUT_TEXT: ReadonlySet<number | undefined> = new Set([0x7b, 0x5b, 0x6e]);

function scalarText(slice: Uint8Array | null | undefined, maxLength: number): BoundedText {
  if (slice === null || slice === undefined || WITHOUT_TEXT.has(slice[0])) return null;
  if (slice.length > MAX_BYTES_OF_CHARACTER * maxLength + 2) return TOO_LONG;
  const text = Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength).toString("utf8");
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

function textOf(ref: ValueRef, plan: SlicePlan, maxLength: number): (ctx: ValueContext) => BoundedText {
  if (ref.kind === "attribute") return (ctx) => attributeOf(ctx, ref.name);
  if (ref.kind === "named") return TEXTS[ref.name];
  const slot = plan.slotOf(ref.path);
  return ({ slices }) => scalarText(slices[slot], maxLength);
}

/**
 * The value as text, its default when it is missing, null when there is neither. Of `data`, strings are decoded, numbers
 * and booleans taken as they stand; an object, an array and null count as missing. What is certain to have more than
 * `maxLength` characters is not decoded.
 */
export function boundedTextReader(
  { ref, fallback }: Placeholder,
  plan: SlicePlan,
  maxLength: number,
): (ctx: ValueContext) => BoundedText {
  const first = textOf(ref, plan, maxLength);
  if (fallback === null) return first;
  if (fallback.kind === "text") return (ctx) => first(ctx) ?? fallback.text;
  const second = textOf(fallback, plan, maxLength);
  return (ctx) => first(ctx) ?? second(ctx);
}

/** As `boundedTextReader`, however long the text is. */
export function textReader(placeholder: Placeholder, plan: SlicePlan): TextReader {
  return boundedTextReader(placeholder, plan, Number.POSITIVE_INFINITY) as TextReader;
}
