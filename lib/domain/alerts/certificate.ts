// Owns when people hear of a certificate that runs out: 14, 7 and 1 days ahead, and when it has expired. Certificates that
// live for a few days only are renewed within them as a matter of course: for those the times shrink in proportion.

const DAY_MS = 86_400_000;
const STAGES = [0, 1, 7, 14] as const;
/** From this life on the stages have their full length: 14 days are a quarter of it. */
const FULL_LIFE_MS = 56 * DAY_MS;

/** Nothing that expires later than this needs to be looked at. */
export const CERTIFICATE_HORIZON_MS = 14 * DAY_MS;

/**
 * The stage that a certificate has reached (days), or null while it is far from its end. `seenAtMs` is when it was first
 * met: what it had left then is the least that it lives.
 */
export function certificateStage(expiresAtMs: number, seenAtMs: number | null, nowMs: number): number | null {
  const life = seenAtMs === null ? FULL_LIFE_MS : Math.max(0, expiresAtMs - seenAtMs);
  const scale = Math.min(1, life / FULL_LIFE_MS);
  const left = expiresAtMs - nowMs;
  return STAGES.find((days) => left <= days * DAY_MS * scale) ?? null;
}
