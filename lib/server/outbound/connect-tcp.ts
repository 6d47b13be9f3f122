// Owns one TCP connection to one address: bound to the address that this instance sends from, and checked to have reached
// the one that was asked for. Never resolves a name.
import net from "node:net";
import type { LocalAddressPair } from "@/lib/domain/egress/source-addresses";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";
import { connectFailure, OutboundFailure } from "./failure";

/** The addresses that outgoing sockets are bound to; null leaves the choice to the system. */
export type LocalAddresses = LocalAddressPair | null;

function localFor(address: string, local: LocalAddresses): string | null {
  if (local === null) return null;
  return address.includes(":") ? local.ipv6 : local.ipv4;
}

/**
 * The addresses that can be reached from where this instance sends. A receiver that lists our addresses must never be
 * called from another one, so a family without a local address is not used. Throws `network_error` when none is left.
 */
export function reachableFrom(addresses: readonly string[], local: LocalAddresses): readonly string[] {
  if (local === null) return addresses;
  const reachable = addresses.filter((address) => localFor(address, local) !== null);
  if (reachable.length > 0) return reachable;
  const family = local.ipv4 === null ? "IPv6" : "IPv4";
  throw new OutboundFailure(
    "network_error",
    `This instance sends over ${family} only, and the receiver has no such address.`,
  );
}

function hasReached(socket: net.Socket, address: string): boolean {
  const peer = parseAddress(socket.remoteAddress ?? "");
  return peer !== null && formatAddress(peer) === address;
}

/** Opens a socket; rejects with an `OutboundFailure`, which is `target_not_allowed` when the peer is another address. */
export function connectTcp(
  { address, port, local }: { address: string; port: number; local: LocalAddresses },
  signal: AbortSignal,
): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const localAddress = localFor(address, local);
    const socket = net.connect({
      host: address,
      port,
      noDelay: true,
      ...(localAddress === null ? {} : { localAddress }),
    });
    const fail = (failure: OutboundFailure) => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      reject(failure);
    };
    const onAbort = () =>
      fail(
        new OutboundFailure(
          "connect_timeout",
          "The receiver did not accept the connection in time.",
          address,
        ),
      );
    // Stays on for the socket's life: an error after this one is settled must not end the process.
    socket.on("error", (error) => fail(connectFailure(error, address)));
    socket.once("connect", () => {
      if (!hasReached(socket, address)) {
        fail(
          new OutboundFailure(
            "target_not_allowed",
            "The connection reached another address than the one that was checked.",
          ),
        );
        return;
      }
      signal.removeEventListener("abort", onAbort);
      resolve(socket);
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
