// Owns the misbehaving test receiver: a server whose path says how it answers. See behaviours-*.ts for the paths.
// Keeps what arrived, byte for byte, so that tests compare instead of trusting.
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { answer } from "./answer";
import type { BehaviourContext, Behaviours, ReceiverState } from "./behaviour";
import { answerBehaviours } from "./behaviours-answers";
import { brokenBehaviours } from "./behaviours-broken";
import { type HeadDecision, type ReceivedRequest, type RequestHead, readRequests } from "./http-reader";
import { createListener, type TlsMode } from "./tls-modes";

export const BEHAVIOURS: Behaviours = { ...answerBehaviours, ...brokenBehaviours };

export type Receiver = {
  /** Origin without a trailing slash, such as `http://127.0.0.1:40123`. */
  url: string;
  port: number;
  /** Complete requests in the order of arrival. */
  requests: ReceivedRequest[];
  /** Heads, also of requests whose body was never read. */
  heads: RequestHead[];
  /** Connections accepted so far, and open now. */
  connections(): number;
  openSockets(): number;
  /** The authority that a client must trust; null without TLS. */
  caCertificate: string | null;
  shutGate(name: string): void;
  openGate(name: string): void;
  /** Resolves when so many requests have arrived, or when the predicate holds; rejects after `timeoutMs` (10 s). */
  waitFor(
    condition: number | ((requests: readonly ReceivedRequest[]) => boolean),
    timeoutMs?: number,
  ): Promise<void>;
  close(): Promise<void>;
};

export type ReceiverOptions = {
  tls?: TlsMode;
  /** Names and addresses in the certificate. */
  names?: readonly string[];
  host?: string;
  port?: number;
  random?: () => number;
  /** Requests kept at most; older ones are dropped. */
  keep?: number;
  onRequest?: (request: ReceivedRequest) => void;
};

type Found = { behaviour: Behaviours[string] | null; context: BehaviourContext; name: string };

function find(target: string, socket: Socket, state: ReceiverState): Found {
  const url = new URL(target, "http://receiver.invalid");
  const [name = "", ...args] = url.pathname.slice(1).split("/");
  const context = { socket, args, query: url.searchParams, state };
  return { behaviour: Object.hasOwn(BEHAVIOURS, name) ? (BEHAVIOURS[name] ?? null) : null, context, name };
}

/** `/404` answers with that status; anything that names no behaviour is a 404. */
function answerStatus({ context, name }: Found): void {
  const status = /^[2-9]\d\d$/.test(name) ? Number(name) : 404;
  const location: [string, string][] = status >= 300 && status < 400 ? [["location", "/ok"]] : [];
  answer(context.socket, status, `status ${status}`, location);
}

/** Starts a receiver on a free port of 127.0.0.1. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const heads: RequestHead[] = [];
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();
  const state: ReceiverState = {
    counts: new Map(),
    shutGates: new Set(),
    random: options.random ?? Math.random,
  };
  let accepted = 0;

  function onHead(head: RequestHead, socket: Socket): HeadDecision {
    heads.push(head);
    const found = find(head.target, socket, state);
    const early = found.behaviour && typeof found.behaviour !== "function" ? found.behaviour.early : null;
    return early ? early(found.context, head) : "read-body";
  }

  function onRequest(request: ReceivedRequest, socket: Socket): void {
    requests.push(request);
    if (options.keep !== undefined && requests.length > options.keep) requests.shift();
    options.onRequest?.(request);
    const found = find(request.target, socket, state);
    if (typeof found.behaviour === "function") found.behaviour(found.context, request);
    else answerStatus(found);
    for (const check of watchers) check();
  }

  const { server, caCertificate } = await createListener(
    options.tls ?? null,
    options.names ?? ["127.0.0.1", "localhost"],
    (socket) => {
      const connection = ++accepted;
      // A client that gives up resets its connection; for a receiver that is an ordinary end.
      socket.on("error", () => undefined);
      readRequests(socket, connection, {
        onHead: (head) => onHead(head, socket),
        onRequest: (request) => onRequest(request, socket),
      });
    },
  );
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const scheme = options.tls === undefined ? "http" : "https";

  return {
    url: `${scheme}://${options.host ?? "127.0.0.1"}:${port}`,
    port,
    requests,
    heads,
    caCertificate,
    connections: () => accepted,
    openSockets: () => sockets.size,
    shutGate: (name) => void state.shutGates.add(name),
    openGate: (name) => void state.shutGates.delete(name),
    waitFor(condition, timeoutMs = 10_000) {
      const holds = () =>
        typeof condition === "number" ? requests.length >= condition : condition(requests);
      return new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer);
          watchers.delete(check);
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`the receiver has ${requests.length} requests after ${timeoutMs} ms`));
        }, timeoutMs);
        const check = () => {
          if (!holds()) return;
          end();
          resolve();
        };
        watchers.add(check);
        check();
      });
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      if (sockets.size > 0 || server.listening) await once(server, "close");
    },
  };
}
