// Owns one request for an access token (RFC 6749, section 4.4: client credentials) and the reading of its answer.
// Goes through the outbound guard like any delivery. No text that comes out of here has a part of a secret or a token.
import type { OAuth2Input } from "@/lib/contracts/endpoint-auth";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import { parseRetryAfter } from "@/lib/domain/retry/retry-after";
import type { Outbound } from "../../outbound/send";

/** For servers that do not say how long their token lives. */
const DEFAULT_LIFETIME_MS = 300_000;
const MAX_LIFETIME_MS = 24 * 3_600_000;
/** A longer token would not fit into the header that receivers read. */
const MAX_TOKEN_LENGTH = 8_192;
/** The codes of RFC 6749, section 5.2: an answer may say anything, a message repeats these only. */
const KNOWN_ERRORS: ReadonlySet<string> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
  "invalid_target",
  "temporarily_unavailable",
  "server_error",
]);

export type TokenAnswer =
  | { outcome: "token"; token: string; lifetimeMs: number }
  | {
      outcome: "failed";
      errorClass: AttemptErrorClass;
      message: string;
      /** What the server asked for, or null. */
      retryAfterMs: number | null;
    };

/** `application/x-www-form-urlencoded`, also for the parts of Basic credentials (RFC 6749, section 2.3.1). */
const formEncode = (text: string) => new URLSearchParams([["", text]]).toString().slice(1);

function requestOf(settings: OAuth2Input): { headers: [string, string][]; body: Buffer } {
  const { client_id: id, client_secret: secret, scope, audience } = settings;
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (scope !== undefined) form.set("scope", scope);
  if (audience !== undefined) form.set("audience", audience);
  const headers: [string, string][] = [
    ["content-type", "application/x-www-form-urlencoded"],
    ["accept", "application/json"],
    ["user-agent", "Signpost/1.0"],
  ];
  if (settings.client_auth === "body") {
    form.set("client_id", id);
    form.set("client_secret", secret);
  } else {
    const credentials = `${formEncode(id)}:${formEncode(secret)}`;
    headers.push(["authorization", `Basic ${Buffer.from(credentials).toString("base64")}`]);
  }
  return { headers, body: Buffer.from(form.toString()) };
}

const failed = (message: string, retryAfterMs: number | null = null): TokenAnswer => ({
  outcome: "failed",
  errorClass: "auth_failed",
  message,
  retryAfterMs,
});

function parseObject(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function lifetimeOf(value: unknown): number {
  // Some servers send the number as text.
  const seconds = typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || seconds < 0) return DEFAULT_LIFETIME_MS;
  return Math.min(seconds * 1000, MAX_LIFETIME_MS);
}

function readToken(body: Uint8Array): TokenAnswer {
  const answer = parseObject(body);
  if (answer === null) return failed("The token server's answer is not a JSON object.");
  const { access_token: token, token_type: type } = answer;
  if (typeof token !== "string" || token === "")
    return failed("The token server's answer has no access_token.");
  if (token.length > MAX_TOKEN_LENGTH || !/^[\x21-\x7e]+$/.test(token)) {
    return failed("The token server's access_token cannot be sent in a header.");
  }
  if (type !== undefined && (typeof type !== "string" || type.toLowerCase() !== "bearer")) {
    return failed("The token server's token_type is not Bearer.");
  }
  return { outcome: "token", token, lifetimeMs: lifetimeOf(answer.expires_in) };
}

function refusalOf(status: number, body: Uint8Array, retryAfterMs: number | null): TokenAnswer {
  if (status >= 300 && status <= 399) {
    return failed(`The token server answered ${status}; redirects are not followed.`);
  }
  const error = parseObject(body)?.error;
  const code = typeof error === "string" && KNOWN_ERRORS.has(error) ? ` (${error})` : "";
  return failed(`The token server answered ${status}${code}.`, retryAfterMs);
}

/** Asks for a token; takes at most `timeoutMs`. Never throws for what the server does. `nowMs` is Unix milliseconds. */
export async function requestToken(
  outbound: Outbound,
  settings: OAuth2Input,
  timeoutMs: number,
  nowMs: number,
): Promise<TokenAnswer> {
  const result = await outbound.send({ url: settings.token_url, ...requestOf(settings), timeoutMs });
  if (result.outcome === "error") {
    const message = result.message.replace(/\b[Tt]he receiver\b/g, (word) =>
      word.startsWith("T") ? "The token server" : "the token server",
    );
    return {
      outcome: "failed",
      errorClass: result.errorClass === "interrupted" ? "interrupted" : "auth_failed",
      message: `No access token was given: ${message}`,
      retryAfterMs: null,
    };
  }
  const { status, headers, body } = result;
  if (status < 200 || status > 299) {
    const retryAfter = headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1] ?? null;
    return refusalOf(status, body, parseRetryAfter(retryAfter, nowMs));
  }
  if (result.truncated) return failed("The token server's answer is too large.");
  if (result.incomplete) return failed("The token server's answer was cut off.");
  return readToken(body);
}
