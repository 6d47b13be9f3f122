// Owns which filters of the endpoint list live in the address.
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { ENDPOINT_STATES } from "@/lib/domain/delivery/states";

export const endpointListParams = {
  state: parseAsStringLiteral(ENDPOINT_STATES),
  search: parseAsString.withDefault(""),
  tenant: parseAsString,
};
