// Owns the API's rate limit: a token bucket for each caller, in this process. Keeps one loud key from starving others;
// ingest has its own back-pressure and does not pass here.
import { AppError } from "@/lib/domain/errors";

export type RateLimit = {
  /** Tokens that come back each second. */
  perSecond: number;
  /** Most calls at once after a quiet time. */
  burst: number;
};

export const API_RATE_LIMIT: RateLimit = { perSecond: 200, burst: 400 };

const MAX_BUCKETS = 10_000;

export type RateLimiter = {
  /** Takes one token for `key`. Throws `rate_limited` with the seconds to wait. */
  take(key: string): void;
};

/** A limiter with its own buckets. `now` gives milliseconds. */
export function createRateLimiter(limit: RateLimit, now: () => number): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key);
      const refilled = bucket
        ? bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * limit.perSecond
        : limit.burst;
      const tokens = Math.min(limit.burst, refilled);
      // Re-inserting keeps the map in order of use, so that the one dropped is the longest idle.
      buckets.delete(key);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
      if (buckets.size > MAX_BUCKETS) {
        const [idle] = buckets.keys();
        if (idle !== undefined) buckets.delete(idle);
      }
      if (tokens >= 1) return;
      throw new AppError(
        "rate_limited",
        `At most ${limit.perSecond} requests a second are taken. Slow down and try again.`,
        { retryAfterSeconds: Math.ceil((1 - tokens) / limit.perSecond) },
      );
    },
  };
}
