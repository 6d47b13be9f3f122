// Owns retry policies as data and the arithmetic over them. Knows no clock and no randomness of its own.
import { z } from "zod";

const MAX_ATTEMPTS = 30;
/** Where the longest time bounds the schedule, their number may be larger. */
const MAX_BOUNDED_ATTEMPTS = 100;
const MAX_DELAY_SECONDS = 7 * 24 * 3600;
const MAX_ELAPSED_SECONDS = 30 * 24 * 3600;

const delaySeconds = z.number().min(0).max(MAX_DELAY_SECONDS);
const jitter = z
  .number()
  .min(0)
  .max(0.5)
  .optional()
  .describe("Share by which each delay varies, 0.2 = ±20 %");

const maxAttemptsField = z.number().int().min(1).max(MAX_BOUNDED_ATTEMPTS);
const maxElapsedSeconds = z
  .number()
  .int()
  .min(1)
  .max(MAX_ELAPSED_SECONDS)
  .optional()
  .describe("No attempt later than so many seconds after the first, 259200 = 72 hours");

type Bounded = { max_attempts: number; max_elapsed_seconds?: number | undefined };
const hasEnd = (policy: Bounded) =>
  policy.max_attempts <= MAX_ATTEMPTS || policy.max_elapsed_seconds !== undefined;
const NEEDS_END = {
  path: ["max_attempts"],
  message: `more than ${MAX_ATTEMPTS} attempts need max_elapsed_seconds, the longest time`,
};

/** Named schedules. Delays are seconds before each attempt, counted from the previous one. */
export const RETRY_PRESETS = {
  standard: {
    label: "Standard",
    delays: [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400],
    jitter: 0.2,
  },
  quick: { label: "Quick", delays: [0, 5, 30, 120, 600, 1800], jitter: 0.2 },
  patient: {
    label: "Patient",
    delays: [0, 60, 900, 3600, 14400, 43200, 86400, 86400, 86400, 86400, 86400],
    jitter: 0.2,
  },
  none: { label: "No retries", delays: [0], jitter: 0 },
} as const;

export type RetryPreset = keyof typeof RETRY_PRESETS;

export const retryPolicySchema = z.union([
  z.strictObject({ preset: z.enum(["standard", "quick", "patient", "none"]) }),
  z.strictObject({
    delays_seconds: z.array(delaySeconds).min(1).max(MAX_ATTEMPTS),
    jitter,
  }),
  z
    .strictObject({
      strategy: z.literal("exponential"),
      base_seconds: delaySeconds.min(1),
      factor: z.number().min(1).max(10).default(2),
      max_delay_seconds: delaySeconds.min(1).default(86_400),
      max_attempts: maxAttemptsField,
      max_elapsed_seconds: maxElapsedSeconds,
      jitter,
    })
    .refine(hasEnd, NEEDS_END),
  z
    .strictObject({
      strategy: z.literal("fixed"),
      interval_seconds: delaySeconds.min(1),
      max_attempts: maxAttemptsField,
      max_elapsed_seconds: maxElapsedSeconds,
      jitter,
    })
    .refine(hasEnd, NEEDS_END),
]);

export type RetryPolicy = z.infer<typeof retryPolicySchema>;

export const DEFAULT_RETRY_POLICY: RetryPolicy = { preset: "standard" };

export type Schedule = {
  /** Seconds before each attempt, counted from the previous one; the index is the number of attempts already made. */
  readonly delaysSeconds: readonly number[];
  /** Share by which each delay varies. */
  readonly jitter: number;
};

/** Ingest asks for every event and endpoint; a policy is a value, so its schedule never changes. */
const schedules = new WeakMap<RetryPolicy, Schedule>();

/** The policy as plain delays in seconds (index = attempts already made) and its jitter share. */
export function expandPolicy(policy: RetryPolicy): Schedule {
  const known = schedules.get(policy);
  if (known !== undefined) return known;
  const schedule = computeSchedule(policy);
  schedules.set(policy, schedule);
  return schedule;
}

function computeSchedule(policy: RetryPolicy): Schedule {
  if ("preset" in policy) {
    const preset = RETRY_PRESETS[policy.preset];
    return { delaysSeconds: preset.delays, jitter: preset.jitter };
  }
  if ("delays_seconds" in policy) {
    return { delaysSeconds: policy.delays_seconds, jitter: policy.jitter ?? 0 };
  }
  const longest = policy.max_elapsed_seconds ?? Number.POSITIVE_INFINITY;
  const delays = [0];
  let elapsed = 0;
  for (let retry = 0; retry < policy.max_attempts - 1; retry++) {
    const delay =
      policy.strategy === "fixed"
        ? policy.interval_seconds
        : Math.min(policy.base_seconds * policy.factor ** retry, policy.max_delay_seconds);
    elapsed += delay;
    if (elapsed > longest) break;
    delays.push(delay);
  }
  return { delaysSeconds: delays, jitter: policy.jitter ?? 0 };
}

/** The longest time that the policy allows between the first attempt and the last, in seconds, or null for no such bound. */
function longestSeconds(policy: RetryPolicy): number | null {
  return "max_elapsed_seconds" in policy ? (policy.max_elapsed_seconds ?? null) : null;
}

/** How many attempts the policy allows in all. */
export function maxAttempts(policy: RetryPolicy): number {
  return expandPolicy(policy).delaysSeconds.length;
}

export type NextDelayInput = {
  policy: RetryPolicy;
  /** Attempts with a recorded outcome so far; 0 asks for the delay of the first attempt. */
  step: number;
  /** Uniform in [0, 1). */
  random: number;
  /** What the receiver asked for in Retry-After, in milliseconds, already clamped. */
  retryAfterMs?: number | undefined;
  /** Milliseconds since the first attempt started, for policies with a longest time. */
  elapsedMs?: number | undefined;
};

/**
 * Milliseconds to wait before the next attempt, or null when the schedule is exhausted.
 * A receiver's Retry-After can only lengthen the wait; the first attempt has no jitter. Where `elapsedMs` is known,
 * neither jitter nor Retry-After carries an attempt beyond the policy's longest time: such an attempt is brought forward
 * to that moment when it was planned before it, and given up when the receiver asked for a later one.
 */
export function nextDelayMs(input: NextDelayInput): number | null {
  const { policy, step, random, retryAfterMs, elapsedMs } = input;
  const { delaysSeconds, jitter: share } = expandPolicy(policy);
  const base = delaysSeconds[step];
  if (base === undefined) return null;
  const factor = step === 0 ? 1 : 1 + share * (random * 2 - 1);
  const planned = Math.round(base * 1000 * factor);
  const longest = elapsedMs === undefined ? null : longestSeconds(policy);
  const left =
    longest === null || elapsedMs === undefined ? Number.POSITIVE_INFINITY : longest * 1000 - elapsedMs;
  if (left < 0 || (retryAfterMs ?? 0) > left) return null;
  // Jitter upwards only, so that the receiver's wish is kept and a herd is still spread.
  const asked = retryAfterMs === undefined ? 0 : Math.round(retryAfterMs * (1 + 0.1 * random));
  return Math.min(Math.max(planned, asked), left);
}

/** The attempts still planned after `step` recorded ones, as Unix milliseconds without jitter, given when the next one is due. */
export function plannedAttempts(policy: RetryPolicy, step: number, nextAttemptMs: number): number[] {
  const { delaysSeconds } = expandPolicy(policy);
  const times: number[] = [];
  let at = nextAttemptMs;
  for (let i = step; i < delaysSeconds.length; i++) {
    if (i > step) at += (delaysSeconds[i] ?? 0) * 1000;
    times.push(at);
  }
  return times;
}
