// Owns the time that is nobody's failure but ours: no process ran, or nothing got out. It is left out of every clock
// that runs against an endpoint.

/** Unix milliseconds; an open span has no end yet. */
export type Span = { startMs: number; endMs: number | null };

/** Without a sign of life for longer than this, nobody was there to deliver anything. Three beats of one minute. */
export const MAX_BEAT_GAP_MS = 3 * 60_000;

/** The time in which no process ran, found when one is back; null when there was none, or at the first beat ever. */
export function stoppedSpan(lastBeatMs: number | null, nowMs: number): Span | null {
  if (lastBeatMs === null || nowMs - lastBeatMs <= MAX_BEAT_GAP_MS) return null;
  return { startMs: lastBeatMs, endMs: nowMs };
}

/** Milliseconds between two moments that lie in at least one of the spans. */
export function overlapMs(spans: readonly Span[], fromMs: number, toMs: number): number {
  const inside = spans
    .map(({ startMs, endMs }) => ({
      start: Math.max(startMs, fromMs),
      end: Math.min(endMs ?? Number.POSITIVE_INFINITY, toMs),
    }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  let total = 0;
  let reached = fromMs;
  for (const { start, end } of inside) {
    total += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return total;
}

/** Milliseconds between two moments without our own outages; never negative. */
export function countedMs(outages: readonly Span[], fromMs: number, toMs: number): number {
  return Math.max(0, toMs - fromMs - overlapMs(outages, fromMs, toMs));
}

/** True while a span has no end. */
export function isOngoing(spans: readonly Span[]): boolean {
  return spans.some(({ endMs }) => endMs === null);
}
