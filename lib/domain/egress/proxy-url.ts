// Owns the spelling of the operator's egress proxy: `http://` or `https://`, host, port, credentials.
// Knows nothing about connecting to it. Problems never repeat the text, because it may hold a password.

/** A proxy that opens tunnels with CONNECT (RFC 9110, section 9.3.6). */
export type EgressProxy = {
  /** TLS between us and the proxy; inside of it the receiver's own TLS. */
  secure: boolean;
  /** Name or address, without brackets. */
  host: string;
  port: number;
  /** Value of `Proxy-Authorization`; null without credentials. A secret. */
  authorization: string | null;
};

type ProxyVerdict = { outcome: "accepted"; proxy: EgressProxy } | { outcome: "refused"; problem: string };

const refuse = (problem: string): ProxyVerdict => ({ outcome: "refused", problem });

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Basic credentials as RFC 7617 writes them, or the problem with them. */
function authorizationOf(url: URL): { value: string | null } | { problem: string } {
  if (url.username === "" && url.password === "") return { value: null };
  const user = decode(url.username);
  const password = decode(url.password);
  if (user === null || password === null) return { problem: "has credentials with a broken %-escape" };
  if (user === "" || user.includes(":")) return { problem: "needs a user name without a colon" };
  const hasControl = [...user, ...password].some((char) => char < " " || char === "\u007f");
  if (hasControl) return { problem: "has a control character in its credentials" };
  return { value: `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))}` };
}

/** Reads `http://user:password@proxy.internal:3128`; the port is the scheme's own when left out. */
export function parseEgressProxy(text: string): ProxyVerdict {
  const shape = "must look like http://proxy.internal:3128";
  if (!URL.canParse(text) || /[\s\\]/.test(text)) return refuse(shape);
  const url = new URL(text);
  const secure = url.protocol === "https:";
  if ((!secure && url.protocol !== "http:") || url.hostname === "") return refuse(shape);
  if (url.pathname !== "/" || url.search !== "" || text.includes("#")) {
    return refuse("must be scheme, host and port only, no path");
  }
  const credentials = authorizationOf(url);
  if ("problem" in credentials) return refuse(credentials.problem);
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  if (port === 0) return refuse("must have a port from 1 to 65535");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  return { outcome: "accepted", proxy: { secure, host, port, authorization: credentials.value } };
}
