// Owns the access tokens of this process: one for each endpoint, asked for once at a time, renewed before it ends and once
// after a receiver has refused it. Tokens live in memory only.
import type { OAuth2Input } from "@/lib/contracts/endpoint-auth";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import type { Outbound } from "../../outbound/send";
import { requestToken, type TokenAnswer } from "./oauth-token";

/** One request for a token takes no longer, and no longer than half of the attempt that waits for it. */
const MAX_REQUEST_MS = 5_000;
/** After a failure the same answer is given for so long, so that a backlog does not run against a failing server. */
const FAILURE_PAUSE_MS = 3_000;
const MAX_FAILURE_PAUSE_MS = 60_000;
/** A token is not used in the last part of its life: the request has to arrive while it is valid. */
const MAX_MARGIN_MS = 10_000;
/** From here on the next one is asked for, beside the attempts. */
const RENEW_AT = 0.8;
/** A token that was asked for because of a refusal is not given up for the next refusal: the token is not what is wrong. */
const TRUSTED_MS = 60_000;
const MAX_ENTRIES = 10_000;

/** `version` changes with every change of the settings, so that a token of earlier ones is not used. */
export type OAuthAuth = { kind: "oauth2"; settings: OAuth2Input; version: string };

export type TokenOutcome =
  | { outcome: "token"; token: string }
  | { outcome: "failed"; errorClass: AttemptErrorClass; message: string };

export type TokenCache = {
  /** A token that is valid now; waits at most half of `timeoutMs` (milliseconds of the attempt) for a new one. */
  get(endpointId: string, auth: OAuthAuth, timeoutMs: number): TokenOutcome | Promise<TokenOutcome>;
  /** The receiver answered 401 to this token: the next attempt gets a fresh one. */
  refused(endpointId: string, token: string): void;
};

type Token = { token: string; renewAtMs: number; endsAtMs: number; trustedUntilMs: number };

type Entry = {
  version: string;
  token: Token | null;
  failure: { answer: Extract<TokenOutcome, { outcome: "failed" }>; untilMs: number } | null;
  flight: Promise<void> | null;
  /** The token that is being asked for replaces a refused one. */
  afterRefusal: boolean;
};

/** A cache over the outbound guard; `now` gives Unix milliseconds. */
export function createTokenCache(outbound: Outbound, now: () => number): TokenCache {
  const entries = new Map<string, Entry>();

  function entryOf(endpointId: string, version: string): Entry {
    const known = entries.get(endpointId);
    if (known !== undefined && known.version === version) return known;
    const entry: Entry = { version, token: null, failure: null, flight: null, afterRefusal: false };
    entries.delete(endpointId);
    entries.set(endpointId, entry);
    if (entries.size > MAX_ENTRIES) {
      const oldest = entries.keys().next().value;
      if (oldest !== undefined) entries.delete(oldest);
    }
    return entry;
  }

  function keep(entry: Entry, answer: TokenAnswer, askedAtMs: number): void {
    if (answer.outcome === "failed") {
      const { errorClass, message, retryAfterMs } = answer;
      const pause = Math.min(Math.max(retryAfterMs ?? 0, FAILURE_PAUSE_MS), MAX_FAILURE_PAUSE_MS);
      entry.failure = { answer: { outcome: "failed", errorClass, message }, untilMs: now() + pause };
      return;
    }
    const { token, lifetimeMs } = answer;
    entry.failure = null;
    entry.token = {
      token,
      renewAtMs: askedAtMs + lifetimeMs * RENEW_AT,
      endsAtMs: askedAtMs + lifetimeMs - Math.min(MAX_MARGIN_MS, lifetimeMs / 10),
      trustedUntilMs: entry.afterRefusal ? now() + TRUSTED_MS : 0,
    };
    entry.afterRefusal = false;
  }

  function ask(entry: Entry, auth: OAuthAuth, timeoutMs: number): Promise<void> {
    const askedAtMs = now();
    const limit = Math.min(MAX_REQUEST_MS, Math.floor(timeoutMs / 2));
    entry.flight ??= requestToken(outbound, auth.settings, limit, askedAtMs)
      .then((answer) => keep(entry, answer, askedAtMs))
      .finally(() => {
        entry.flight = null;
      });
    return entry.flight;
  }

  const usable = (entry: Entry): TokenOutcome | null =>
    entry.token !== null && now() < entry.token.endsAtMs
      ? { outcome: "token", token: entry.token.token }
      : null;
  const pausing = (entry: Entry): TokenOutcome | null =>
    entry.failure !== null && now() < entry.failure.untilMs ? entry.failure.answer : null;

  async function waitFor(entry: Entry, auth: OAuthAuth, timeoutMs: number): Promise<TokenOutcome> {
    await ask(entry, auth, timeoutMs);
    if (entry.failure !== null) return entry.failure.answer;
    // However short its life: it was given for the attempts that wait here.
    if (entry.token !== null) return { outcome: "token", token: entry.token.token };
    return { outcome: "failed", errorClass: "auth_failed", message: "The access token was refused at once." };
  }

  return {
    get(endpointId, auth, timeoutMs) {
      const entry = entryOf(endpointId, auth.version);
      const token = usable(entry);
      const failure = pausing(entry);
      if (token !== null) {
        // Renewed beside the attempts: they go on with the old one while it lasts.
        const isDue = entry.token !== null && now() >= entry.token.renewAtMs;
        if (isDue && failure === null) void ask(entry, auth, timeoutMs);
        return token;
      }
      return failure ?? waitFor(entry, auth, timeoutMs);
    },
    refused(endpointId, token) {
      const entry = entries.get(endpointId);
      if (entry?.token?.token !== token || now() < entry.token.trustedUntilMs) return;
      entry.token = null;
      entry.afterRefusal = true;
    },
  };
}
