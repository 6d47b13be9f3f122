// Owns what another profile, or another version of one, means for an endpoint: for its receiver, for its settings, and for
// its secret. Pure.
import type { ProfileSetting, SecretDto } from "@/lib/contracts/endpoints";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { formatDuration } from "../format-duration";
import {
  failingWords,
  keyWords,
  signatureHeader,
  signatureTitle,
  signedParts,
  successWords,
} from "./definition-words";

/** One thing that differs: what it is, how it was, how it will be. `isCode` is not words but what stands on the wire. */
export type ProfileChange = { what: string; from: string; to: string; isCode?: true };

const signedText = ({ signature }: ProfileDefinition) =>
  signedParts(signature)
    .map((part) => (part.kind === "text" ? part.text.replace("\n", " ") : part.name))
    .join("") || "nothing";

function headerText({ signature }: ProfileDefinition): string {
  const header = signatureHeader(signature);
  return header === null ? "none" : `${header.name}: ${header.value}`;
}

/** What receivers verify with; of a key pair, the half that they have. */
const receiversKey = (definition: ProfileDefinition) =>
  definition.signature.kind === "standard" && definition.secret.kind === "ed25519"
    ? "the public half of a key pair, whpk_…"
    : keyWords(definition);

const headersText = ({ headers }: ProfileDefinition) => headers.map(({ name }) => name).join(", ") || "none";

const hashText = ({ content_hash: hash }: ProfileDefinition) =>
  hash === null ? "none" : `${hash.header}: ${hash.format} in ${hash.encoding}`;

function differing(rows: readonly (ProfileChange & { same?: boolean })[]): ProfileChange[] {
  return rows.flatMap(({ same, ...change }) => ((same ?? change.from === change.to) ? [] : [change]));
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const CODE = { isCode: true } as const;

/** What receivers see of the difference; empty when they need not change. */
export function wireChanges(before: ProfileDefinition, after: ProfileDefinition): ProfileChange[] {
  return differing([
    { what: "Signature", from: signatureTitle(before), to: signatureTitle(after) },
    { what: "Sent as", from: headerText(before), to: headerText(after), ...CODE },
    { what: "Signed is", from: signedText(before), to: signedText(after), ...CODE },
    { what: "Key", from: receiversKey(before), to: receiversKey(after) },
    {
      what: "Body",
      from: before.envelope.trim(),
      to: after.envelope.trim(),
      ...CODE,
    },
    {
      what: "Headers",
      from: headersText(before),
      to: same(headersText(before), headersText(after)) ? "the same, with other values" : headersText(after),
      same: same(before.headers, after.headers),
      ...CODE,
    },
    { what: "Content hash", from: hashText(before), to: hashText(after), ...CODE },
    { what: "Content type", from: before.content_type, to: after.content_type, ...CODE },
  ]);
}

/** What changes in how Signpost treats the endpoint; settings in `overrides` stay as they are. */
export function settingChanges(
  before: ProfileDefinition,
  after: ProfileDefinition,
  overrides: readonly ProfileSetting[],
  retryWords: (policy: ProfileDefinition["retry_policy"]) => string,
): ProfileChange[] {
  const seconds = (definition: ProfileDefinition) => formatDuration(definition.timeout_ms / 1000);
  const follows = (name: ProfileSetting) => !overrides.includes(name);
  return differing([
    { what: "Success is", from: successWords(before.success), to: successWords(after.success) },
    { what: "Timeout", from: seconds(before), to: seconds(after), ...(!follows("timeout_ms") && ALIKE) },
    {
      what: "Retries",
      from: retryWords(before.retry_policy),
      to: retryWords(after.retry_policy),
      same: !follows("retry_policy") || same(before.retry_policy, after.retry_policy),
    },
    {
      what: "Disabled",
      from: failingWords(before.auto_disable),
      to: failingWords(after.auto_disable),
      ...(!follows("auto_disable") && ALIKE),
    },
  ]);
}

const ALIKE = { same: true };

/**
 * True when these secrets cannot sign as the definition asks, as far as can be told from outside: the server knows their
 * text and has the last word (a text that is no hex, for example).
 */
export function needsNewSecret(
  { signature, secret }: Pick<ProfileDefinition, "signature" | "secret">,
  secrets: readonly Pick<SecretDto, "hint" | "public_key">[],
): boolean {
  if (signature.kind === "none") return false;
  if (secrets.length === 0) return true;
  // A receiver of a key pair knows its public half only: nothing else can be verified with that.
  const wantsPair = secret.kind === "ed25519";
  if (secrets.some(({ public_key: key }) => (key !== null) !== wantsPair)) return true;
  if (wantsPair) return false;
  const encoding = signature.kind === "standard" ? "whsec" : signature.key;
  return (
    encoding !== "utf8" && secrets.some(({ hint }) => hint.startsWith("whsec_") !== (encoding === "whsec"))
  );
}
