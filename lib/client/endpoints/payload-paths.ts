// Owns the fields of an example payload, offered while somebody names one. Pure.
import { type FilterPath, pathText } from "@/lib/domain/filter/path";
import { formatPath, type PathSegment } from "@/lib/domain/transform/path";

const MAX_PATHS = 150;
const MAX_DEPTH = 8;

type Visit = (path: (string | number)[]) => void;

/** Every member below the value; of a list its first item stands for all. */
function visit(value: unknown, path: (string | number)[], found: Visit): void {
  if (typeof value !== "object" || value === null || path.length >= MAX_DEPTH) return;
  const children: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, 1).map((item, index) => [index, item])
    : Object.entries(value);
  for (const [name, child] of children) {
    const at = [...path, name];
    found(at);
    visit(child, at, found);
  }
}

function membersOf(dataText: string | null): (string | number)[][] {
  const paths: (string | number)[][] = [];
  try {
    const value: unknown = dataText === null ? null : JSON.parse(dataText);
    visit(value, [], (path) => {
      if (paths.length < MAX_PATHS) paths.push(path);
    });
  } catch {
    // Not JSON: nothing to offer.
  }
  return paths;
}

/** As filters name them: `data.items[0].price`, after the event's own fields. */
export function filterPaths(dataText: string | null): string[] {
  const own = ["type", "subject", "tenant", "environment", "id"];
  return [...membersOf(dataText).map((path) => pathText(["data", ...path] satisfies FilterPath)), ...own];
}

/** As mappings name them: `$.items[*].price`. */
export function mappingPaths(dataText: string | null): string[] {
  return membersOf(dataText).map((path) =>
    formatPath(
      path.map(
        (part): PathSegment => (typeof part === "string" ? { kind: "name", name: part } : { kind: "each" }),
      ),
    ),
  );
}
