// The demo's receivers on this machine: one small HTTP server, one path for each, fixed behaviours. Calls nobody.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { type Behaviour, createBehaviours } from "./behaviours";
import type { Random } from "./random";

/** About four minutes of live traffic: long enough to see it work before it closes. */
const CLOSES_AFTER = 10;

export interface Receivers {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  close(): Promise<void>;
}

async function answer(
  behaviours: Readonly<Record<string, Behaviour>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  // The first word of the path names the receiver; the rest is what a real one would be called.
  const behaviour = behaviours[request.url?.split("/")[1] ?? ""];
  if (behaviour === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such receiver.\n");
    return;
  }
  const eventId = String(request.headers["webhook-id"] ?? "");
  const { status, headers, body: text, delayMs } = behaviour({ eventId, body, atMs: Date.now() });
  await sleep(delayMs);
  response.writeHead(status, [...headers, ["content-length", String(Buffer.byteLength(text))]].flat());
  response.end(text);
}

function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(error);
    });
    server.listen({ port, host: "127.0.0.1" }, () => resolve(true));
  });
}

/** Starts them on `port`, or on a free one when that is taken. */
export async function startReceivers(port: number, random: Random): Promise<Receivers> {
  const behaviours: Readonly<Record<string, Behaviour>> = Object.assign(
    Object.create(null),
    createBehaviours(random, CLOSES_AFTER),
  );
  const server = createServer((request, response) => {
    // Only a caller that hangs up makes this fail, and then there is nobody to answer.
    answer(behaviours, request, response).catch(() => response.destroy());
  });
  if (!(await listen(server, port)) && !(await listen(server, 0))) {
    throw new Error("no port is free for the demo's receivers");
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receivers do not listen");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
