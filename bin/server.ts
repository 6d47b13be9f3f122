// The HTTP server of a running instance: listens, answers ingest before Next, hands the rest to Next, and
// stops without cutting off a request. Refuses to know what a request means.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { LauncherError } from "@/bin/launcher-error";
import { waitUntil } from "@/bin/wait-until";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";

/** How long a client may take, in milliseconds. */
export interface TimeLimits {
  /** For a whole request, headers and body: a trickling client gives its socket back (I-22). */
  readonly request: number;
  /** For the headers; also for a connection on which nothing ever comes. */
  readonly headers: number;
  /** How often both are checked. */
  readonly check: number;
  /** Idle between two requests; more than the usual 60 s of load balancers, so that they close and not we. */
  readonly keepAlive: number;
}

const DEFAULT_LIMITS: TimeLimits = { request: 55_000, headers: 20_000, check: 5_000, keepAlive: 75_000 };

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpServer {
  /** For Next's development server, which answers upgrades (hot reload) on it. */
  readonly node: Server;
  /** Where this process reaches the server: the address it listens on, or loopback when it listens on all. */
  readonly ownAddress: string;
  /** From now on requests are answered by `handler`; before, everything but a liveness probe gets 503. */
  serve(handler: RequestHandler): void;
  /** Stops accepting, lets requests finish (streams are ended at once), then closes what is left. */
  stop(deadlineMs: number): Promise<void>;
}

function listen(server: SocketServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        return reject(new LauncherError(`Port ${port} is in use; set PORT to another.`));
      }
      if (error.code === "EACCES") {
        return reject(
          new LauncherError(`No permission to listen on port ${port}; set PORT to one above 1023.`),
        );
      }
      reject(error);
    });
    server.listen({ port, host }, resolve);
  });
}

/** The address to dial for a server of this machine; a name was resolved when it began to listen. */
function ownAddressOf(server: Server): string {
  const { address: text } = server.address() as AddressInfo;
  const address = parseAddress(text);
  if (address === null) return text;
  if (address.some((byte) => byte !== 0)) return formatAddress(address);
  return address.length === 4 ? "127.0.0.1" : "::1";
}

async function answerWhileStarting(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const live = request.url === "/api/health/live";
  response.writeHead(live ? 200 : 503, { "content-type": "application/json", "retry-after": "2" });
  response.end(JSON.stringify({ status: live ? "live" : "starting" }));
}

/** By what was asked for: headers given straight to `writeHead` cannot be read back from a response. */
const asksForStream = ({ method, headers }: IncomingMessage) =>
  method === "GET" && (headers.accept?.includes("text/event-stream") ?? false);

/**
 * Listens on `host`, or, when it is undefined, on this machine's two loopback addresses.
 * Throws LauncherError when the port is taken or not allowed.
 */
export async function openHttpServer(
  port: number,
  host: string | undefined,
  limits = DEFAULT_LIMITS,
): Promise<HttpServer> {
  let handler: RequestHandler = answerWhileStarting;
  let stopping = false;
  const open = new Set<ServerResponse>();
  const streams = new Set<ServerResponse>();

  const server = createServer(
    {
      requestTimeout: limits.request,
      headersTimeout: limits.headers,
      connectionsCheckingInterval: limits.check,
      keepAliveTimeout: limits.keepAlive,
      noDelay: true,
    },
    (request, response) => {
      const group = asksForStream(request) ? streams : open;
      group.add(response);
      response.once("close", () => group.delete(response));
      if (stopping) response.setHeader("connection", "close");
      handler(request, response).catch(() => {
        // Handlers answer their own errors; this is a defect in one, and the client must not wait for ever.
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    },
  );
  await listen(server, port, host ?? "127.0.0.1");
  const ownAddress = ownAddressOf(server);

  // `localhost` is ::1 for many clients; a server listens on one address, so this one hands connections over.
  let sixth: SocketServer | undefined;
  if (host === undefined) {
    const socketServer = createSocketServer({ noDelay: true }, (socket) => server.emit("connection", socket));
    try {
      await listen(socketServer, port, "::1");
      sixth = socketServer;
    } catch (error) {
      if (error instanceof LauncherError) {
        server.close();
        throw error;
      }
      // no IPv6 on this machine
    }
  }

  return {
    node: server,
    ownAddress,
    serve(next) {
      handler = next;
    },
    async stop(deadlineMs) {
      stopping = true;
      server.close();
      sixth?.close();
      for (const response of streams) response.destroy();
      await waitUntil(() => open.size === 0, deadlineMs);
      server.closeAllConnections();
    },
  };
}
