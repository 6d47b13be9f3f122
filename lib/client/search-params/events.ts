// Owns the events page's part of the address.
import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs";
import { TIME_RANGES } from "./time-range";

export const eventFilterParams = {
  id: parseAsString,
  type: parseAsString,
  subject: parseAsString,
  tenant: parseAsString,
  range: parseAsStringLiteral(TIME_RANGES),
  from: parseAsString,
  to: parseAsString,
};

export type EventFilters = inferParserType<typeof eventFilterParams>;

/** Every filter off. */
export const NO_EVENT_FILTERS: EventFilters = {
  id: null,
  type: null,
  subject: null,
  tenant: null,
  range: null,
  from: null,
  to: null,
};

/** True when any filter is on. */
export function hasEventFilters(filters: EventFilters): boolean {
  return Object.values(filters).some((value) => value !== null);
}
