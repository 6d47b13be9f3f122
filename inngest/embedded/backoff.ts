// Owns the pause before a failed step or function is called again, when it does not ask for one itself.

const PAUSES_SECONDS = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200];

/** Milliseconds before retry number `attempt` (1 is the first), with up to a quarter of jitter from `random` (0..1). */
export function defaultBackoff(attempt: number, random: number): number {
  const index = Math.min(Math.max(attempt, 1), PAUSES_SECONDS.length) - 1;
  return Math.round((PAUSES_SECONDS[index] ?? 7_200) * 1_000 * (1 + random / 4));
}
