// Owns what it means to cross a threshold. A value at the threshold counts as above it, so every change is on exactly
// one side before and on exactly one side after: reaching the threshold from below crosses it, leaving it upwards
// does not, and falling from it does.

type Numeric = number | bigint;

/** True when the value was below the threshold and is now at it or above it. */
export function risesAbove(previous: Numeric, current: Numeric, threshold: Numeric): boolean {
  return previous < threshold && current >= threshold;
}

/** True when the value was at the threshold or above it and is now below it. */
export function fallsBelow(previous: Numeric, current: Numeric, threshold: Numeric): boolean {
  return previous >= threshold && current < threshold;
}

/** True when the previous value is on one side of the threshold and the current one on the other. */
export function crosses(previous: Numeric, current: Numeric, threshold: Numeric): boolean {
  return previous < threshold !== current < threshold;
}
