// Owns the events page's part of the address.
import { type inferParserType, parseAsStringLiteral } from "nuqs";
import { parseAsText } from "./parsers";
import { TIME_RANGES } from "./time-range";

export const eventFilterParams = {
  id: parseAsText,
  type: parseAsText,
  subject: parseAsText,
  tenant: parseAsText,
  range: parseAsStringLiteral(TIME_RANGES),
  from: parseAsText,
  to: parseAsText,
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
