// Owns where a value stands in the event: its path in the form, in the text of an expression and in its tree.
import type { ASTNode } from "@marcbachmann/cel-js";
import { z } from "zod";
import { EVENT_MEMBERS, isEventMember } from "./language";
import { parseFilter } from "./parse";

const MAX_PATH_LENGTH = 16;
const MAX_NAME_LENGTH = 200;
const MAX_INDEX = 100_000;

/** What forms may ask about; times are compared in typed expressions only. */
const FORM_MEMBERS = EVENT_MEMBERS.filter((member) => member !== "time");

/** True when the path leads into the payload, where values may be of any type. */
export const isInData = (path: FilterPath): boolean => path[0] === "data";

/**
 * A path below `event`: member names and indexes of lists, such as `["data", "items", 0, "price"]`.
 * `data` and what is below it, one attribute, or one of the event's own texts.
 */
export const filterPath = z
  .array(
    z.union([
      z
        .string()
        .max(MAX_NAME_LENGTH)
        .refine((name) => name.isWellFormed(), "must not contain lone surrogates"),
      z.number().int().min(0).max(MAX_INDEX),
    ]),
  )
  .min(1)
  .max(MAX_PATH_LENGTH)
  .superRefine((path, context) => {
    const [first] = path;
    if (typeof first !== "string" || !(FORM_MEMBERS as readonly string[]).includes(first)) {
      context.addIssue({ code: "custom", message: `must start with one of ${FORM_MEMBERS.join(", ")}` });
    } else if (first === "attributes" && (path.length !== 2 || typeof path[1] !== "string")) {
      context.addIssue({ code: "custom", message: "name one attribute, such as attributes.region" });
    } else if (first !== "data" && first !== "attributes" && path.length !== 1) {
      context.addIssue({ code: "custom", message: `${first} is a text and has no members` });
    }
  });
export type FilterPath = z.infer<typeof filterPath>;

const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const RESERVED = ["in", "true", "false", "null"];

/** True when `.name` may be written; other names are written `["name"]`. */
export const isPlainName = (name: string): boolean => PLAIN_NAME.test(name) && !RESERVED.includes(name);

/** A text as a CEL literal. Characters that do not show are escaped, so one line stays one line. */
export function quoteText(text: string): string {
  const escaped = text.replace(/[\\"\p{Cc}\u2028\u2029\ufeff]/gu, (char) =>
    char === "\\" || char === '"' ? `\\${char}` : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}

/** The path without `event.`, as people type and read it: `data.items[0]["unit-price"]`. */
export function pathText(path: FilterPath): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!isPlainName(part)) return `[${quoteText(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

/** The path that a node of the tree stands for; null when it is anything else. */
export function pathOfNode(node: ASTNode): FilterPath | null {
  const path: FilterPath = [];
  let at = node;
  while (at.op !== "id") {
    if (at.op === ".") path.unshift(at.args[1]);
    else if (at.op === "[]" && at.args[1].op === "value" && typeof at.args[1].args === "string") {
      path.unshift(at.args[1].args);
    } else if (at.op === "[]" && at.args[1].op === "value" && typeof at.args[1].args === "bigint") {
      path.unshift(Number(at.args[1].args));
    } else return null;
    at = at.args[0];
  }
  return at.args === "event" && filterPath.safeParse(path).success ? path : null;
}

/** The path that somebody typed, with `event.` in front or without; null when it is not one. */
export function readPath(text: string): FilterPath | null {
  const trimmed = text.trim();
  const [, first = ""] = /^(?:event\.)?([a-zA-Z_]*)/.exec(trimmed) ?? [];
  if (!isEventMember(first)) return null;
  const parsed = parseFilter(trimmed.startsWith("event.") ? trimmed : `event.${trimmed}`);
  return parsed.ok ? pathOfNode(parsed.ast) : null;
}
