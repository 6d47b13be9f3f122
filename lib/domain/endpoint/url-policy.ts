// Owns the verdict on an endpoint's URL as text: scheme, parts, port, host name, literal address.
// Resolves nothing: a name that passes here is judged again by its addresses each time a socket is opened.
import { describeAddress } from "./address-policy";
import { type AddressBytes, parseAddress } from "./address-text";
import { isAddressAllowed, isAllowedHost, isListedAddress, type OutboundPolicy } from "./allowed-targets";

const MAX_URL_LENGTH = 2048;

export type UrlRefusalCode =
  | "url_invalid"
  | "url_too_long"
  | "scheme_not_allowed"
  | "userinfo_not_allowed"
  | "fragment_not_allowed"
  | "host_not_allowed"
  | "address_not_allowed"
  | "port_not_allowed"
  | "own_origin_not_allowed";

export type AllowedUrl = {
  outcome: "allowed";
  /** ASCII normal form: lower-case host, punycode, no trailing dot, no default port. */
  url: string;
  /** Host name without brackets and trailing dot. */
  host: string;
  port: number;
  secure: boolean;
  /** The address when the host is a literal, otherwise null. */
  literal: AddressBytes | null;
  /** The operator listed this host name. */
  hostListed: boolean;
  /** The URL is an inbox of this very instance. */
  selfInbox: boolean;
};

type UrlVerdict = AllowedUrl | { outcome: "refused"; code: UrlRefusalCode; message: string };

/** Names that never leave the operator's own network (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`). */
const LOCAL_SUFFIXES = ["localhost", "local", "internal", "localdomain", "home.arpa"] as const;

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const INBOX_PATH = /^\/inbox(\/[A-Za-z0-9_-]+)+\/?$/;

const LOOPBACK_LITERALS = ["127.0.0.1", "::1"] as const;

function refuse(code: UrlRefusalCode, message: string): UrlVerdict {
  return { outcome: "refused", code, message };
}

/** The loopback addresses that the operator opened; `localhost` means these and nothing else. */
export function listedLoopback(policy: OutboundPolicy): string[] {
  return LOOPBACK_LITERALS.filter((text) => {
    const address = parseAddress(text);
    return address !== null && isListedAddress(address, policy);
  });
}

function hasLocalSuffix(host: string): boolean {
  return LOCAL_SUFFIXES.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}

type HostVerdict = { literal: AddressBytes | null; hostListed: boolean; opened: boolean } | UrlVerdict;

/** `opened` means that the operator's list names this very target, so it may use plain http and any port. */
function checkHost(host: string, policy: OutboundPolicy): HostVerdict {
  const literal = parseAddress(host);
  if (literal) {
    if (!isAddressAllowed(literal, policy)) {
      return refuse("address_not_allowed", `The address is not allowed: ${describeAddress(literal)}.`);
    }
    return { literal, hostListed: false, opened: isListedAddress(literal, policy) };
  }
  if (host.length > 253 || !host.split(".").every((label) => LABEL.test(label))) {
    return refuse("url_invalid", `The host name is not valid: ${host}`);
  }
  if (isAllowedHost(host, policy)) return { literal: null, hostListed: true, opened: true };
  if (host === "localhost" && listedLoopback(policy).length > 0) {
    return { literal: null, hostListed: false, opened: true };
  }
  if (hasLocalSuffix(host)) {
    return refuse("host_not_allowed", `The host name is reserved for local networks: ${host}`);
  }
  if (!host.includes(".")) {
    return refuse(
      "host_not_allowed",
      `The host name must be fully qualified, such as ${host}.example.com: ${host}`,
    );
  }
  return { literal: null, hostListed: false, opened: false };
}

function checkOwnOrigin(url: URL, policy: OutboundPolicy): UrlVerdict | null {
  const inbox = policy.selfInbox;
  if (!inbox || !URL.canParse(inbox.origin) || new URL(inbox.origin).origin !== url.origin) return null;
  if (!INBOX_PATH.test(url.pathname)) {
    return refuse(
      "own_origin_not_allowed",
      `Only inbox addresses of this Signpost may be endpoints: ${url.pathname}`,
    );
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    outcome: "allowed",
    url: url.href,
    host,
    port: inbox.port,
    secure: false,
    literal: null,
    hostListed: false,
    selfInbox: true,
  };
}

function checkText(raw: string): UrlVerdict | null {
  if (raw.length > MAX_URL_LENGTH) {
    return refuse(
      "url_too_long",
      `The URL is ${raw.length} characters long; at most ${MAX_URL_LENGTH} are allowed.`,
    );
  }
  // The URL parser drops tabs and line breaks and turns backslashes into slashes: what a person read is not what would be called.
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code <= 0x20 || code === 0x7f || code === 0x5c) {
      return refuse(
        "url_invalid",
        `The URL contains a space, control character or backslash at position ${i + 1}.`,
      );
    }
  }
  return null;
}

function checkParts(raw: string, url: URL): UrlVerdict | null {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return refuse("scheme_not_allowed", `The scheme must be https: ${url.protocol.slice(0, 40)}`);
  }
  // The parser forgets an empty userinfo or fragment (`https://@host/#`), so the text decides.
  const authority = /^[a-z]+:\/*([^/?#]*)/i.exec(raw)?.[1] ?? "";
  if (url.username !== "" || url.password !== "" || authority.includes("@")) {
    return refuse(
      "userinfo_not_allowed",
      "The URL must not contain a user name or password; use a custom header.",
    );
  }
  if (raw.includes("#")) return refuse("fragment_not_allowed", "The URL must not contain a fragment (#…).");
  return null;
}

function checkPort(url: URL, opened: boolean): UrlVerdict | number {
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const standard = port === 80 || port === 443 || port >= 1024;
  if (port === 0 || (!standard && !opened)) {
    return refuse("port_not_allowed", `The port must be 80, 443 or at least 1024: ${port}`);
  }
  return port;
}

/**
 * Decides about an endpoint URL (WHATWG URL Standard for the spelling) under the instance's policy.
 * A refusal names the rule and the value; an allowed URL comes back in the form in which it is stored and called.
 */
export function checkEndpointUrl(raw: string, policy: OutboundPolicy): UrlVerdict {
  const textVerdict = checkText(raw);
  if (textVerdict) return textVerdict;
  if (!URL.canParse(raw)) return refuse("url_invalid", `This is not a valid URL: ${raw.slice(0, 200)}`);
  const url = new URL(raw);
  const partsVerdict = checkParts(raw, url);
  if (partsVerdict) return partsVerdict;

  // `example.com.` and `example.com` are the same host; the form without the dot is stored, signed and verified.
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.slice(0, -1);
  const ownOrigin = checkOwnOrigin(url, policy);
  if (ownOrigin) return ownOrigin;

  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const hostVerdict = checkHost(host, policy);
  if ("outcome" in hostVerdict) return hostVerdict;
  if (url.protocol === "http:" && !policy.allowHttp && !hostVerdict.opened) {
    return refuse("scheme_not_allowed", "The scheme must be https: http is not encrypted.");
  }
  const port = checkPort(url, hostVerdict.opened);
  if (typeof port !== "number") return port;
  return {
    outcome: "allowed",
    url: url.href,
    host,
    port,
    secure: url.protocol === "https:",
    literal: hostVerdict.literal,
    hostListed: hostVerdict.hostListed,
    selfInbox: false,
  };
}
