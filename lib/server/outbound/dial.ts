// Owns opening one socket to one of the vetted addresses, directly or through the egress proxy, and then TLS verified
// against the name. Never resolves the receiver's name.
import net from "node:net";
import tls from "node:tls";
import { connectTcp, type LocalAddresses, reachableFrom } from "./connect-tcp";
import { OutboundFailure, tlsFailure } from "./failure";
import { type Opener, raceAddresses } from "./race-addresses";
import { openTunnel, type ProxyRoute, proxyFailure } from "./tunnel";

type DialTarget = {
  addresses: readonly string[];
  port: number;
  /** Name for SNI and certificate when the connection is TLS; null for plain HTTP. */
  tlsName: string | null;
  secureContext: tls.SecureContext;
  session: Buffer | null;
  local: LocalAddresses;
  /** The way out; null dials the address itself. */
  proxy: ProxyRoute | null;
};

export type Dialled = {
  socket: net.Socket;
  address: string;
  /** Until bytes reach the receiver: TCP, and the tunnel where there is a proxy. */
  connectMs: number;
  tlsMs: number | null;
  tlsVersion: string | null;
  certificateExpiresAt: Date | null;
};

function openRaw(target: DialTarget, signal: AbortSignal): Promise<{ socket: net.Socket; address: string }> {
  const { port, local, proxy, addresses } = target;
  if (proxy !== null) {
    const open: Opener = (address, inner) => openTunnel(proxy, { address, port, local }, inner);
    return raceAddresses(addresses, open, signal, (last) =>
      proxyFailure("did not open the connection in time", last),
    );
  }
  return raceAddresses(
    reachableFrom(addresses, local),
    (address, inner) => connectTcp({ address, port, local }, inner),
    signal,
    (last) =>
      new OutboundFailure("connect_timeout", "The receiver did not accept the connection in time.", last),
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
 * Opens a socket to one of the addresses, which the caller has vetted. `signal` ends the attempt in any phase;
 * `onOpened` is called when bytes reach the receiver and TLS may begin. Throws an `OutboundFailure` of class
 * `connection_refused`, `connect_timeout`, `connection_reset`, `network_error`, `proxy_error`, `tls_error` or
 * `target_not_allowed`. Times are in milliseconds.
 */
export async function dial(target: DialTarget, signal: AbortSignal, onOpened: () => void): Promise<Dialled> {
  const startedAt = performance.now();
  const { socket: raw, address } = await openRaw(target, signal);
  onOpened();
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
