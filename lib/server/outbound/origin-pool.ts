// Owns the connections to one origin: reuse, the bound, the queue of attempts that wait, TLS session resumption.
// Each new socket is vetted anew; an open one stays on the address that was vetted for it.
import type { SecureContext } from "node:tls";
import type { LocalAddresses } from "./connect-tcp";
import { type Connection, destroyConnection, openConnection } from "./connection";
import { dial } from "./dial";
import { OutboundFailure } from "./failure";
import type { ProxyRoute } from "./tunnel";

/** An open connection is replaced after this time, so that a receiver's new DNS entry takes effect under steady traffic. */
const MAX_AGE_MS = 300_000;
/** A TLS session carries the verification of its certificate: it must not outlive a change of trust for long. */
const MAX_SESSION_AGE_MS = 3_600_000;

/** Milliseconds that opening a new connection took. */
export type OpeningTimes = { dnsMs: number | null; connectMs: number; tlsMs: number | null };

/** Who waits for a connection. Exactly one of the two is called, once, unless the ticket is cancelled before. */
export type Waiter = {
  connectTimeoutMs: number;
  onConnection(connection: Connection, opening: OpeningTimes | null): void;
  onFailure(failure: OutboundFailure, dnsMs: number | null): void;
};

/** What a waiter is waiting for. */
export type Phase = "queued" | "resolving" | "tunnelling" | "connecting";

/** A waiter's place in the pool. `cancel` ends it in any phase; nothing is called afterwards. */
export type Ticket = { cancel(): void; phase(): Phase };

type PoolOptions = {
  /** Origin for undici (scheme, host, port), which also gives the Host header. */
  origin: string;
  port: number;
  tlsName: string | null;
  maxConnections: number;
  local: LocalAddresses;
  proxy: ProxyRoute | null;
  /** With the client certificate of the endpoint, if it has one: the pool is then for that endpoint only. */
  secureContext: SecureContext;
  /** The host is a name, so that `vet` takes DNS time. */
  named: boolean;
  /** The addresses that may be dialled now; throws an `OutboundFailure`. */
  vet: () => Promise<readonly string[]>;
};

/** A resumed session does not repeat the certificate, so its end is remembered here. */
type Session = { data: Buffer; at: number; certificateExpiresAt: Date | null };

type Place = { waiter: Waiter; abort: AbortController | null; cancelled: boolean; phase: Phase };

type Opened =
  | { outcome: "open"; connection: Connection; opening: OpeningTimes }
  | { outcome: "failed"; failure: OutboundFailure; dnsMs: number | null };

export class OriginPool {
  readonly #options: PoolOptions;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #queue: Place[] = [];
  readonly #openingPlaces = new Set<Place>();
  /** Connections that were given back and are not idle yet. */
  #cooling = 0;
  #session: Session | null = null;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** True when nothing is open, opening or waiting: the pool can be forgotten. */
  get empty(): boolean {
    return this.#all.size === 0 && this.#openingPlaces.size === 0 && this.#queue.length === 0;
  }

  /** Open connections, idle or not. */
  get size(): number {
    return this.#all.size;
  }

  /** Gives the waiter a connection: an idle one at once, a new one, or the next that becomes free. */
  acquire(waiter: Waiter, nowMs: number): Ticket | null {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (connection.dead || connection.dialled.socket.destroyed) continue;
      if (nowMs - connection.openedAt > MAX_AGE_MS) {
        destroyConnection(connection);
        continue;
      }
      waiter.onConnection(connection, null);
      return null;
    }
    const place: Place = { waiter, abort: null, cancelled: false, phase: "queued" };
    this.#queue.push(place);
    this.#openForQueue();
    return { cancel: () => this.#cancel(place), phase: () => place.phase };
  }

  /** Takes a connection back after a complete exchange. */
  release(connection: Connection): void {
    if (connection.dead || connection.dialled.socket.destroyed) return;
    // The receiver answered before it had read the request: what is still unsent would run into the next request.
    if (connection.dialled.socket.writableLength > 0) {
      destroyConnection(connection);
      return;
    }
    // A close that the receiver sent right behind its answer is read in the next turn of the event loop. Using the
    // connection before would lose requests to receivers that close after each answer without saying so.
    this.#cooling++;
    setImmediate(() => {
      this.#cooling--;
      if (connection.dead || connection.dialled.socket.destroyed) this.#openForQueue();
      else this.#hand(connection);
    });
  }

  /** Ends every connection, open or opening; whoever waits fails as `interrupted`. */
  destroy(): void {
    this.#closed = true;
    for (const place of this.#queue.splice(0)) place.waiter.onFailure(interrupted(), null);
    for (const place of this.#openingPlaces) place.abort?.abort();
    for (const connection of this.#all) destroyConnection(connection);
  }

  #cancel(place: Place): void {
    place.cancelled = true;
    place.abort?.abort();
    const index = this.#queue.indexOf(place);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  #open(place: Place): void {
    const abort = new AbortController();
    place.abort = abort;
    this.#openingPlaces.add(place);
    // `#connect` never rejects: it says what happened.
    void this.#connect(place, abort).then((opened) => {
      this.#openingPlaces.delete(place);
      if (opened.outcome === "failed") {
        if (!place.cancelled)
          place.waiter.onFailure(this.#closed ? interrupted() : opened.failure, opened.dnsMs);
        this.#openForQueue();
      } else if (!place.cancelled && !this.#closed)
        place.waiter.onConnection(opened.connection, opened.opening);
      else if (this.#queue.length > 0) this.#hand(opened.connection);
      else {
        // Nobody would notice the receiver closing a socket that has never been used.
        destroyConnection(opened.connection);
        if (!place.cancelled) place.waiter.onFailure(interrupted(), null);
      }
    });
  }

  async #connect(place: Place, abort: AbortController): Promise<Opened> {
    const startedAt = performance.now();
    const { signal } = abort;
    const timer = setTimeout(() => abort.abort(), place.waiter.connectTimeoutMs);
    let dnsMs: number | null = null;
    place.phase = "resolving";
    try {
      const addresses = await untilAborted(this.#options.vet(), signal);
      if (this.#options.named) dnsMs = performance.now() - startedAt;
      const { port, tlsName, secureContext, local, proxy, origin } = this.#options;
      place.phase = proxy === null ? "connecting" : "tunnelling";
      const session = this.#usableSession(startedAt);
      const target = {
        addresses,
        port,
        tlsName,
        secureContext,
        session: session?.data ?? null,
        local,
        proxy,
      };
      const dialled = await dial(target, signal, () => {
        place.phase = "connecting";
      });
      dialled.certificateExpiresAt ??= session?.certificateExpiresAt ?? null;
      dialled.socket.on("session", (data: Buffer) => {
        this.#session = { data, at: performance.now(), certificateExpiresAt: dialled.certificateExpiresAt };
      });
      const connection = openConnection(origin, dialled, (gone) => this.#onGone(gone));
      this.#all.add(connection);
      return {
        outcome: "open",
        connection,
        opening: { dnsMs, connectMs: dialled.connectMs, tlsMs: dialled.tlsMs },
      };
    } catch (error) {
      const failure =
        error instanceof OutboundFailure
          ? error
          : new OutboundFailure("network_error", "The connection failed.");
      return { outcome: "failed", failure, dnsMs };
    } finally {
      clearTimeout(timer);
    }
  }

  #usableSession(nowMs: number): Session | null {
    const session = this.#session;
    if (!session || nowMs - session.at > MAX_SESSION_AGE_MS) return null;
    const expired =
      session.certificateExpiresAt !== null && session.certificateExpiresAt.getTime() <= Date.now();
    return expired ? null : session;
  }

  #onGone(connection: Connection): void {
    this.#all.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#openForQueue();
  }

  #hand(connection: Connection): void {
    const next = this.#queue.shift();
    if (next) next.waiter.onConnection(connection, null);
    else this.#idle.push(connection);
  }

  /** Opens connections for those in the queue who have no connection coming back to them. */
  #openForQueue(): void {
    while (
      this.#queue.length > this.#cooling &&
      this.#all.size + this.#openingPlaces.size < this.#options.maxConnections
    ) {
      // Those in front get the connections that are coming back.
      const [place] = this.#queue.splice(this.#cooling, 1);
      if (place) this.#open(place);
    }
  }
}

function interrupted(): OutboundFailure {
  return new OutboundFailure("interrupted", "Signpost is shutting down.");
}

/** The vetted addresses, or `dns_error` when the connect deadline passes first. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () =>
      reject(new OutboundFailure("dns_error", "The host name could not be resolved in time."));
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
