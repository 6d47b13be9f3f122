// Owns opening one socket to one of the vetted addresses: TCP with staggered families, then TLS verified against the name.
// Never resolves a name; checks afterwards that the peer is the address that was vetted.
import net from "node:net";
import tls from "node:tls";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";
import { connectFailure, OutboundFailure, tlsFailure } from "./failure";

/** Delay before the next address is tried beside the one that has not answered yet (RFC 8305, section 5). */
const STAGGER_MS = 250;

type DialTarget = {
  addresses: readonly string[];
  port: number;
  /** Name for SNI and certificate when the connection is TLS; null for plain HTTP. */
  tlsName: string | null;
  secureContext: tls.SecureContext;
  session: Buffer | null;
  localAddress: string | null;
};

export type Dialled = {
  socket: net.Socket;
  address: string;
  connectMs: number;
  tlsMs: number | null;
  tlsVersion: string | null;
  certificateExpiresAt: Date | null;
};

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

function connectTcp(
  target: DialTarget,
  signal: AbortSignal,
): Promise<{ socket: net.Socket; address: string }> {
  const queue = interleaveFamilies(target.addresses);
  return new Promise((resolve, reject) => {
    const open = new Set<net.Socket>();
    const failures: OutboundFailure[] = [];
    let stagger: NodeJS.Timeout | undefined;
    let last: string | null = null;

    const finish = (winner: net.Socket | null) => {
      clearTimeout(stagger);
      signal.removeEventListener("abort", onAbort);
      queue.length = 0;
      for (const socket of open) if (socket !== winner) socket.destroy();
      open.clear();
    };
    const onAbort = () => {
      finish(null);
      reject(
        new OutboundFailure("connect_timeout", "The receiver did not accept the connection in time.", last),
      );
    };
    const next = () => {
      clearTimeout(stagger);
      const address = queue.shift();
      if (address === undefined) {
        if (open.size === 0) {
          finish(null);
          reject(worstOf(failures));
        }
        return;
      }
      last = address;
      const socket = net.connect({
        host: address,
        port: target.port,
        noDelay: true,
        ...(target.localAddress === null ? {} : { localAddress: target.localAddress }),
      });
      open.add(socket);
      socket.on("error", (error) => {
        if (!open.delete(socket)) return;
        failures.push(connectFailure(error, address));
        next();
      });
      socket.once("connect", () => {
        if (!open.has(socket)) return;
        finish(socket);
        resolve({ socket, address });
      });
      if (queue.length > 0) stagger = setTimeout(next, STAGGER_MS);
    };

    if (signal.aborted) onAbort();
    else {
      signal.addEventListener("abort", onAbort, { once: true });
      next();
    }
  });
}

function assertPeer(socket: net.Socket, address: string): void {
  const peer = parseAddress(socket.remoteAddress ?? "");
  if (peer && formatAddress(peer) === address) return;
  socket.destroy();
  throw new OutboundFailure(
    "target_not_allowed",
    "The connection reached another address than the one that was checked.",
  );
}

function connectTls(
  target: DialTarget,
  name: string,
  raw: net.Socket,
  address: string,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: raw,
      // A literal has no SNI (RFC 6066, section 3); its certificate is verified against the address instead.
      servername: net.isIP(name) === 0 ? name : "",
      host: name,
      secureContext: target.secureContext,
      ALPNProtocols: ["http/1.1"],
      // Stated so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment cannot switch verification off.
      rejectUnauthorized: true,
      ...(target.session === null ? {} : { session: target.session }),
    });
    const onAbort = () => {
      socket.destroy();
      reject(new OutboundFailure("connect_timeout", "The TLS handshake did not complete in time.", address));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    socket.on("error", (error) => {
      signal.removeEventListener("abort", onAbort);
      raw.destroy();
      reject(tlsFailure(error, address));
    });
    socket.once("secureConnect", () => {
      signal.removeEventListener("abort", onAbort);
      resolve(socket);
    });
    socket.once("close", () => {
      signal.removeEventListener("abort", onAbort);
      reject(tlsFailure({ code: "ECONNRESET" }, address));
    });
  });
}

function certificateExpiry(socket: tls.TLSSocket): Date | null {
  const expires = new Date(socket.getPeerCertificate().valid_to ?? Number.NaN);
  return Number.isNaN(expires.getTime()) ? null : expires;
}

/**
 * Opens a socket to one of the addresses, which the caller has vetted. `signal` ends the attempt in any phase.
 * Throws an `OutboundFailure` of class `connection_refused`, `connect_timeout`, `connection_reset`, `network_error`,
 * `tls_error` or `target_not_allowed`. Times are in milliseconds.
 */
export async function dial(target: DialTarget, signal: AbortSignal): Promise<Dialled> {
  const startedAt = performance.now();
  const { socket: raw, address } = await connectTcp(target, signal);
  assertPeer(raw, address);
  const connectedAt = performance.now();
  const connectMs = connectedAt - startedAt;
  if (target.tlsName === null) {
    return { socket: raw, address, connectMs, tlsMs: null, tlsVersion: null, certificateExpiresAt: null };
  }
  const socket = await connectTls(target, target.tlsName, raw, address, signal);
  return {
    socket,
    address,
    connectMs,
    tlsMs: performance.now() - connectedAt,
    tlsVersion: socket.getProtocol(),
    certificateExpiresAt: certificateExpiry(socket),
  };
}
