// Owns the pace of previews and trials: each may cost a tenth of a second of computing, so nobody gets many of them at once.
import { actorIdOf } from "@/lib/domain/access/permissions";
import type { Call } from "./call";
import { createRateLimiter, type RateLimit, type RateLimiter } from "./rate-limit";

/** For each person or key, all kinds together. An editor that previews while somebody types stays far below. */
export const TRIAL_RATE_LIMIT: RateLimit = { perSecond: 5, burst: 40 };

const LIMITERS = Symbol.for("signpost.trial-rate-limiter");
type Holder = { [LIMITERS]?: RateLimiter };

/** One limiter for the process: each route is a module of its own, but they share the budget of a person. */
function limiter(): RateLimiter {
  const holder = globalThis as Holder;
  holder[LIMITERS] ??= createRateLimiter(TRIAL_RATE_LIMIT, () => performance.now());
  return holder[LIMITERS];
}

/** The handler of a preview or trial within that pace; throws `rate_limited` before it has read the body. */
export function limitTrials(handle: (call: Call) => Promise<Response>): (call: Call) => Promise<Response> {
  return async (call) => {
    limiter().take(actorIdOf(call.actor) ?? "system");
    return handle(call);
  };
}
