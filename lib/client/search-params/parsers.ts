// Owns reading values out of an address that anybody may have written: what cannot be meant counts as absent.
import { createParser } from "nuqs";
import { idSchema } from "@/lib/domain/ids";

/** Text; the empty one is none. */
export const parseAsText = createParser<string>({
  parse: (value) => (value === "" ? null : value),
  serialize: (value) => value,
});

const deliveryId = idSchema("delivery");

/** A delivery's id; anything else (such as `.`, which would change the path it is asked by) is none. */
export const parseAsDeliveryId = createParser<string>({
  parse: (value) => (deliveryId.safeParse(value).success ? value : null),
  serialize: (value) => value,
});
