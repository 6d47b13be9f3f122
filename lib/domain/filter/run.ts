// Owns what a part of a compiled filter is: a function of the scope in which it runs.
import type { FilterEvent } from "./event";
import type { Meter } from "./meter";

/** One evaluation: the event, the budget, and the current item of each macro by its slot. */
export type Scope = { readonly event: FilterEvent; readonly meter: Meter; readonly items: unknown[] };

/** Gives the value of a part, or a `Fault`. Throws `TooCostly` only. */
export type Run = (scope: Scope) => unknown;
