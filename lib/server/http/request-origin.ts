// Owns which of a request's claims about itself are believed: who called (socket, or a trusted proxy's word) and where.
// Runs on bare node:http before anything reads the headers, and overwrites what a client could have forged.
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

export type TrustedProxies = { includes(address: string): boolean };

const family = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");
/** A dual-stack socket reports IPv4 callers as `::ffff:a.b.c.d`. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

/** `list`: validated addresses and CIDRs. */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const blocks = new BlockList();
  for (const entry of list) {
    const [address = "", bits] = entry.split("/");
    if (bits === undefined) blocks.addAddress(address, family(address));
    else blocks.addSubnet(address, Number(bits), family(address));
  }
  return {
    includes: (address) => isIP(address) !== 0 && blocks.check(address, family(address)),
  };
}

/**
 * The caller's address: the socket's, or, coming from a trusted proxy, the nearest entry of X-Forwarded-For that is not
 * a trusted proxy itself. Null when the socket is gone.
 */
export function callerAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string | null {
  let address = plain(socketAddress ?? "");
  if (isIP(address) === 0) return null;
  const hops = (forwardedFor ?? "").split(",").map((hop) => plain(hop.trim()));
  while (proxies.includes(address)) {
    const hop = hops.pop();
    if (hop === undefined || isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

/** Headers by which a proxy, or a forger, says where a request was going. Links and checks use the configured address. */
const FORWARDED = [
  "forwarded",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-forwarded-server",
  "x-real-ip",
];
/** Headers that only Next itself may send to itself. */
const INTERNAL = [
  "x-middleware-subrequest",
  "x-middleware-subrequest-id",
  "x-middleware-prefetch",
  "next-resume",
];

/**
 * Makes a request's headers trustworthy: X-Forwarded-For is exactly the caller's address, Host is the configured one, and
 * every other claim about forwarding is gone. Call it before anything else looks at the request.
 */
export function normaliseRequest(
  request: IncomingMessage,
  { publicUrl, proxies }: { publicUrl: string; proxies: TrustedProxies },
): void {
  const { headers, socket } = request;
  const forwardedFor = headers["x-forwarded-for"];
  const claimed = Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor;
  const address = callerAddress(socket.remoteAddress, claimed, proxies);
  for (const name of [...FORWARDED, ...INTERNAL]) delete headers[name];
  delete headers["x-forwarded-for"];
  if (address !== null) headers["x-forwarded-for"] = address;
  const { protocol, host } = new URL(publicUrl);
  headers["x-forwarded-proto"] = protocol.slice(0, -1);
  headers.host = host;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Where to send a browser that reached a local instance under another name of the same machine (127.0.0.1 for localhost):
 * cookies and the same-origin rule know one name only. Null for everything else. Call it before `normaliseRequest`.
 */
export function loopbackRedirect(request: IncomingMessage, publicUrl: string): string | null {
  const { host = "", accept = "" } = request.headers;
  const wanted = new URL(publicUrl);
  const isPage = request.method === "GET" && accept.includes("text/html") && request.url?.startsWith("/");
  if (!isPage || host === wanted.host || !URL.canParse(`http://${host}`)) return null;
  const given = new URL(`http://${host}`);
  const isSameMachine =
    LOOPBACK.has(given.hostname) && LOOPBACK.has(wanted.hostname) && given.port === wanted.port;
  // Appended to the origin as it is: a path can never become a host here.
  return isSameMachine ? `${wanted.origin}${request.url}` : null;
}
