// Owns how the operators of a filter are called.
import type { FilterOperator } from "@/lib/client/endpoints/filter-draft";
import type { FilterReason } from "@/lib/domain/filter/compile";

export const OPERATOR_WORDS: Record<FilterOperator, string> = {
  equals: "is",
  not_equals: "is not",
  one_of: "is one of",
  greater: "is greater than",
  at_least: "is at least",
  less: "is less than",
  at_most: "is at most",
  contains: "contains",
  starts_with: "starts with",
  exists: "exists",
  crosses: "crosses a threshold",
  rises_above: "rises to or above",
  falls_below: "falls below",
};

/** "37 …": how many events did not pass for this reason. */
export const REASON_WORDS: Record<FilterReason, string> = {
  false: "do not meet it",
  missing_member: "lack a field",
  type_mismatch: "have a value of another type",
  not_boolean: "give no yes or no",
  too_costly: "take too many steps and would be held",
};
