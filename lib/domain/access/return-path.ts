// Owns where a person may be sent after signing in: a path of this instance, nothing else.

const MAX_LENGTH = 2_000;

/**
 * The path (with query) to go to for an untrusted `callbackUrl`, or null when it leaves `publicUrl`'s origin,
 * is not a URL, or is too long. Give absolute or root-relative addresses.
 */
export function safeReturnPath(raw: string | null | undefined, publicUrl: string): string | null {
  if (!raw || raw.length > MAX_LENGTH || !/^(\/|https?:\/\/)/i.test(raw)) return null;
  // Browsers read a backslash as a slash and drop tabs and line ends, so these could turn into `//evil`.
  if (/[\\\s]/.test(raw) || !URL.canParse(raw, publicUrl)) return null;
  const target = new URL(raw, publicUrl);
  if (target.origin !== new URL(publicUrl).origin || target.username || target.password) return null;
  // `https://us//evil` parses to the path `//evil`, which a redirect would read as a host.
  if (target.pathname.startsWith("//") || target.pathname.startsWith("/api/")) return null;
  return `${target.pathname}${target.search}`;
}
