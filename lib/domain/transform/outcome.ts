// Owns what a mapping says about its rules: which did something, and which found nothing to do and why.
import { formatPath, type JsonPath } from "./path";

export const SKIP_MESSAGES = {
  missing: "There is no such field.",
  no_items: "The array is empty.",
  not_an_object: "This is not an object, so it has no fields.",
  not_an_array: "This is not an array, so it has no items.",
  out_of_range: "The array is too short for this index; only the next item can be added.",
  not_text: "This is not text (to be joined: nor a number, true or false).",
  already_there: "The field is there already, so its default is not needed.",
} as const;

export type SkipReason = keyof typeof SKIP_MESSAGES;

export const SKIP_REASONS = Object.keys(SKIP_MESSAGES) as SkipReason[];

/** `rule` counts from 0. `places` is how often it applied (`[*]`: once an item), `replaced` how many values it overwrote. */
export type AppliedRule = { rule: number; places: number; replaced: number };

/** A rule that left places as they were, for one reason. `path` is the first of those places. */
export type SkippedRule = { rule: number; reason: SkipReason; path: string; message: string; places: number };

/** Collects the outcome of one rule. */
export class RuleOutcome {
  /** Which item of each array on the way is being worked on. */
  readonly indices: number[] = [];
  readonly #rule: number;
  readonly #skipped = new Map<SkipReason, SkippedRule>();
  #places = 0;
  #replaced = 0;

  constructor(rule: number) {
    this.#rule = rule;
  }

  applied(): void {
    this.#places++;
  }

  replaced(): void {
    this.#replaced++;
  }

  /** `path` as in the rule; items that are being worked on get their index. */
  skip(reason: SkipReason, path: JsonPath): void {
    const known = this.#skipped.get(reason);
    if (known !== undefined) {
      known.places++;
      return;
    }
    let depth = 0;
    const place = path.map((segment) => {
      const index = segment.kind === "each" ? this.indices[depth++] : undefined;
      return index === undefined ? segment : ({ kind: "index", index } as const);
    });
    const message = SKIP_MESSAGES[reason];
    this.#skipped.set(reason, { rule: this.#rule, reason, path: formatPath(place), message, places: 1 });
  }

  /** Adds what happened to the lists of the whole mapping. */
  report(applied: AppliedRule[], skipped: SkippedRule[]): void {
    if (this.#places > 0) applied.push({ rule: this.#rule, places: this.#places, replaced: this.#replaced });
    skipped.push(...this.#skipped.values());
  }
}
