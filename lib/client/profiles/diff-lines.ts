// Owns what differs between two texts, line by line, with the unchanged parts folded. Pure.

export type DiffLine = { kind: "same" | "removed" | "added"; text: string };
export type DiffRow = DiffLine | { kind: "fold"; count: number };

/** Beyond so many lines on both sides together the comparison would take a while; all is then shown as replaced. */
const MAX_PRODUCT = 4_000_000;

/** Lengths of the longest common subsequences of what follows each pair of lines. */
function table(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j;
      const down = lengths[here + width] ?? 0;
      const right = lengths[here + 1] ?? 0;
      lengths[here] = a[i] === b[j] ? (lengths[here + width + 1] ?? 0) + 1 : Math.max(down, right);
    }
  }
  return lengths;
}

/** The lines of both texts in one order: what stayed, what went, what came. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  if (a.length * b.length > MAX_PRODUCT) {
    return [
      ...a.map((text): DiffLine => ({ kind: "removed", text })),
      ...b.map((text): DiffLine => ({ kind: "added", text })),
    ];
  }
  const lengths = table(a, b);
  const width = b.length + 1;
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: "same", text: left });
      i++;
      j++;
    } else if (
      right === undefined ||
      (left !== undefined && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      lines.push({ kind: "removed", text: left ?? "" });
      i++;
    } else {
      lines.push({ kind: "added", text: right });
      j++;
    }
  }
  return lines;
}

/** The same with runs of unchanged lines folded, except `context` lines beside each change. */
export function foldSame(lines: readonly DiffLine[], context = 3): DiffRow[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries()) {
    if (kind === "same") continue;
    for (let at = index - context; at <= index + context; at++) near.add(at);
  }
  const rows: DiffRow[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.kind !== "same" || near.has(index)) {
      rows.push(line);
      continue;
    }
    const last = rows.at(-1);
    if (last?.kind === "fold") last.count++;
    else rows.push({ kind: "fold", count: 1 });
  }
  // A fold of one line saves nothing.
  return rows.map((row, index) => {
    if (row.kind !== "fold" || row.count > 1) return row;
    const at = rows
      .slice(0, index)
      .reduce((sum, other) => sum + (other.kind === "fold" ? other.count : 1), 0);
    return lines[at] ?? row;
  });
}
