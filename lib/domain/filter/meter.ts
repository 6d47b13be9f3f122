// Owns the counting of steps: every loop and every operation whose cost grows with the payload pays here first.
import { STEP_BUDGET } from "./limits";

/** Thrown when the steps run out, so that no `||` and no `exists` can take it for an ordinary false. */
export class TooCostly extends Error {
  override readonly name = "TooCostly";
}

/** Longest needle for which the search of V8 stays linear in the text; beyond it compares up to text × needle. */
const LINEAR_NEEDLE = 250;

export class Meter {
  #left: number;

  constructor(private readonly budget = STEP_BUDGET) {
    this.#left = budget;
  }

  /** Takes `steps` off the budget. Throws `TooCostly` when they are more than what is left. */
  pay(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooCostly(`more than ${this.budget} steps`);
  }

  /** Two texts are compared: V8 does that word by word. */
  payCompare(a: string, b: string): void {
    this.pay(1 + (Math.min(a.length, b.length) >> 6));
  }

  /** A text is read once, character by character. */
  payRead(text: string): void {
    this.pay(1 + (text.length >> 2));
  }

  /** `needle` is searched in `text`. */
  paySearch(text: string, needle: string): void {
    const product = needle.length > LINEAR_NEEDLE ? (text.length * needle.length) / 128 : 0;
    this.pay(1 + (text.length >> 2) + product);
  }
}
