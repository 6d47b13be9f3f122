// Owns the short name of a workspace in addresses. Knows no storage.

/** First path segments that belong to Signpost itself, so that no workspace can hide a page. */
const RESERVED = new Set([
  "api",
  "inbox",
  "setup",
  "sign-in",
  "sign-out",
  "account",
  "docs",
  "live",
  "sandbox",
  "static",
  "assets",
  "public",
]);

/** A name as lower-case ASCII words joined by hyphens, at most 40 characters; empty if nothing is left. */
export function slugWords(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
}

/** A slug for a workspace name; `workspace` if nothing is left of it. */
export function slugFor(name: string): string {
  const words = slugWords(name);
  if (words === "") return "workspace";
  return RESERVED.has(words) ? `${words}-workspace` : words;
}

/** True for anything that could be a workspace's slug; refuses path tricks before they reach a query. */
export function isSlug(value: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/.test(value);
}
