// Owns one vetted socket and the undici client that speaks HTTP/1.1 on it. The client can never open another socket:
// when its socket is gone, so is the connection.
import { Client } from "undici";
import type { Dialled } from "./dial";
import { OutboundFailure } from "./failure";
import { guardReads, type ReadGuard } from "./read-guard";

/** Response header bytes that are accepted; undici stops reading at this size. */
const MAX_HEADER_BYTES = 16_384;
/** How long an idle socket is kept when the receiver gives no hint, and at most when it does, in milliseconds. */
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MAX_MS = 60_000;

/** Marks a request that was refused because its socket had closed while idle; nothing of it was written. */
const STALE_SOCKET = "SIGNPOST_STALE_SOCKET";

export type Connection = {
  readonly client: Client;
  readonly dialled: Dialled;
  readonly openedAt: number;
  /** Limits of what is read for one answer; renewed before each request. */
  readonly reads: ReadGuard;
  dead: boolean;
};

/** True for the error of a request that met a closed socket before any byte was written. */
export function isStaleSocket(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === STALE_SOCKET;
}

/** Puts an undici client on a dialled socket. `onGone` is called once when the socket ends, for whatever reason. */
export function openConnection(
  origin: string,
  dialled: Dialled,
  onGone: (connection: Connection) => void,
): Connection {
  let used = false;
  const client = new Client(origin, {
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
    // A receiver that announces that it closes in two seconds or less is not raced: its socket is used once.
    keepAliveTimeoutThreshold: 2_000,
    // Both are idle timers that a byte now and then keeps alive; the deadline of the attempt bounds everything instead.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      const first = !used;
      used = true;
      // undici resumes its queue only when the socket arrives in a later tick.
      queueMicrotask(() => {
        if (first && !dialled.socket.destroyed) callback(null, dialled.socket);
        else callback(Object.assign(new Error("the socket is closed"), { code: STALE_SOCKET }), null);
      });
    },
  });
  const connection: Connection = {
    client,
    dialled,
    openedAt: performance.now(),
    reads: guardReads(dialled.socket),
    dead: false,
  };
  const gone = () => {
    if (connection.dead) return;
    connection.dead = true;
    dialled.socket.destroy();
    onGone(connection);
  };
  dialled.socket.once("close", gone);
  client.on("disconnect", gone);
  client.on("connectionError", gone);
  return connection;
}

/** Ends a connection at once; a request that is still on it fails as `interrupted`. */
export function destroyConnection(connection: Connection): void {
  const reason = new OutboundFailure(
    "interrupted",
    "Signpost closed the connection before the receiver answered.",
  );
  // The promise settles when the socket has closed; there is nothing to wait for and nothing to report.
  connection.client.destroy(reason).catch(() => undefined);
  connection.dialled.socket.destroy();
}
