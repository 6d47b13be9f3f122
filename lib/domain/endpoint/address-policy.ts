// Owns the verdict on one IP address: public, or the named reason why a webhook must not go there.
// Sources: IANA special-purpose address registries (RFC 6890, RFC 8190) and the cloud metadata addresses.
// Knows no names, no URLs and no sockets.
import { type AddressBytes, formatAddress, parseAddress } from "./address-text";

/** Why an address is not public; `public` itself is the only class that is open to every endpoint. */
export type AddressClass =
  | "public"
  | "unspecified"
  | "this_network"
  | "loopback"
  | "private"
  | "cgnat"
  | "link_local"
  | "metadata"
  | "protocol_assignment"
  | "documentation"
  | "benchmarking"
  | "multicast"
  | "broadcast"
  | "reserved"
  | "six_to_four"
  | "teredo"
  | "orchid"
  | "nat64"
  | "ipv4_mapped"
  | "ipv4_compatible"
  | "siit"
  | "isatap"
  | "unique_local"
  | "site_local";

type Rule = { prefix: AddressBytes; bits: number; kind: AddressClass };

function rule(text: string, kind: AddressClass): Rule {
  const [address = "", bits = ""] = text.split("/");
  const prefix = parseAddress(address);
  if (!prefix) throw new Error(`not an address: ${text}`);
  return { prefix, bits: Number(bits), kind };
}

/** True when the first `bits` bits of both addresses are equal; addresses of different families never match. */
export function matchesPrefix(address: AddressBytes, prefix: AddressBytes, bits: number): boolean {
  if (address.length !== prefix.length) return false;
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (address[i] !== prefix[i]) return false;
  const rest = bits & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((address[whole] ?? 0) & mask) === ((prefix[whole] ?? 0) & mask);
}

// The first match wins, so narrow rules stand before wide ones. Metadata services come first: some of them have
// public addresses (Azure), all of them hand out credentials.
const IPV4_RULES: readonly Rule[] = [
  rule("169.254.169.254/32", "metadata"),
  rule("169.254.170.2/32", "metadata"),
  rule("169.254.170.23/32", "metadata"),
  rule("100.100.100.200/32", "metadata"),
  rule("168.63.129.16/32", "metadata"),
  rule("192.0.0.192/32", "metadata"),
  rule("0.0.0.0/32", "unspecified"),
  rule("0.0.0.0/8", "this_network"),
  rule("10.0.0.0/8", "private"),
  rule("100.64.0.0/10", "cgnat"),
  rule("127.0.0.0/8", "loopback"),
  rule("169.254.0.0/16", "link_local"),
  rule("172.16.0.0/12", "private"),
  rule("192.0.0.0/24", "protocol_assignment"),
  rule("192.0.2.0/24", "documentation"),
  rule("192.88.99.0/24", "six_to_four"),
  rule("192.168.0.0/16", "private"),
  rule("198.18.0.0/15", "benchmarking"),
  rule("198.51.100.0/24", "documentation"),
  rule("203.0.113.0/24", "documentation"),
  rule("224.0.0.0/4", "multicast"),
  rule("255.255.255.255/32", "broadcast"),
  rule("240.0.0.0/4", "reserved"),
];

const IPV6_RULES: readonly Rule[] = [
  rule("fd00:ec2::254/128", "metadata"),
  rule("fd00:ec2::23/128", "metadata"),
  rule("fd20:ce::254/128", "metadata"),
  rule("fd00:42::42/128", "metadata"),
  rule("fe80::a9fe:a9fe/128", "metadata"),
  rule("::/128", "unspecified"),
  rule("::1/128", "loopback"),
  rule("::ffff:0:0/96", "ipv4_mapped"),
  rule("::ffff:0:0:0/96", "siit"),
  rule("::/96", "ipv4_compatible"),
  rule("64:ff9b::/96", "nat64"),
  rule("64:ff9b:1::/48", "nat64"),
  rule("2001::/32", "teredo"),
  rule("2001:2::/48", "benchmarking"),
  rule("2001:10::/28", "orchid"),
  rule("2001:20::/28", "orchid"),
  rule("2001::/23", "protocol_assignment"),
  rule("2001:db8::/32", "documentation"),
  rule("3fff::/20", "documentation"),
  rule("3ffe::/16", "reserved"),
  rule("2002::/16", "six_to_four"),
  rule("fc00::/7", "unique_local"),
  rule("fe80::/10", "link_local"),
  rule("fec0::/10", "site_local"),
  rule("ff00::/8", "multicast"),
];

const GLOBAL_UNICAST = rule("2000::/3", "public");

/** RFC 5214, section 6.1: the interface id of ISATAP is `[02]00:5efe` and an IPv4 address, below any /64. */
function isIsatap(address: AddressBytes): boolean {
  return ((address[8] ?? 0) & 0xfd) === 0 && address[9] === 0 && address[10] === 0x5e && address[11] === 0xfe;
}

/** The class of an address. Everything that is neither listed nor global unicast counts as `reserved`. */
export function classifyAddress(address: AddressBytes): AddressClass {
  if (address.length === 4) {
    return IPV4_RULES.find((entry) => matchesPrefix(address, entry.prefix, entry.bits))?.kind ?? "public";
  }
  const listed = IPV6_RULES.find((entry) => matchesPrefix(address, entry.prefix, entry.bits));
  if (listed) return listed.kind;
  if (isIsatap(address)) return "isatap";
  return matchesPrefix(address, GLOBAL_UNICAST.prefix, GLOBAL_UNICAST.bits) ? "public" : "reserved";
}

/**
 * The IPv4 address that a NAT64 gateway (`64:ff9b::/96`, RFC 6052) would reach, or null. An operator who allows that
 * prefix must not thereby open the private IPv4 ranges behind it.
 */
export function nat64Target(address: AddressBytes): AddressBytes | null {
  const wellKnown = parseAddress("64:ff9b::");
  return wellKnown && matchesPrefix(address, wellKnown, 96) ? address.slice(12) : null;
}

const CLASS_WORDS: Record<AddressClass, string> = {
  public: "a public address",
  unspecified: "the unspecified address",
  this_network: "an address of “this network” (0.0.0.0/8)",
  loopback: "a loopback address",
  private: "a private address",
  cgnat: "a carrier-grade NAT address",
  link_local: "a link-local address",
  metadata: "a cloud metadata address",
  protocol_assignment: "an address reserved for protocols",
  documentation: "a documentation address",
  benchmarking: "a benchmarking address",
  multicast: "a multicast address",
  broadcast: "the broadcast address",
  reserved: "a reserved address",
  six_to_four: "a 6to4 address",
  teredo: "a Teredo address",
  orchid: "an ORCHID identifier",
  nat64: "a NAT64 address",
  ipv4_mapped: "an IPv4-mapped IPv6 address",
  ipv4_compatible: "an IPv4-compatible IPv6 address",
  siit: "an IPv4-translated IPv6 address",
  isatap: "an ISATAP address",
  unique_local: "a unique local (private) address",
  site_local: "a site-local (private) address",
};

/** One address in words, such as `127.0.0.1 is a loopback address`. */
export function describeAddress(address: AddressBytes): string {
  return `${formatAddress(address)} is ${CLASS_WORDS[classifyAddress(address)]}`;
}
