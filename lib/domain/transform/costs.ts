// Owns what the steps of a mapping cost, in units of about ten nanoseconds, and how many of them one event may take. Counted,
// never timed, so that the same event and mapping give the same result everywhere. `tests/bench/transform-work.ts` measures
// the dearest mappings that we know against it.
import type { Container, Span } from "./spans";
import type { PlaceStep } from "./step";

/** Units of one mapping over one event: 0.1 to 0.2 s of a processor at the worst. */
export const MAX_WORK = 6_000_000;

/** A place that a rule goes to, or looks for; leaving it out with its reason is part of it. */
export const VISIT = 10;
/** A value that is put in place, or a member or item that is added, for each level. */
export const WRITE = 20;
/** A head that is put together anew. */
export const HEAD = 80;

/** Reading the text of a value, or writing it as one: the call, and then its bytes. */
export const textCost = (bytes: number): number => 40 + (bytes >> 2);

/** Opening an object or array that nobody has looked into: its bytes are scanned, and each entry becomes one of ours. */
export const openCost = ({ start, end }: Span): number => 10 + ((end - start) >> 2);
export const ENTRY = 12;

/** Comparing the names in an object with a step's: long ones that begin alike take longer. */
export const searchCost = ({ entries }: Container, step: PlaceStep): number =>
  step.kind === "name" ? entries.length * (1 + (step.head.length >> 4)) : 1;

/** Going through a value that was opened; hardly any entry takes less than four bytes. */
export const treeCost = (bytes: number): number => bytes >> 2;

/** Taking entries out of their container: each that was there is looked at again. */
export const removeCost = ({ entries }: Container): number => 20 + 3 * entries.length;
