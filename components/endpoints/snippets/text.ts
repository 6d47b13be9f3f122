// Owns how parts of a recipe are written as source text. Profiles are data that people type: whatever they hold must come
// out as a literal and never as code.
import type { FormatSlot, HmacRecipe } from "./recipe";

/** A string in double quotes with JSON's escapes, as JavaScript, Python, Go, Java and C# read them too. */
export const quoted = (text: string): string => JSON.stringify(text);

/** The same without the quotes, for the fixed parts of interpolated strings. */
export const inner = (text: string): string => JSON.stringify(text).slice(1, -1);

const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

/**
 * A regular expression that cuts a signature's header into its slots. `group` writes the beginning of a named group;
 * `protect` is for what a language's own literals need besides.
 */
export function formatPattern(
  format: NonNullable<HmacRecipe["format"]>,
  group: (name: FormatSlot) => string,
  protect: (text: string) => string = (text) => text,
): string {
  const slots: Record<FormatSlot, string> = {
    id: "[A-Za-z0-9_-]{1,128}",
    timestamp: "\\d{1,16}",
    signatures: ".+",
  };
  const parts = format.map((part) =>
    typeof part === "string"
      ? protect(part.replace(SPECIAL, "\\$&"))
      : `${group(part.slot)}${slots[part.slot]})`,
  );
  return `^${parts.join("")}$`;
}

/** The header's value as people would write it down: `t=<timestamp>,<signatures>`. Safe in a line comment. */
export function formatWords({ format, before, after }: HmacRecipe): string {
  const each = `${before}<signature>${after}`;
  if (format === null) return each;
  return format
    .map((part) => (typeof part === "string" ? part : part.slot === "signatures" ? each : `<${part.slot}>`))
    .join("");
}

/** Code for a text around what `middle` gives; nothing is added for an empty text. */
export function affixed(
  { before, after }: { before: string; after: string },
  middle: string,
  quote: (text: string) => string = quoted,
  join = " + ",
): string {
  const parts = [before === "" ? null : quote(before), middle, after === "" ? null : quote(after)];
  return parts.filter((part) => part !== null).join(join);
}

/** Lines that are there, joined; `false`, `null` and `undefined` leave no trace. */
export const lines = (...parts: (string | false | null | undefined)[]): string =>
  parts.filter((part): part is string => typeof part === "string").join("\n");

/** The texts that several languages show alike. */
export const WORDS = {
  tolerance: "Further than 5 minutes away: an old request sent again, or a wrong clock.",
  several: "While a secret is being rotated there are several signatures.",
  wholeSecret: "the whole secret, as it was shown",
  covered: "Exactly these parts have to be signed, or a stranger could leave some out.",
  proxy: "Behind a proxy: path and host as the sender wrote them.",
} as const;
