// Owns regular expressions: RE2's syntax, run by re2js in time linear in the text, with its memory kept small.
import { RE2JS } from "re2js";
import { MAX_PATTERN_LENGTH, MAX_PATTERN_SIZE } from "./limits";
import type { Meter } from "./meter";
import { patternSize } from "./pattern-size";

/**
 * How much larger it may look before it is compiled: RE2 merges what alternatives have in common, so the program may be smaller.
 * Beyond, compiling would take too long to find that out.
 */
const MAX_WRITTEN_OUT = 4 * MAX_PATTERN_SIZE;
/** Steps for each character and instruction when every character makes a new state: the dearest case measured. */
const STEPS_PER_INSTRUCTION = 4;
/** States of its automaton that re2js may keep between texts; it would keep 8 MiB for each expression. */
const MAX_KEPT_STATES = 128;

const TOO_LARGE = "This regular expression is too large; repeat less, or use fewer alternatives.";

export type Pattern = {
  /** True when the expression is found in the text. Pays before it looks. */
  isIn(text: string, meter: Meter): boolean;
};

/** A compiled regular expression, or why it is refused. */
export function compilePattern(source: string): Pattern | { refused: string } {
  if (source.length > MAX_PATTERN_LENGTH) {
    return { refused: `A regular expression may have at most ${MAX_PATTERN_LENGTH} characters.` };
  }
  if (patternSize(source) > MAX_WRITTEN_OUT) return { refused: TOO_LARGE };
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace("error parsing regexp: ", "") : "";
    return { refused: `This regular expression is not valid in RE2's syntax: ${reason}.` };
  }
  const size = regex.programSize();
  if (size > MAX_PATTERN_SIZE) return { refused: TOO_LARGE };
  return {
    isIn(text, meter) {
      meter.pay(1 + text.length * size * STEPS_PER_INSTRUCTION);
      const found = regex.test(text);
      const { lazyDFA } = regex.re2Input;
      if (lazyDFA !== null && lazyDFA.stateCount > MAX_KEPT_STATES) lazyDFA.clearCache();
      return found;
    },
  };
}
