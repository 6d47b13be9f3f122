// Owns the wire shape of the addresses from which receivers are called.

/** `data` is empty when this instance promises no addresses: receivers must then not rely on any. */
export type SourceAddressesDto = { data: { cidr: string; family: "ipv4" | "ipv6" }[] };
