// Owns the form in which request headers go to undici: flat, and without the names that the connection itself sets.

/** Headers of an outbound request, in the order in which they are sent. */
export type RequestHeaders = readonly (readonly [string, string])[] | Readonly<Record<string, string>>;

// undici would honour a Host header (another virtual host) and a Connection header (ends keep-alive), and fails on the
// others. Endpoints cannot be saved with any of them; this line holds even if a caller forgets that.
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "keep-alive",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "expect",
  "te",
  "trailer",
  "proxy-connection",
]);

/** Names and values in turns; names that belong to the connection are left out. */
export function flattenHeaders(headers: RequestHeaders): string[] {
  const pairs = isPairs(headers) ? headers : Object.entries(headers);
  const flat: string[] = [];
  for (const [name, value] of pairs) {
    if (!CONNECTION_HEADERS.has(name.toLowerCase())) flat.push(name, value);
  }
  return flat;
}

function isPairs(headers: RequestHeaders): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers);
}
