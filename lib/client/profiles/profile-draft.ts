// Owns a profile while it is edited: the definition as it stands, valid or not, and what is wrong with it and where.

import type { FieldError } from "@/lib/domain/errors";
import { STANDARD_WEBHOOKS } from "@/lib/domain/profile/built-in/standard-webhooks";
import { type ProfileDefinition, profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { profileDefinitionShape } from "@/lib/domain/profile/definition-shape";
import type { SignatureScheme } from "@/lib/domain/profile/signature-scheme";

/** What a profile from scratch begins with: the default one. */
export const BLANK_DEFINITION: ProfileDefinition = profileDefinitionSchema.parse(
  STANDARD_WEBHOOKS.definition,
);

/** A problem at its place: `path` in segments, such as headers, 0, value. */
export type DraftProblem = { path: (string | number)[]; message: string };

const pathText = (path: readonly (string | number)[]) => path.join(".");

/** Everything that is wrong with a definition, each once; empty when it could be saved. */
export function problemsOf(definition: unknown): DraftProblem[] {
  const result = profileDefinitionSchema.safeParse(definition);
  if (result.success) return [];
  const seen = new Set<string>();
  return result.error.issues.flatMap(({ path, message }) => {
    const segments = path.map((part) => (typeof part === "number" ? part : String(part)));
    // One field has one problem at a time; the first is the most basic.
    if (seen.has(pathText(segments))) return [];
    seen.add(pathText(segments));
    return [{ path: segments, message }];
  });
}

/** The server's refusals of a definition at the same places. */
export function serverProblems(errors: readonly FieldError[]): DraftProblem[] {
  return errors.flatMap(({ path, message }) => {
    if (!path.startsWith("definition")) return [];
    const segments = path
      .replace(/^definition\.?/, "")
      .replace(/\[(\d+)\]/g, ".$1")
      .split(".")
      .filter((part) => part !== "")
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return [{ path: segments, message }];
  });
}

/** The message at exactly this place, such as `signature.header`. */
export function problemAt(problems: readonly DraftProblem[], place: string): string | undefined {
  return problems.find(({ path }) => pathText(path) === place)?.message;
}

/** The first message at this place or below it. */
export function problemBelow(problems: readonly DraftProblem[], place: string): string | undefined {
  return problems.find(({ path }) => `${pathText(path)}.`.startsWith(`${place}.`))?.message;
}

/** True when the forms have a field for everything in it, right or wrong: its parts have the right types. */
export function canBeForm(definition: unknown): definition is ProfileDefinition {
  const result = profileDefinitionShape.safeParse(definition);
  if (result.success) return true;
  const structural = new Set(["invalid_type", "invalid_union", "unrecognized_keys", "invalid_key"]);
  return !result.error.issues.some(({ code }) => structural.has(code));
}

/** The definition as text for people: the envelope stays the string that it is. */
export const definitionJson = (definition: unknown): string => JSON.stringify(definition, null, 2);

const HMAC: Extract<SignatureScheme, { kind: "hmac" }> = {
  kind: "hmac",
  key: "utf8",
  hash: "sha256",
  content: "{body}",
  encoding: "hex",
  header: "X-Signature",
  format: "{signatures}",
  each: "sha256={signature}",
  separator: null,
  timestamp_unit: "s",
  timestamp_header: null,
  id_header: null,
};

const NO_OVERLAP = { overlap: "never", default_overlap_seconds: 0 } as const;

/** The definition with another kind of signature, its secret and rotation made to fit; the header's name stays. */
export function withSignatureKind(
  definition: ProfileDefinition,
  kind: SignatureScheme["kind"],
): ProfileDefinition {
  const { signature } = definition;
  if (signature.kind === kind) return definition;
  const header = "header" in signature ? signature.header : HMAC.header;
  switch (kind) {
    case "standard":
      return {
        ...definition,
        signature: { kind, prefix: "webhook" },
        secret: { kind: "whsec" },
        rotation: { overlap: "allowed", default_overlap_seconds: 86_400 },
      };
    case "hmac":
      return { ...definition, signature: { ...HMAC, header }, secret: { kind: "hex" }, rotation: NO_OVERLAP };
    case "http_signature":
      return {
        ...definition,
        content_hash: definition.content_hash ?? {
          header: "Digest",
          format: "SHA-256={hash}",
          encoding: "base64",
        },
        signature: {
          kind,
          key: "utf8",
          hash: "sha256",
          encoding: "base64",
          header: "header" in signature ? signature.header : "Signature",
          key_id: "{{endpoint.id}}",
          headers: [
            "(request-target)",
            "host",
            "date",
            (definition.content_hash?.header ?? "Digest").toLowerCase(),
          ],
          expires_seconds: null,
        },
        secret: { kind: "hex" },
        rotation: NO_OVERLAP,
      };
    case "none":
      return { ...definition, signature: { kind }, secret: { kind: "none" }, rotation: NO_OVERLAP };
  }
}
