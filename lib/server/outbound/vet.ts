// Owns the decision which addresses a socket may be opened to: every answer for the name must be allowed, or none is used.
// Opens nothing.
import os from "node:os";
import { classifyAddress } from "@/lib/domain/endpoint/address-policy";
import { type AddressBytes, formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";
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
  if (target.selfInbox && policy.selfInbox) return [policy.selfInbox.address];
  if (target.literal) return [target.host];
  if (target.host === "localhost" && !target.hostListed) return listedLoopback(policy);
  const resolution = await resolver.resolve(target.host);
  if (resolution.outcome === "failed") throw new OutboundFailure("dns_error", DNS_TEXTS[resolution.reason]);
  return resolution.addresses;
}

/** Asked for the rare target on our own port only: interfaces come and go while a process runs. */
function isThisMachine(address: AddressBytes): boolean {
  if (classifyAddress(address) === "loopback") return true;
  const text = formatAddress(address);
  return Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map((entry) => parseAddress(entry.address))
    .some((own) => own !== null && formatAddress(own) === text);
}

function isOwnPort(address: AddressBytes, port: number, policy: OutboundPolicy): boolean {
  return policy.selfInbox?.port === port && isThisMachine(address);
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
