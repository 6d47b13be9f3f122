// Owns the one spelling of an e-mail address, so that two spellings can never be two accounts. Knows no storage.

const MAX_LENGTH = 254;
// Deliberately narrower than RFC 5321: no quoted local part, no comments, no address literals, ASCII only.
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The address as Signpost stores and compares it (NFKC first, so that look-alike `@` cannot slip past the checks;
 * then trimmed and in lower case), or null when it is not a plain address.
 */
export function normaliseEmail(raw: string): string | null {
  if (raw.length > MAX_LENGTH * 2) return null;
  const email = raw.normalize("NFKC").trim().toLowerCase();
  const [local, domain, ...rest] = email.split("@");
  if (local === undefined || domain === undefined || rest.length > 0) return null;
  if (email.length > MAX_LENGTH || local.length > 64) return null;
  return LOCAL.test(local) && DOMAIN.test(domain) ? email : null;
}
