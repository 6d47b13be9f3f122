// Owns the deliveries page's part of the address: filters and the chosen row, read and written in one place.
import { type inferParserType, parseAsArrayOf, parseAsStringLiteral } from "nuqs";
import { DELIVERY_STATES, DELIVERY_TRIGGERS } from "@/lib/domain/delivery/states";
import { parseAsDeliveryId, parseAsText } from "./parsers";
import { TIME_RANGES } from "./time-range";

/** What narrows the list. */
export const deliveryFilterParams = {
  state: parseAsArrayOf(parseAsStringLiteral(DELIVERY_STATES)),
  endpoint: parseAsText,
  type: parseAsText,
  code: parseAsText,
  trigger: parseAsStringLiteral(DELIVERY_TRIGGERS),
  range: parseAsStringLiteral(TIME_RANGES),
  from: parseAsText,
  to: parseAsText,
  id: parseAsText,
};

export const deliverySearchParams = { ...deliveryFilterParams, selected: parseAsDeliveryId };

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
