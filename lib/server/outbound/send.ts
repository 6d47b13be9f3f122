// Owns the one way out of this process: every request to an address that a person chose goes through `send`.
// Reads no environment: proxies (HTTP_PROXY and its kin) never apply, the policy is passed in.
import type { SecureContext } from "node:tls";
import type { EgressProxy } from "@/lib/domain/egress/proxy-url";
import type { OutboundPolicy } from "@/lib/domain/endpoint/allowed-targets";
import { type AllowedUrl, checkEndpointUrl, type UrlRefusalCode } from "@/lib/domain/endpoint/url-policy";
import { type ClientIdentity, secureContextOf } from "./client-identity";
import type { LocalAddresses } from "./connect-tcp";
import { Exchange } from "./exchange";
import { OutboundFailure } from "./failure";
import { OriginPool } from "./origin-pool";
import { flattenHeaders, type RequestHeaders } from "./request-headers";
import { createResolver, type OutboundResolver } from "./resolve";
import type { OutboundError, OutboundResult } from "./result";
import type { ProxyRoute } from "./tunnel";
import { vetAddresses } from "./vet";

export type OutboundRequest = {
  url: string;
  /** `POST` when left out. */
  method?: string;
  headers: RequestHeaders;
  body: Uint8Array;
  /** Milliseconds for the whole attempt, with waiting and the reading of the answer. */
  timeoutMs: number;
  /** Milliseconds for name resolution, TCP and TLS together; 5,000 when left out. */
  connectTimeoutMs?: number;
  /** The client certificate to show (mutual TLS); nothing is sent where the connection would not be TLS. */
  identity?: ClientIdentity | null;
};

/** The verdict on a URL that a person enters; `warning` says why a delivery would fail at the moment. */
export type UrlCheck =
  | { outcome: "allowed"; url: string; warning: string | null }
  | { outcome: "refused"; code: UrlRefusalCode; message: string };

export type Outbound = {
  /** One HTTP request. Never throws: every failure is an `error` result. */
  send(request: OutboundRequest): Promise<OutboundResult>;
  /** The check when a URL is saved: the policy and, for names, all of their addresses now. */
  checkUrl(url: string): Promise<UrlCheck>;
  /** Open sockets, for metrics. */
  openSockets(): number;
  /** Closes every connection; requests in flight end as `interrupted` or with their connection's end. */
  close(): void;
};

export type OutboundOptions = {
  policy: OutboundPolicy;
  resolver?: OutboundResolver;
  /** Bytes of a response body that are read and kept. */
  maxResponseBytes?: number;
  /** PEM certificates of authorities that are trusted besides the public ones. */
  caCertificates?: readonly string[];
  maxConnectionsPerOrigin?: number;
  /** What outgoing sockets are bound to, where receivers list the addresses that may call them. */
  local?: LocalAddresses;
  /** The operator's proxy, through which everything but our own Inbox is reached; the guard decides before it. */
  proxy?: EgressProxy | null;
};

const DEFAULT_CONNECT_TIMEOUT_MS = 5_000;
const DEFAULT_MAX_RESPONSE_BYTES = 65_536;
const DEFAULT_MAX_CONNECTIONS = 64;
const MAX_KNOWN_URLS = 10_000;
const MAX_POOLS = 2_000;

type Open = { outcome: "open"; allowed: AllowedUrl; path: string; key: string };
type Known = Open | { outcome: "refused"; message: string };

const NOT_TLS =
  "Nothing was sent: the endpoint has a client certificate, but the connection to this address is not TLS.";
const NO_TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 } as const;

function refusal(errorClass: OutboundError["errorClass"], message: string): OutboundError {
  return {
    outcome: "error",
    errorClass,
    message,
    timings: { ...NO_TIMINGS },
    resolvedAddress: null,
    tlsVersion: null,
    bytesWritten: false,
  };
}

function originOf(allowed: AllowedUrl): string {
  // Our own inbox may be published as https behind a proxy; in here it is plain HTTP on a local port, under its public name.
  return `${allowed.secure ? "https" : "http"}://${new URL(allowed.url).host}`;
}

/** The outbound module under one policy. It owns its sockets, its resolver and its caches until `close`. */
export function createOutbound(options: OutboundOptions): Outbound {
  const { policy } = options;
  const resolver = options.resolver ?? createResolver();
  // Built once: reading the authorities costs more than a handshake.
  const secureContext = secureContextOf(options.caCertificates);
  const proxy: ProxyRoute | null = options.proxy ? { proxy: options.proxy, resolver, secureContext } : null;
  const maxResponseBytes = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  const known = new Map<string, Known>();
  const pools = new Map<string, OriginPool>();
  let closed = false;

  /** The verdict depends on the text and the policy only, and neither changes: it is computed once for each URL. */
  function know(url: string): Known {
    const verdict = checkEndpointUrl(url, policy);
    const parsed = verdict.outcome === "allowed" ? new URL(verdict.url) : null;
    const entry: Known =
      verdict.outcome === "refused" || !parsed
        ? { outcome: "refused", message: verdict.outcome === "refused" ? verdict.message : "" }
        : {
            outcome: "open",
            allowed: verdict,
            path: parsed.pathname + parsed.search,
            key: `${parsed.origin}${verdict.selfInbox ? " inbox" : ""}`,
          };
    if (known.size >= MAX_KNOWN_URLS) {
      const oldest = known.keys().next();
      if (!oldest.done) known.delete(oldest.value);
    }
    known.set(url, entry);
    return entry;
  }

  function forgetEmptyPools(): void {
    for (const [key, pool] of pools) if (pool.empty) pools.delete(key);
  }

  function poolFor(entry: Open, identity: ClientIdentity | null): OriginPool {
    const key = identity === null ? entry.key : `${entry.key} as ${identity.id}`;
    const existing = pools.get(key);
    if (existing) return existing;
    if (pools.size >= MAX_POOLS) forgetEmptyPools();
    const pool = new OriginPool(poolOptions(entry.allowed, identity));
    pools.set(key, pool);
    return pool;
  }

  function poolOptions(allowed: AllowedUrl, identity: ClientIdentity | null) {
    const context: SecureContext =
      identity === null ? secureContext : secureContextOf(options.caCertificates, identity);
    return {
      origin: originOf(allowed),
      port: allowed.port,
      tlsName: allowed.secure ? allowed.host : null,
      maxConnections: options.maxConnectionsPerOrigin ?? DEFAULT_MAX_CONNECTIONS,
      local: allowed.selfInbox ? null : (options.local ?? null),
      proxy: allowed.selfInbox ? null : proxy,
      secureContext: context,
      named: allowed.literal === null && !allowed.selfInbox,
      vet: () => vetAddresses(allowed, policy, resolver),
    };
  }

  /** The pool, or why there can be none for this identity. */
  function poolOrRefusal(entry: Open, identity: ClientIdentity | null): OriginPool | OutboundError {
    if (identity !== null && !entry.allowed.secure) return refusal("tls_error", NOT_TLS);
    try {
      return poolFor(entry, identity);
    } catch {
      // The certificate was checked when it was saved; the error may quote the key.
      return refusal("tls_error", "TLS: the client certificate cannot be used.");
    }
  }

  return {
    send(request) {
      const entry = known.get(request.url) ?? know(request.url);
      if (closed) return Promise.resolve(refusal("interrupted", "Signpost is shutting down."));
      if (entry.outcome === "refused") return Promise.resolve(refusal("target_not_allowed", entry.message));
      const pool = poolOrRefusal(entry, request.identity ?? null);
      if (!(pool instanceof OriginPool)) return Promise.resolve(pool);
      return new Promise<OutboundResult>((resolve) => {
        new Exchange(
          pool,
          {
            method: request.method ?? "POST",
            path: entry.path,
            headers: flattenHeaders(request.headers),
            body: request.body,
            timeoutMs: request.timeoutMs,
            connectTimeoutMs: request.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
            maxResponseBytes,
          },
          resolve,
        ).start();
      });
    },

    async checkUrl(url) {
      const verdict = checkEndpointUrl(url, policy);
      if (verdict.outcome === "refused") return verdict;
      try {
        await vetAddresses(verdict, policy, resolver);
        return { outcome: "allowed", url: verdict.url, warning: null };
      } catch (error) {
        if (!(error instanceof OutboundFailure)) throw error;
        // A name may come to life after its endpoint; a forbidden address is a mistake or an attack.
        if (error.errorClass === "dns_error")
          return { outcome: "allowed", url: verdict.url, warning: error.message };
        return { outcome: "refused", code: "address_not_allowed", message: error.message };
      }
    },

    openSockets() {
      let open = 0;
      for (const pool of pools.values()) open += pool.size;
      return open;
    },

    close() {
      closed = true;
      for (const pool of pools.values()) pool.destroy();
      pools.clear();
      resolver.close();
    },
  };
}
