// Owns "did you mean …?": which known name is nearest to a mistyped one.

/** Edits (insert, delete, replace) that turn one name into the other, letter case aside. */
function edits(left: string, right: string): number {
  const from = left.toLowerCase();
  const to = right.toLowerCase();
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

const LONGEST_NAME = 40;

/** The known name nearest to `name`, or null when none is near: at most a third of its letters differ. */
export function closestName(name: string, known: readonly string[]): string | null {
  if (name.length > LONGEST_NAME) return null;
  const ranked = known
    .map((candidate) => ({ candidate, distance: edits(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best === undefined || best.distance > Math.max(1, Math.ceil(best.candidate.length / 3))) return null;
  return best.candidate;
}
