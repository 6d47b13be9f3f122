// Owns a definition as text to compare: the envelope on lines of its own, as JSON would have it, everything else indented.

import { prettyJson } from "@/lib/domain/json/pretty-print";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";

/** Not to be read by machines: it shows what a person would want to compare. */
export function readableDefinition(definition: ProfileDefinition): string {
  const { envelope, headers, ...rest } = definition;
  const others = Object.entries(rest).map(([name, value]) => `${name}: ${JSON.stringify(value, null, 2)}`);
  return [
    "body:",
    ...(prettyJson(envelope) ?? envelope).split("\n").map((line) => `  ${line}`),
    headers.length === 0 ? "headers: none" : "headers:",
    ...headers.map(({ name, value }) => `  ${name}: ${value}`),
    ...others,
  ].join("\n");
}
