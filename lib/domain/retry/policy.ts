// Owns retry policies as data and the arithmetic over them. Knows no clock and no randomness of its own.
import { z } from "zod";

const MAX_ATTEMPTS = 30;
const MAX_DELAY_SECONDS = 7 * 24 * 3600;

const delaySeconds = z.number().min(0).max(MAX_DELAY_SECONDS);
const jitter = z
  .number()
  .min(0)
  .max(0.5)
  .optional()
  .describe("Share by which each delay varies, 0.2 = ±20 %");

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
  z.strictObject({
    strategy: z.literal("exponential"),
    base_seconds: delaySeconds.min(1),
    factor: z.number().min(1).max(10).default(2),
    max_delay_seconds: delaySeconds.min(1).default(86_400),
    max_attempts: z.number().int().min(1).max(MAX_ATTEMPTS),
    jitter,
  }),
  z.strictObject({
    strategy: z.literal("fixed"),
    interval_seconds: delaySeconds.min(1),
    max_attempts: z.number().int().min(1).max(MAX_ATTEMPTS),
    jitter,
  }),
]);

export type RetryPolicy = z.infer<typeof retryPolicySchema>;

export const DEFAULT_RETRY_POLICY: RetryPolicy = { preset: "standard" };

/** The policy as plain delays in seconds (index = attempts already made) and its jitter share. */
export function expandPolicy(policy: RetryPolicy): { delaysSeconds: readonly number[]; jitter: number } {
  if ("preset" in policy) {
    const preset = RETRY_PRESETS[policy.preset];
    return { delaysSeconds: preset.delays, jitter: preset.jitter };
  }
  if ("delays_seconds" in policy) {
    return { delaysSeconds: policy.delays_seconds, jitter: policy.jitter ?? 0 };
  }
  const delays = [0];
  for (let retry = 0; retry < policy.max_attempts - 1; retry++) {
    delays.push(
      policy.strategy === "fixed"
        ? policy.interval_seconds
        : Math.min(policy.base_seconds * policy.factor ** retry, policy.max_delay_seconds),
    );
  }
  return { delaysSeconds: delays, jitter: policy.jitter ?? 0 };
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
};

/**
 * Milliseconds to wait before the next attempt, or null when the schedule is exhausted.
 * A receiver's Retry-After can only lengthen the wait; the first attempt has no jitter.
 */
export function nextDelayMs({ policy, step, random, retryAfterMs }: NextDelayInput): number | null {
  const { delaysSeconds, jitter: share } = expandPolicy(policy);
  const base = delaysSeconds[step];
  if (base === undefined) return null;
  const factor = step === 0 ? 1 : 1 + share * (random * 2 - 1);
  const planned = Math.round(base * 1000 * factor);
  if (retryAfterMs === undefined) return planned;
  // Jitter upwards only, so that the receiver's wish is kept and a herd is still spread.
  return Math.max(planned, Math.round(retryAfterMs * (1 + 0.1 * random)));
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
