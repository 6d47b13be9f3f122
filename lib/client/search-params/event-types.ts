// Owns the part of the address that the page of event types has.
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { TYPE_VIEWS } from "../catalogue/type-views";

export const eventTypeListParams = {
  show: parseAsStringLiteral(TYPE_VIEWS).withDefault("all"),
  search: parseAsString.withDefault(""),
};
