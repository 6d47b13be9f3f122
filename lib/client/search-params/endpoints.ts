// Owns which filters of the endpoint list live in the address.
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { ENDPOINT_LISTS } from "@/lib/contracts/endpoints";
import { ENDPOINT_STATES } from "@/lib/domain/delivery/states";

export const endpointListParams = {
  /** Callbacks have a list of their own: there may be thousands. */
  kind: parseAsStringLiteral(ENDPOINT_LISTS).withDefault("ordinary"),
  state: parseAsStringLiteral(ENDPOINT_STATES),
  search: parseAsString.withDefault(""),
  tenant: parseAsString,
  profile: parseAsString,
};
