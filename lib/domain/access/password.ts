// Owns what counts as a password: length, form, and not being one that everybody tries first. Knows no hashing.
import { z } from "zod";

export const MIN_PASSWORD_LENGTH = 12;
/** Above this nothing is hashed at all: hashing is slow on purpose, and long input would make it slower. */
export const MAX_PASSWORD_BYTES = 1024;

/** The one spelling of a password: a keyboard may compose an accent or not, and both must be the same password. */
export function normalisePassword(raw: string): string {
  return raw.normalize("NFKC");
}

/** True when it is worth hashing: not empty, not too long, no NUL, no broken surrogates. */
export function isPossiblePassword(raw: string): boolean {
  if (raw === "" || raw.length > MAX_PASSWORD_BYTES || raw.includes("\0") || !raw.isWellFormed())
    return false;
  return new TextEncoder().encode(normalisePassword(raw)).length <= MAX_PASSWORD_BYTES;
}

/** Cores of the passwords that lead every published list of broken ones; digits and signs around them add nothing. */
const COMMON_CORES = new Set(
  "password passw passwd passphrase pass qwerty qwertyuiop qwertz qwertzuiop azerty azertyuiop asdfghjkl asdfgh asdf zxcvbnm zxcvbn qazwsx qazwsxedc admin administrator root toor user guest test testing demo login welcome letmein changeme changethis secret default master superman batman dragon monkey sunshine princess football baseball iloveyou trustno starwars whatever shadow freedom computer internet hello helloworld abc abcd abcdef abcdefg abcdefgh abcdefghijkl signpost signpostsignpost webhook webhooks company summer winter spring autumn correcthorsebatterystaple".split(
    " ",
  ),
);
const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

/** `Pa55w0rd!2024` -> `passwordi`, `password`: with and without reading digits as letters. */
function cores(password: string): string[] {
  const lower = password.toLowerCase();
  const letters = lower.replace(/[^a-z]/g, "");
  const trimmed = lower.replace(/[^a-z]+$/, "").replace(/^[^a-z]+/, "");
  const leet = [...trimmed]
    .map((char) => LEET[char] ?? char)
    .join("")
    .replace(/[^a-z]/g, "");
  return [letters, leet];
}

/** True for `aaaaaaaaaaaa`, `abababababab`, `passwordpassword`. */
function isRepetition(password: string): boolean {
  const doubled = (password + password).slice(1, -1);
  return doubled.includes(password) || new Set(password).size < 5;
}

/** True when almost every character follows the one before it: `123456789012`, `abcdefghijkl`. */
function isSequence(password: string): boolean {
  const codes = [...password].map((char) => char.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return [1, -1].some((step) => steps.filter((one) => one === step).length >= steps.length * 0.7);
}

/**
 * What is wrong with a new password, as a sentence for the person choosing it, or null when it will do.
 * `about` holds words that others know of them (e-mail address, name, workspace).
 */
export function passwordProblem(raw: string, about: readonly string[] = []): string | null {
  if (!isPossiblePassword(raw) && raw !== "") return "Use at most 1,024 bytes of ordinary text.";
  const password = normalisePassword(raw);
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH) return `Use at least ${MIN_PASSWORD_LENGTH} characters.`;
  const lower = password.toLowerCase();
  const known = about
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map((text) => text.toLowerCase())
    .filter((text) => text.length >= 4);
  const rest = known
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, ""), lower);
  if (rest.replace(/[^\p{L}]/gu, "").length < 4 && known.some((word) => lower.includes(word))) {
    return "This is made of your name, address or workspace. Others would try it first.";
  }
  const isCommon =
    cores(password).some((core) => COMMON_CORES.has(core)) || isRepetition(lower) || isSequence(lower);
  return isCommon ? "This is among the first passwords that attackers try." : null;
}

/** Schema of a new password. */
export const newPassword = z.string().superRefine((value, ctx) => {
  const problem = passwordProblem(value);
  if (problem !== null) ctx.addIssue({ code: "custom", message: problem });
});
