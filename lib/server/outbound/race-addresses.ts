// Owns trying several addresses of one host: families in turns, each a little after the one before, the first open socket
// wins. Knows no protocol; how a socket is opened is passed in.
import type net from "node:net";
import { OutboundFailure } from "./failure";

/** Delay before the next address is tried beside the one that has not answered yet (RFC 8305, section 5). */
const STAGGER_MS = 250;

/** Opens a socket towards an address; rejects with an `OutboundFailure`, also soon after `signal` is aborted. */
export type Opener = (address: string, signal: AbortSignal) => Promise<net.Socket>;

/** IPv6 and IPv4 in turns, IPv6 first (RFC 8305, section 4), so that a dead family costs one stagger only. */
function interleaveFamilies(addresses: readonly string[]): string[] {
  const v6 = addresses.filter((address) => address.includes(":"));
  const v4 = addresses.filter((address) => !address.includes(":"));
  const ordered: string[] = [];
  for (let i = 0; i < Math.max(v6.length, v4.length); i++) {
    for (const address of [v6[i], v4[i]]) if (address !== undefined) ordered.push(address);
  }
  return ordered;
}

/** A refusal by one address says more than "no route" to another. */
function worstOf(failures: readonly OutboundFailure[]): OutboundFailure {
  const refused = failures.find((failure) => failure.errorClass === "connection_refused");
  return refused ?? failures[0] ?? new OutboundFailure("network_error", "The connection failed.");
}

function failureOf(error: unknown): OutboundFailure {
  return error instanceof OutboundFailure
    ? error
    : new OutboundFailure("network_error", "The connection failed.");
}

/**
 * The first socket that opens, and its address; all others are closed. Rejects with the most telling failure when none
 * opens, and with `late(last address)` when `signal` is aborted first.
 */
export function raceAddresses(
  addresses: readonly string[],
  open: Opener,
  signal: AbortSignal,
  late: (address: string | null) => OutboundFailure,
): Promise<{ socket: net.Socket; address: string }> {
  const queue = interleaveFamilies(addresses);
  return new Promise((resolve, reject) => {
    const openings = new Map<string, AbortController>();
    const failures: OutboundFailure[] = [];
    let stagger: NodeJS.Timeout | undefined;
    let last: string | null = null;
    let over = false;

    const finish = () => {
      over = true;
      clearTimeout(stagger);
      signal.removeEventListener("abort", onAbort);
      for (const opening of openings.values()) opening.abort();
    };
    const onAbort = () => {
      finish();
      reject(late(last));
    };
    const next = () => {
      clearTimeout(stagger);
      const address = queue.shift();
      if (address === undefined) {
        if (openings.size > 0) return;
        finish();
        reject(worstOf(failures));
        return;
      }
      last = address;
      const opening = new AbortController();
      openings.set(address, opening);
      open(address, opening.signal).then(
        (socket) => {
          openings.delete(address);
          if (over) {
            socket.destroy();
            return;
          }
          finish();
          resolve({ socket, address });
        },
        (error: unknown) => {
          openings.delete(address);
          if (over) return;
          failures.push(failureOf(error));
          next();
        },
      );
      if (queue.length > 0) stagger = setTimeout(next, STAGGER_MS);
    };

    if (signal.aborted) onAbort();
    else {
      signal.addEventListener("abort", onAbort, { once: true });
      next();
    }
  });
}
