// Owns the pace at which one endpoint is called: full speed until the receiver says "slower", then just below what it
// took, then carefully faster again (additive increase, multiplicative decrease, as TCP does). Time is passed in.

/** Above this rate a limit is no limit any more. */
const UNLIMITED_ABOVE_PER_SECOND = 200;
/** How slow push-back can make it: a receiver that counts requests (429), and one that is ill or restarting (502, 503, 504). */
export const SLOWEST_PER_SECOND = { limited: 1, ill: 20 } as const;
const DECREASE = 0.75;
const CAUTIOUS_ABOVE = 0.85;
/** Longest that one answer can close the gate for; a longer Retry-After still holds for its own delivery. */
const MAX_CLOSED_MS = 60_000;

export class Pace {
  /** Requests per second, or null for no limit. */
  #rate: number | null = null;
  /** The limit that a person has set, or null. */
  #most: number | null = null;
  #closedUntil = 0;
  #nextStart = 0;
  #lastStart = Number.NEGATIVE_INFINITY;
  #windowStart = 0;
  #windowSuccesses = 0;
  #lastDecrease = Number.NEGATIVE_INFINITY;
  /** The rate that was too much last time; unknown when the receiver pushed back before taking anything. */
  #tooMuch = Number.POSITIVE_INFINITY;

  /** Milliseconds until the next request may start; 0 = now. */
  waitMs(nowMs: number): number {
    const gate =
      this.ratePerSecond === null ? this.#closedUntil : Math.max(this.#closedUntil, this.#nextStart);
    return Math.max(0, gate - nowMs);
  }

  /** Call when a request starts. */
  started(nowMs: number): void {
    this.#lastStart = nowMs;
    const rate = this.ratePerSecond;
    if (rate !== null) this.#nextStart = Math.max(nowMs, this.#nextStart) + 1000 / rate;
  }

  /** The most requests each second that a person allows; null lifts the limit. What started last counts already. */
  setMost(perSecond: number | null): void {
    if (perSecond === this.#most) return;
    this.#most = perSecond;
    const rate = this.ratePerSecond;
    if (rate !== null) this.#nextStart = Math.max(this.#nextStart, this.#lastStart + 1000 / rate);
  }

  /** Call for a 2xx answer. */
  succeeded(nowMs: number): void {
    if (nowMs - this.#windowStart >= 1000) {
      this.#windowStart = nowMs;
      this.#windowSuccesses = 0;
    }
    this.#windowSuccesses++;
    if (this.#rate === null) return;
    // Well below what was too much the rate doubles each second; close to it, it grows by half a request a second.
    this.#rate += this.#rate < this.#tooMuch * CAUTIOUS_ABOVE ? 1 : 0.5 / this.#rate;
    if (this.#rate > UNLIMITED_ABOVE_PER_SECOND) this.#rate = null;
  }

  /** Call for 429 (`limited`) and 502, 503, 504 (`ill`). `retryAfterMs` closes the gate altogether for that long. */
  pushedBack(nowMs: number, retryAfterMs: number | null, why: keyof typeof SLOWEST_PER_SECOND): void {
    if (retryAfterMs !== null) {
      this.#closedUntil = Math.max(this.#closedUntil, nowMs + Math.min(retryAfterMs, MAX_CLOSED_MS));
    }
    // The answers of one burst tell one thing: slow down once for them.
    if (nowMs - this.#lastDecrease < 1000) return;
    this.#lastDecrease = nowMs;
    const taken = nowMs - this.#windowStart < 2000 ? this.#windowSuccesses : 0;
    const before = this.#rate ?? (taken > 0 ? taken : null);
    this.#tooMuch = before ?? Number.POSITIVE_INFINITY;
    const slowest = SLOWEST_PER_SECOND[why];
    this.#rate = Math.max(slowest, (before ?? slowest) * DECREASE);
    this.#nextStart = Math.max(this.#nextStart, nowMs + 1000 / this.#rate);
  }

  /** Requests per second that are let through, or null for no limit. */
  get ratePerSecond(): number | null {
    if (this.#rate === null || this.#most === null) return this.#rate ?? this.#most;
    return Math.min(this.#rate, this.#most);
  }
}
