// Owns reading HTTP/1.1 requests from a raw socket, so that a misbehaving receiver controls every byte and the tests see
// the headers exactly as they were sent.
import { createHash } from "node:crypto";
import type { Socket } from "node:net";

/** The head of a request; the body may still be on its way. */
export type RequestHead = {
  method: string;
  /** Path and query as sent. */
  target: string;
  /** Order, case and repetitions as on the wire. */
  rawHeaders: [string, string][];
  /** Number of the connection, from 1, in the order of acceptance. */
  connection: number;
  /** Unix time in milliseconds at which the head was complete. */
  at: number;
};

export type ReceivedRequest = RequestHead & { body: Buffer; sha256: string };

/** The value of a header, or null; several values are joined as RFC 9110 says. */
export function headerOf(request: RequestHead, name: string): string | null {
  const values = request.rawHeaders
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
  return values.length === 0 ? null : values.join(", ");
}

/** What a behaviour wants done with the body: read it and then act, or act at once and leave it on the wire. */
export type HeadDecision = "read-body" | "stop-reading";

type ReaderCallbacks = {
  onHead(head: RequestHead): HeadDecision;
  onRequest(request: ReceivedRequest): void;
};

function parseHead(text: string, connection: number): RequestHead {
  const [line = "", ...lines] = text.split("\r\n");
  const [method = "", target = ""] = line.split(" ");
  const rawHeaders = lines.map((header): [string, string] => {
    const colon = header.indexOf(":");
    return [header.slice(0, colon), header.slice(colon + 1).replace(/^ /, "")];
  });
  return { method, target, rawHeaders, connection, at: Date.now() };
}

/** Reads requests one after the other (bodies with Content-Length, as Signpost sends them) until the socket ends. */
export function readRequests(socket: Socket, connection: number, callbacks: ReaderCallbacks): void {
  let buffered: Buffer = Buffer.alloc(0);
  let head: RequestHead | null = null;
  let needed = 0;
  let parts: Buffer[] = [];
  let have = 0;
  let stopped = false;

  function take(): boolean {
    if (!head) {
      const end = buffered.indexOf("\r\n\r\n");
      if (end < 0) return false;
      head = parseHead(buffered.toString("latin1", 0, end), connection);
      buffered = buffered.subarray(end + 4);
      needed = Number(headerOf(head, "content-length") ?? 0);
      if (callbacks.onHead(head) === "stop-reading") {
        stopped = true;
        return false;
      }
    }
    const piece = buffered.subarray(0, needed - have);
    buffered = buffered.subarray(piece.length);
    parts.push(piece);
    have += piece.length;
    if (have < needed) return false;
    const body = Buffer.concat(parts);
    const request = { ...head, body, sha256: createHash("sha256").update(body).digest("hex") };
    head = null;
    parts = [];
    have = 0;
    callbacks.onRequest(request);
    return buffered.length > 0;
  }

  socket.on("data", (chunk: Buffer) => {
    if (stopped) return;
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    while (!stopped && take());
  });
}
