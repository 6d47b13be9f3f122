// Owns numbers with their noun.

/** `1 endpoint`, `1,234 endpoints`. */
export function countOf(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
