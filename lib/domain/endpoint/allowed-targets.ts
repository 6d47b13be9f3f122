// Owns the operator's allow-list: which non-public targets this instance may deliver to, and what no wide entry may open.
// The list is instance-wide; no tenant can set it.
import { classifyAddress, matchesPrefix, nat64Target } from "./address-policy";
import { type AddressBytes, formatAddress, parseAddress } from "./address-text";

/** One allowed block; `text` is the normal form that messages show. */
export type AllowedCidr = { prefix: AddressBytes; bits: number; text: string };

/** Our own test receiver: `origin` as people see it, `address` and `port` where this process reaches its own server. */
type SelfInbox = { origin: string; address: string; port: number };

/** What this instance may deliver to beyond public `https` targets. */
export type OutboundPolicy = {
  /** Plain `http` for every public target; allow-listed targets may always use it. */
  allowHttp: boolean;
  allowedCidrs: readonly AllowedCidr[];
  /**
   * Lower-case host names without a trailing dot; they may be single-label, resolve to private addresses, use any port.
   * `*.example.internal` stands for every name below `example.internal`.
   */
  allowedHosts: readonly string[];
  selfInbox: SelfInbox | null;
};

type AllowedTargets = { cidrs: AllowedCidr[]; hosts: string[] };

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

function parseBlock(entry: string): AllowedCidr | string {
  const slash = entry.indexOf("/");
  const text = (slash < 0 ? entry : entry.slice(0, slash)).replace(/^\[(.*)\]$/, "$1");
  const prefix = parseAddress(text);
  if (!prefix) return `“${entry}” is neither an address block nor a host name`;
  const width = prefix.length * 8;
  const suffix = slash < 0 ? String(width) : entry.slice(slash + 1);
  const bits = Number(suffix);
  if (!/^\d{1,3}$/.test(suffix) || bits > width) return `“${entry}”: the prefix length must be 0 to ${width}`;
  const canonical = prefix.map((byte, index) => {
    const keep = Math.min(8, Math.max(0, bits - index * 8));
    return byte & ((0xff << (8 - keep)) & 0xff);
  });
  if (formatAddress(canonical) !== formatAddress(prefix)) {
    return `“${entry}” has host bits set; did you mean ${formatAddress(canonical)}/${bits}?`;
  }
  return { prefix, bits, text: `${formatAddress(prefix)}/${bits}` };
}

/**
 * Reads a comma list of CIDR blocks, single addresses and host names (`127.0.0.0/8,db.internal,*.svc.internal`).
 * Gives the usable entries and one message for each entry that is wrong.
 */
export function parseAllowedTargets(list: string): AllowedTargets & { errors: string[] } {
  const result: AllowedTargets & { errors: string[] } = { cidrs: [], hosts: [], errors: [] };
  for (const raw of list.split(",")) {
    const entry = raw.trim().toLowerCase();
    if (entry === "") continue;
    const host = entry.replace(/\.$/, "");
    const lastLabel = host.slice(host.lastIndexOf(".") + 1);
    // A last label of digits makes the URL parser read the whole host as an IPv4 address: never a name.
    if (
      !entry.includes("/") &&
      HOST_NAME.test(host.replace(/^\*\./, "")) &&
      !/^(\d+|0x[0-9a-f]*)$/.test(lastLabel)
    ) {
      result.hosts.push(host);
      continue;
    }
    const block = parseBlock(entry);
    if (typeof block === "string") result.errors.push(block);
    else result.cidrs.push(block);
  }
  return result;
}

/** True for a host name (lower case, no trailing dot) that the operator listed. */
export function isAllowedHost(host: string, policy: OutboundPolicy): boolean {
  return policy.allowedHosts.some((entry) =>
    entry.startsWith("*.") ? host.endsWith(entry.slice(1)) && host.length > entry.length - 1 : host === entry,
  );
}

/** True when a block of the operator opens this address. Metadata and link-local need an entry for exactly that address. */
export function isListedAddress(address: AddressBytes, policy: OutboundPolicy): boolean {
  const width = address.length * 8;
  const kind = classifyAddress(address);
  const exactOnly = kind === "metadata" || kind === "link_local";
  return policy.allowedCidrs.some(
    (entry) => (!exactOnly || entry.bits === width) && matchesPrefix(address, entry.prefix, entry.bits),
  );
}

/**
 * The rule for every address that is about to be dialled: public, or opened by the operator's list.
 * `hostAllowed` says that the operator listed the host name itself; that opens private addresses, never metadata ones.
 */
export function isAddressAllowed(
  address: AddressBytes,
  policy: OutboundPolicy,
  hostAllowed = false,
): boolean {
  const kind = classifyAddress(address);
  if (kind === "public") return true;
  const translated = nat64Target(address);
  if (translated)
    return isListedAddress(address, policy) && isAddressAllowed(translated, policy, hostAllowed);
  if (isListedAddress(address, policy)) return true;
  return (
    hostAllowed && (kind === "private" || kind === "loopback" || kind === "unique_local" || kind === "cgnat")
  );
}
