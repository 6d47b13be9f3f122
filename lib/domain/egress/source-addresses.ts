// Owns the spelling of the addresses that this instance calls from: those that are published, and those that sockets are
// bound to. Knows nothing about networks.
import { formatAddress, parseAddress } from "../endpoint/address-text";

/** One published block; `cidr` always carries its prefix length, so that firewalls take it as it is. */
export type SourceAddress = { cidr: string; family: "ipv4" | "ipv6" };

/** Addresses that sockets are bound to, at most one for each family. */
export type LocalAddressPair = { ipv4: string | null; ipv6: string | null };

const MAX_PUBLISHED = 100;

function entriesOf(list: string): string[] {
  return list.split(",").map((entry) => entry.trim());
}

function parseBlock(entry: string): SourceAddress | string {
  const [text = "", suffix, ...rest] = entry.split("/");
  const address = parseAddress(text);
  if (address === null || rest.length > 0) return `"${entry}" is neither an address nor a CIDR`;
  const width = address.length * 8;
  const bits = suffix === undefined ? width : Number(suffix);
  if (suffix !== undefined && (!/^\d{1,3}$/.test(suffix) || bits > width)) {
    return `"${entry}" has a prefix length that is not 0 to ${width}`;
  }
  const hasHostBits = address.some((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return (byte & (0xff >> kept)) !== 0;
  });
  if (hasHostBits) return `"${entry}" has bits behind its prefix length`;
  return { cidr: `${formatAddress(address)}/${bits}`, family: width === 32 ? "ipv4" : "ipv6" };
}

/** Reads a comma list of addresses and CIDRs to publish; repetitions count once. */
export function parseSourceAddresses(list: string): SourceAddress[] | { problem: string } {
  const blocks = new Map<string, SourceAddress>();
  for (const entry of entriesOf(list)) {
    const block = parseBlock(entry);
    if (typeof block === "string") return { problem: entry === "" ? "has an empty entry" : block };
    blocks.set(block.cidr, block);
  }
  return blocks.size > MAX_PUBLISHED
    ? { problem: `has more than ${MAX_PUBLISHED} entries` }
    : [...blocks.values()];
}

/** Reads one address to bind to, or two of different families separated by a comma. */
export function parseLocalAddresses(list: string): LocalAddressPair | { problem: string } {
  const pair: LocalAddressPair = { ipv4: null, ipv6: null };
  for (const entry of entriesOf(list)) {
    const address = parseAddress(entry);
    if (address === null) return { problem: `"${entry}" is not an address` };
    if (address.every((byte) => byte === 0)) return { problem: `"${entry}" names no address in particular` };
    const family = address.length === 4 ? "ipv4" : "ipv6";
    if (pair[family] !== null) return { problem: "has two addresses of one family" };
    pair[family] = formatAddress(address);
  }
  return pair;
}
