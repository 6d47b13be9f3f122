// Owns the decision which addresses a socket may be opened to: every answer for the name must be allowed, or none is used.
// Opens nothing.
import { parseAddress } from "@/lib/domain/endpoint/address-text";
import { isAddressAllowed, type OutboundPolicy } from "@/lib/domain/endpoint/allowed-targets";
import { type AllowedUrl, listedLoopback } from "@/lib/domain/endpoint/url-policy";
import { OutboundFailure } from "./failure";
import type { OutboundResolver, Resolution } from "./resolve";

/** The part of an allowed URL that decides about sockets. */
type VetTarget = Pick<AllowedUrl, "host" | "port" | "literal" | "hostListed" | "selfInbox">;

const DNS_TEXTS: Record<Extract<Resolution, { outcome: "failed" }>["reason"], string> = {
  not_found: "The host name does not exist or has no address.",
  timeout: "The host name could not be resolved in time.",
  unavailable: "The host name could not be resolved.",
};

// One text for every forbidden answer: which private address a name has inside the operator's network is not the tenant's business.
const FORBIDDEN_TEXT =
  "The host name resolves to an address that is not allowed (private, local or reserved).";

async function candidates(
  target: VetTarget,
  policy: OutboundPolicy,
  resolver: OutboundResolver,
): Promise<readonly string[]> {
  if (target.selfInbox) return ["127.0.0.1"];
  if (target.literal) return [target.host];
  if (target.host === "localhost" && !target.hostListed) return listedLoopback(policy);
  const resolution = await resolver.resolve(target.host);
  if (resolution.outcome === "failed") throw new OutboundFailure("dns_error", DNS_TEXTS[resolution.reason]);
  return resolution.addresses;
}

function isOwnPort(address: Uint8Array, port: number, policy: OutboundPolicy): boolean {
  const loopback =
    address.length === 4
      ? address[0] === 127
      : address[15] === 1 && address.every((byte, i) => i === 15 || byte === 0);
  return loopback && policy.selfInbox?.port === port;
}

/**
 * The addresses that may be dialled for a target, at least one. Throws an `OutboundFailure`: `dns_error` when the name
 * has no answer, `target_not_allowed` when any answer is forbidden or is this process's own port.
 */
export async function vetAddresses(
  target: VetTarget,
  policy: OutboundPolicy,
  resolver: OutboundResolver,
): Promise<readonly string[]> {
  const addresses = await candidates(target, policy, resolver);
  if (target.selfInbox) return addresses;
  for (const text of addresses) {
    const address = parseAddress(text);
    if (!address || !isAddressAllowed(address, policy, target.hostListed)) {
      throw new OutboundFailure("target_not_allowed", FORBIDDEN_TEXT);
    }
    if (isOwnPort(address, target.port, policy)) {
      throw new OutboundFailure(
        "target_not_allowed",
        "Only inbox addresses of this Signpost may be endpoints.",
      );
    }
  }
  if (addresses.length === 0) throw new OutboundFailure("dns_error", DNS_TEXTS.not_found);
  return addresses;
}
