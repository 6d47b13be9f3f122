// Owns the values of a profile's headers: templates filled for one request. Whatever an event carries, only printable ASCII
// leaves: a receiver's `decodeURIComponent` gives the value back.

import type { SlicePlan } from "./data-slices";
import { type Placeholder, parseText } from "./placeholder";
import { boundedTextReader, planFor, TOO_LONG, type ValueContext } from "./values";

/** Bytes of one header, name and value together. A longer one is not sent: many receivers would refuse the request. */
const MAX_HEADER_BYTES = 4096;

const SAFE = /^[!-$&-~](?:[ -$&-~]*[!-$&-~])?$/;

const percent = (char: string, code: number) =>
  code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, "0")}` : encodeURIComponent(char);

/**
 * A value as it may stand in a header: everything but printable ASCII, the percent sign itself, and spaces at either end
 * become percent-encoded UTF-8. Decoding it once always gives the value back.
 */
export function headerSafe(value: string): string {
  if (value === "" || SAFE.test(value)) return value;
  const chars = [...value.toWellFormed()];
  const firstInner = chars.findIndex((char) => char !== " ");
  const lastInner = chars.findLastIndex((char) => char !== " ");
  return chars
    .map((char, index) => {
      const code = char.codePointAt(0) ?? 0;
      const isInner = index >= firstInner && index <= lastInner && firstInner !== -1;
      const isPlain = (code > 0x20 && code < 0x7f && char !== "%") || (char === " " && isInner);
      return isPlain ? char : percent(char, code);
    })
    .join("");
}

export type CompiledHeader = { name: string; read: (ctx: ValueContext) => string | null };

/**
 * Prepares one header. It is left out (null) when a value marked `?` is missing, when nothing remains, and when it would be
 * longer than 4,096 bytes. `template` has been checked: throws for one that cannot be read.
 */
export function compileHeader(name: string, template: string, plan: SlicePlan): CompiledHeader {
  const parsed = parseText(template, "header");
  if (parsed.outcome === "refused") throw new Error(`header ${name}: ${parsed.message}`);
  const parts = parsed.parts.map((part) =>
    typeof part === "string"
      ? part
      : { read: boundedTextReader(part, plan, MAX_HEADER_BYTES), isOptional: part.optional },
  );
  const room = MAX_HEADER_BYTES - name.length;
  const read = (ctx: ValueContext) => {
    let value = "";
    for (const part of parts) {
      if (typeof part === "string") {
        value += part;
        continue;
      }
      const text = part.read(ctx);
      if (text === null && part.isOptional) return null;
      if (text === null) continue;
      // Encoding never makes a text shorter: what cannot fit is not encoded, and what follows it is not even read.
      if (text === TOO_LONG || value.length + text.length > room) return null;
      value += headerSafe(text);
      if (value.length > room) return null;
    }
    return value === "" || value.length > room ? null : value;
  };
  return { name, read };
}

/** The placeholders of a checked header template. */
export function headerPlaceholders(template: string): Placeholder[] {
  const parsed = parseText(template, "header");
  return parsed.outcome === "parsed" ? parsed.parts.filter((part) => typeof part !== "string") : [];
}

/** Prepares several headers over one pass of the data. */
export function compileHeaders(headers: readonly { name: string; value: string }[]): {
  plan: SlicePlan;
  headers: CompiledHeader[];
} {
  const plan = planFor(headers.flatMap(({ value }) => headerPlaceholders(value)));
  return { plan, headers: headers.map(({ name, value }) => compileHeader(name, value, plan)) };
}
