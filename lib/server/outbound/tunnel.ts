// Owns the way through the operator's egress proxy: a socket to the proxy, TLS to it when it is an https proxy, and one
// CONNECT that names the vetted address, never a host name. What comes out is a raw socket like any other.
// The proxy decides about no target: it gets to see only addresses that the guard has let pass.
import net from "node:net";
import tls from "node:tls";
import type { EgressProxy } from "@/lib/domain/egress/proxy-url";
import { connectTcp, type LocalAddresses, reachableFrom } from "./connect-tcp";
import { OutboundFailure, tlsReason } from "./failure";
import { raceAddresses } from "./race-addresses";
import type { OutboundResolver } from "./resolve";

/** Bytes of the proxy's answer to CONNECT, head only. */
const MAX_HEAD_BYTES = 8_192;
const HEAD_END = Buffer.from("\r\n\r\n");

export type ProxyRoute = {
  proxy: EgressProxy;
  resolver: OutboundResolver;
  secureContext: tls.SecureContext;
};

/** The proxy is the operator's: tenants learn that there is one and what it said, not where it is. */
export function proxyFailure(what: string, address: string | null = null): OutboundFailure {
  return new OutboundFailure("proxy_error", `The egress proxy of this instance ${what}.`, address);
}

async function proxyAddresses({ proxy, resolver }: ProxyRoute): Promise<readonly string[]> {
  if (net.isIP(proxy.host) !== 0) return [proxy.host];
  const resolution = await resolver.resolve(proxy.host);
  if (resolution.outcome === "failed") throw proxyFailure("cannot be found: its name does not resolve");
  return resolution.addresses;
}

async function reachProxy(
  route: ProxyRoute,
  local: LocalAddresses,
  signal: AbortSignal,
): Promise<net.Socket> {
  const port = route.proxy.port;
  try {
    const addresses = reachableFrom(await proxyAddresses(route), local);
    const { socket } = await raceAddresses(
      addresses,
      (address, inner) => connectTcp({ address, port, local }, inner),
      signal,
      () => proxyFailure("does not accept connections in time"),
    );
    return socket;
  } catch (error) {
    if (error instanceof OutboundFailure && error.errorClass === "proxy_error") throw error;
    throw proxyFailure("cannot be reached");
  }
}

function secure(raw: net.Socket, route: ProxyRoute, signal: AbortSignal): Promise<net.Socket> {
  const { host } = route.proxy;
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: raw,
      servername: net.isIP(host) === 0 ? host : "",
      host,
      secureContext: route.secureContext,
      ALPNProtocols: ["http/1.1"],
      rejectUnauthorized: true,
    });
    const fail = (failure: OutboundFailure) => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      raw.destroy();
      reject(failure);
    };
    const onAbort = () => fail(proxyFailure("does not complete its TLS handshake in time"));
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    socket.on("error", (error) => fail(proxyFailure(`cannot be trusted: ${tlsReason(error)}`)));
    socket.once("close", () => fail(proxyFailure("closed the connection during its TLS handshake")));
    socket.once("secureConnect", () => {
      signal.removeEventListener("abort", onAbort);
      resolve(socket);
    });
  });
}

/** A socket to the proxy, with TLS where it is an https proxy. Rejects with a `proxy_error`. */
export async function connectToProxy(
  route: ProxyRoute,
  local: LocalAddresses,
  signal: AbortSignal,
): Promise<net.Socket> {
  const raw = await reachProxy(route, local, signal);
  return route.proxy.secure ? secure(raw, route, signal) : raw;
}

function connectRequest(authority: string, { authorization }: EgressProxy): string {
  const credentials = authorization === null ? "" : `Proxy-Authorization: ${authorization}\r\n`;
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`;
}

/** Null for an answer that opens the tunnel (any 2xx, RFC 9110, section 9.3.6). */
function refusalOf(head: string): string | null {
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)?.[1];
  if (status === undefined) return "does not answer in HTTP";
  if (status.startsWith("2")) return null;
  if (status === "407") return "refused its credentials (407)";
  if (status.startsWith("4")) return `does not let this target through (${status})`;
  if (status.startsWith("5")) return `could not reach the receiver (${status})`;
  return `answered ${status} instead of opening a tunnel`;
}

/** Asks for the tunnel on an open socket to the proxy; the socket comes back in step, with nothing read ahead. */
function openOn(socket: net.Socket, request: string, target: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen: Buffer = Buffer.alloc(0);
    const settle = (failure: OutboundFailure | null) => {
      signal.removeEventListener("abort", onAbort);
      socket.off("readable", onReadable).off("end", onEnd).off("close", onEnd);
      if (failure === null) return resolve();
      socket.destroy();
      reject(failure);
    };
    const onAbort = () => settle(proxyFailure("did not open the connection in time", target));
    const onEnd = () => settle(proxyFailure("closed the connection instead of opening a tunnel", target));
    const onReadable = () => {
      for (let piece: Buffer | null = socket.read(); piece !== null; piece = socket.read()) {
        seen = Buffer.concat([seen, piece]);
        const end = seen.indexOf(HEAD_END);
        if (end < 0) {
          if (seen.length <= MAX_HEAD_BYTES) continue;
          return settle(proxyFailure("sent an answer that is too large", target));
        }
        const refusal = refusalOf(seen.toString("latin1", 0, end));
        if (refusal !== null) return settle(proxyFailure(refusal, target));
        // We speak first in the tunnel, in TLS as in HTTP: what is there already would answer a request that nobody has made.
        if (seen.length > end + HEAD_END.length || socket.readableLength > 0) {
          return settle(proxyFailure("sent bytes before the receiver was asked", target));
        }
        return settle(null);
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) return onAbort();
    socket.on("readable", onReadable).once("end", onEnd).once("close", onEnd);
    socket.write(request, "latin1");
  });
}

/**
 * A socket through the proxy to a vetted address. Rejects with an `OutboundFailure` of class `proxy_error`, whose address
 * is the target's once the proxy has been asked for it.
 */
export async function openTunnel(
  route: ProxyRoute,
  target: { address: string; port: number; local: LocalAddresses },
  signal: AbortSignal,
): Promise<net.Socket> {
  const socket = await connectToProxy(route, target.local, signal);
  const host = target.address.includes(":") ? `[${target.address}]` : target.address;
  await openOn(socket, connectRequest(`${host}:${target.port}`, route.proxy), target.address, signal);
  return socket;
}
