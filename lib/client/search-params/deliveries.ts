// Owns the deliveries page's part of the address: filters and the chosen row, read and written in one place.
import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs";
import { DELIVERY_STATES, DELIVERY_TRIGGERS } from "@/lib/domain/delivery/states";
import { TIME_RANGES } from "./time-range";

/** What narrows the list. */
export const deliveryFilterParams = {
  state: parseAsArrayOf(parseAsStringLiteral(DELIVERY_STATES)),
  endpoint: parseAsString,
  type: parseAsString,
  code: parseAsString,
  trigger: parseAsStringLiteral(DELIVERY_TRIGGERS),
  range: parseAsStringLiteral(TIME_RANGES),
  from: parseAsString,
  to: parseAsString,
  id: parseAsString,
};

export const deliverySearchParams = { ...deliveryFilterParams, selected: parseAsString };

export type DeliveryFilters = inferParserType<typeof deliveryFilterParams>;

/** Every filter off. */
export const NO_DELIVERY_FILTERS: DeliveryFilters = {
  state: null,
  endpoint: null,
  type: null,
  code: null,
  trigger: null,
  range: null,
  from: null,
  to: null,
  id: null,
};

/** True when any filter is on. */
export function hasDeliveryFilters(filters: DeliveryFilters): boolean {
  return Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));
}
