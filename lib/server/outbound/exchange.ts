// Owns one request from its call to its result: waiting for a connection, one exchange on it, one deadline over all.
// Follows no redirect, inflates nothing, and never sends again once a byte may have left.
import type { Dispatcher } from "undici";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import { type Connection, destroyConnection, isStaleSocket } from "./connection";
import { exchangeFailure, OutboundFailure } from "./failure";
import type { OpeningTimes, OriginPool, Phase, Ticket, Waiter } from "./origin-pool";
import type { OutboundResult, OutboundTimings } from "./result";

type ExchangeRequest = {
  method: string;
  path: string;
  /** Names and values in turns. */
  headers: string[];
  body: Uint8Array;
  timeoutMs: number;
  connectTimeoutMs: number;
  maxResponseBytes: number;
};

/** How often a request moves on from pooled sockets that turn out to be closed; nothing was written on them. */
const MAX_STALE_SOCKETS = 5;
/** 1xx answers before the final one; far more than any server has a use for. */
const MAX_ANNOUNCEMENTS = 1_000;
const EMPTY = new Uint8Array(0);

function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function readHeaders(raw: Dispatcher.DispatchController["rawHeaders"]): [string, string][] {
  const pairs: [string, string][] = [];
  if (!Array.isArray(raw)) return pairs;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    pairs.push([raw[i]?.toString("latin1") ?? "", raw[i + 1]?.toString("latin1") ?? ""]);
  }
  return pairs;
}

function announcedSize(headers: readonly [string, string][]): number | null {
  const value = headers.find(([name]) => name.length === 14 && name.toLowerCase() === "content-length")?.[1];
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

export class Exchange implements Dispatcher.DispatchHandler, Waiter {
  readonly connectTimeoutMs: number;
  readonly #pool: OriginPool;
  readonly #request: ExchangeRequest;
  readonly #resolve: (result: OutboundResult) => void;
  readonly #startedAt = performance.now();
  readonly #deadline: NodeJS.Timeout;
  #ticket: Ticket | null = null;
  #connection: Connection | null = null;
  #opening: OpeningTimes | null = null;
  #dnsMs: number | null = null;
  #writtenAt: number | null = null;
  #firstByteMs: number | null = null;
  #staleSockets = 0;
  #announcements = 0;
  #settled = false;
  #status = 0;
  #headers: [string, string][] = [];
  #body: Buffer | null = null;
  #kept = 0;
  #truncated = false;

  constructor(pool: OriginPool, request: ExchangeRequest, resolve: (result: OutboundResult) => void) {
    this.#pool = pool;
    this.#request = request;
    this.#resolve = resolve;
    this.connectTimeoutMs = request.connectTimeoutMs;
    this.#deadline = setTimeout(() => this.#onDeadline(), request.timeoutMs);
  }

  start(): void {
    this.#ticket = this.#pool.acquire(this, performance.now());
  }

  onConnection(connection: Connection, opening: OpeningTimes | null): void {
    this.#ticket = null;
    this.#connection = connection;
    this.#opening = opening;
    connection.reads.renew();
    const { method, path, headers, body } = this.#request;
    connection.client.dispatch({ method: method as Dispatcher.HttpMethod, path, headers, body }, this);
  }

  onFailure(failure: OutboundFailure, dnsMs: number | null): void {
    this.#ticket = null;
    this.#dnsMs = dnsMs;
    this.#fail(failure);
  }

  /** undici calls this right before it writes the request to the socket. */
  onRequestStart(): void {
    this.#writtenAt = performance.now();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (this.#settled) return;
    if (status === 101) {
      this.#fail(
        new OutboundFailure("protocol_error", "The receiver switched protocols (101).", this.#address()),
      );
      return;
    }
    // 1xx announce the answer (RFC 9110, section 15.2). A few are normal; a flood of them would keep this process busy.
    if (status < 200) {
      const tooMany = ++this.#announcements > MAX_ANNOUNCEMENTS;
      if (tooMany)
        this.#fail(
          new OutboundFailure("protocol_error", "The receiver sent too many 1xx answers.", this.#address()),
        );
      return;
    }
    this.#firstByteMs = performance.now() - (this.#writtenAt ?? this.#startedAt);
    this.#status = status;
    this.#headers = readHeaders(controller.rawHeaders);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    const room = this.#request.maxResponseBytes - this.#kept;
    if (chunk.length > room) {
      this.#keep(chunk.subarray(0, room));
      this.#truncated = true;
      this.#succeed(false);
      return;
    }
    this.#keep(chunk);
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    this.#succeed(true);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#settled) return;
    if (this.#status !== 0) {
      this.#succeed(false);
      return;
    }
    const reused = this.#connection !== null && this.#opening === null;
    if (this.#writtenAt === null && isStaleSocket(error)) {
      if (reused && this.#staleSockets++ < MAX_STALE_SOCKETS) {
        this.#connection = null;
        this.start();
        return;
      }
      const closed = "The receiver closed the connection before the request was sent.";
      this.#fail(new OutboundFailure("connection_closed", closed, this.#address()));
      return;
    }
    this.#fail(exchangeFailure(error, this.#address()));
  }

  #onDeadline(): void {
    if (this.#settled) return;
    if (this.#status !== 0) {
      this.#succeed(false);
      return;
    }
    const seconds = this.#request.timeoutMs / 1000;
    const late: Record<Phase | "sent", [AttemptErrorClass, string]> = {
      queued: ["timeout", `No connection to the receiver became free within ${seconds} s.`],
      resolving: ["dns_error", `The host name could not be resolved within ${seconds} s.`],
      tunnelling: [
        "proxy_error",
        `The egress proxy of this instance did not open the connection within ${seconds} s.`,
      ],
      connecting: ["connect_timeout", `The connection could not be opened within ${seconds} s.`],
      sent: ["timeout", `The receiver did not answer within ${seconds} s.`],
    };
    const [errorClass, message] = late[this.#ticket?.phase() ?? "sent"];
    this.#fail(new OutboundFailure(errorClass, message, this.#address()));
  }

  #address(): string | null {
    return this.#connection?.dialled.address ?? null;
  }

  #keep(chunk: Uint8Array): void {
    const size = this.#kept + chunk.length;
    if (!this.#body) this.#body = Buffer.from(chunk);
    else {
      if (size > this.#body.length) {
        const grown = Buffer.allocUnsafe(
          Math.min(this.#request.maxResponseBytes, Math.max(size, this.#body.length * 2)),
        );
        this.#body.copy(grown, 0, 0, this.#kept);
        this.#body = grown;
      }
      this.#body.set(chunk, this.#kept);
    }
    this.#kept = size;
  }

  #timings(): OutboundTimings {
    const rounded = (value: number | null | undefined) => (value == null ? null : milliseconds(value));
    return {
      dnsMs: rounded(this.#opening?.dnsMs ?? this.#dnsMs),
      connectMs: rounded(this.#opening?.connectMs),
      tlsMs: rounded(this.#opening?.tlsMs),
      firstByteMs: rounded(this.#firstByteMs),
      totalMs: milliseconds(performance.now() - this.#startedAt),
    };
  }

  /** Ends with the status that was seen; `complete` says that the connection is in step and can be used again. */
  #succeed(complete: boolean): void {
    const connection = this.#connection;
    if (!connection) return;
    this.#settle();
    // Only when undici is done with this answer does it show whether the socket stays open. The caller's next request
    // must already find the connection, so this stands before `resolve`.
    if (complete) queueMicrotask(() => this.#pool.release(connection));
    else destroyConnection(connection);
    const announced = announcedSize(this.#headers);
    this.#resolve({
      outcome: "response",
      status: this.#status,
      headers: this.#headers,
      body: this.#body ? this.#body.subarray(0, this.#kept) : EMPTY,
      bodySize: complete ? this.#kept : announced,
      truncated: this.#truncated,
      incomplete: !complete && !this.#truncated,
      timings: this.#timings(),
      resolvedAddress: connection.dialled.address,
      tlsVersion: connection.dialled.tlsVersion,
      tlsCertificateExpiresAt: connection.dialled.certificateExpiresAt,
    });
  }

  #fail(failure: OutboundFailure): void {
    this.#settle();
    this.#resolve({
      outcome: "error",
      errorClass: failure.errorClass,
      message: failure.message,
      timings: this.#timings(),
      resolvedAddress: failure.address,
      tlsVersion: this.#connection?.dialled.tlsVersion ?? null,
      bytesWritten: this.#writtenAt !== null,
    });
    if (this.#connection) destroyConnection(this.#connection);
  }

  #settle(): void {
    this.#settled = true;
    clearTimeout(this.#deadline);
    this.#ticket?.cancel();
    this.#ticket = null;
  }
}
