// Owns the rules for headers that people add to an endpoint: names that belong to Signpost or to HTTP, bytes that
// could split a request, sizes. Knows nothing about storing or masking the values.
import type { FieldError } from "../errors";

export const MAX_CUSTOM_HEADERS = 20;
/** Bytes of one header, name and value together. */
export const MAX_HEADER_BYTES = 4096;
/** Bytes of all custom headers together. */
const MAX_HEADERS_BYTES = 16_384;

type HeadersVerdict =
  | { outcome: "accepted"; headers: Record<string, string> }
  | { outcome: "refused"; errors: FieldError[] };

// Host and Connection are on the list because undici would send them: one picks another virtual host, the other ends keep-alive.
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "http2-settings",
  "accept-encoding",
  "user-agent",
  "date",
  "digest",
  "signature",
  "signature-input",
  "__proto__",
  "constructor",
  "prototype",
]);
const RESERVED_PREFIXES = ["content-", "proxy-", "webhook-", "svix-", "x-signpost-"] as const;

/** RFC 9110, section 5.6.2: token. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** True for a header that only Signpost itself may set, in any case of letters. */
function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED_NAMES.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix));
}

function nameProblem(name: string, profileNames: ReadonlySet<string>): string | null {
  if (name === "") return "A header needs a name.";
  if (!TOKEN.test(name)) return "The name may contain letters, digits and !#$%&'*+-.^_`|~ only.";
  if (isReservedHeader(name))
    return "This header is set by Signpost or by HTTP itself and cannot be replaced.";
  if (profileNames.has(name.toLowerCase()))
    return "This header is set by the endpoint's profile and cannot be replaced.";
  return null;
}

function valueProblem(value: string): string | null {
  if (value === "") return "The value is empty.";
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code > 0xff) return "The value may contain Latin-1 characters only.";
    // A tab is legal inside a value (RFC 9110, section 5.5); every other control character is not.
    if ((code < 0x20 && code !== 0x09) || code === 0x7f)
      return "The value contains a line break or control character.";
  }
  return null;
}

/** The path of a header in an error answer; odd names are quoted so that they cannot be mistaken for more path. */
function headerPath(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? `headers.${name}` : `headers[${JSON.stringify(name.slice(0, 100))}]`;
}

/**
 * Checks the custom headers of an endpoint and gives them with spaces and tabs around the values removed.
 * `profileNames` are the header names that the endpoint's profile sends itself (signature, id, timestamp).
 * Refuses with one error for each header; sizes are in bytes, Latin-1 being one byte for each character.
 */
export function checkCustomHeaders(
  record: Readonly<Record<string, string>>,
  profileNames: readonly string[] = [],
): HeadersVerdict {
  const reserved = new Set(profileNames.map((name) => name.toLowerCase()));
  const entries = Object.entries(record);
  const errors: FieldError[] = [];
  const accepted: [string, string][] = [];
  const seen = new Set<string>();
  let total = 0;
  if (entries.length > MAX_CUSTOM_HEADERS) {
    errors.push({
      path: "headers",
      message: `At most ${MAX_CUSTOM_HEADERS} headers are allowed; there are ${entries.length}.`,
    });
  }
  for (const [name, raw] of entries) {
    const path = headerPath(name);
    const value = raw.replace(/^[ \t]+|[ \t]+$/g, "");
    const problem = nameProblem(name, reserved) ?? valueProblem(value);
    const bytes = name.length + value.length;
    total += bytes;
    if (problem) errors.push({ path, message: problem });
    else if (bytes > MAX_HEADER_BYTES) {
      errors.push({
        path,
        message: `The header has ${bytes} bytes; at most ${MAX_HEADER_BYTES} are allowed.`,
      });
    } else if (seen.has(name.toLowerCase())) {
      errors.push({
        path,
        message: "The same name occurs twice; names are compared without regard to case.",
      });
    } else accepted.push([name, value]);
    seen.add(name.toLowerCase());
  }
  if (total > MAX_HEADERS_BYTES) {
    errors.push({
      path: "headers",
      message: `The headers have ${total} bytes together; at most ${MAX_HEADERS_BYTES} are allowed.`,
    });
  }
  if (errors.length > 0) return { outcome: "refused", errors };
  return { outcome: "accepted", headers: Object.fromEntries(accepted) };
}
