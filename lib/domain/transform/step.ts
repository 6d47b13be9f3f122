// Owns path segments prepared for matching: the bytes of a name are made once, not for every event.
import { encodeString, encodeText } from "./json-text";
import type { JsonPath } from "./path";

export type NameStep = {
  readonly kind: "name";
  readonly name: string;
  /** The name as it stands between quotes when nothing is escaped; null when only escapes can spell it. */
  readonly plain: Uint8Array | null;
  /** `"name":`, as we write it. */
  readonly head: Uint8Array;
};
export type IndexStep = { readonly kind: "index"; readonly index: number };
export type EachStep = { readonly kind: "each" };
export type Step = NameStep | IndexStep | EachStep;
/** One that leads to a single place. */
export type PlaceStep = NameStep | IndexStep;

/** The steps of a path. */
export function toSteps(path: JsonPath): Step[] {
  return path.map((segment) => {
    if (segment.kind !== "name") return segment;
    const { name } = segment;
    const quoted = encodeString(name);
    const head = new Uint8Array(quoted.length + 1);
    head.set(quoted);
    head[quoted.length] = 0x3a;
    // In a key a backslash starts an escape, and half of a surrogate pair has no bytes of its own.
    const plain = name.includes("\\") || !name.isWellFormed() ? null : encodeText(name);
    return { kind: "name", name, plain, head };
  });
}
