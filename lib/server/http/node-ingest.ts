// Owns the fast path: ingest requests answered on the bare node:http server, before Next sees them. Next costs about a
// millisecond of CPU for each call, which would be most of an event's whole cost.
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import { answerIngest, type IngestRoute } from "./ingest";

const ROUTES: Readonly<Record<string, IngestRoute>> = {
  "/api/v1/events": "single",
  "/api/v1/events/batch": "batch",
};

/** Bytes of a refused body that are still read, so that the client gets to see the answer. */
const MAX_DISCARDED_BYTES = 64 * 1024;

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new AppError("payload_too_large", `The body must have at most ${maxBytes} bytes.`);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.removeAllListeners("data");
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.once("end", () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)),
    );
    request.once("error", () => reject(new AppError("invalid_request", "The body did not arrive whole.")));
    request.once("aborted", () => reject(new AppError("invalid_request", "The body did not arrive whole.")));
  });
}

/** Reads a little more of an unwanted body and then hangs up, so that nobody can make us read gigabytes. */
function discardRest(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  response.setHeader("connection", "close");
  let discarded = 0;
  request.on("data", (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > MAX_DISCARDED_BYTES) request.destroy();
  });
  request.resume();
}

/** The ingest route that a request is for; null for everything else. Only POST: reads belong to Next's routes. */
export function ingestRouteOf(request: IncomingMessage): IngestRoute | null {
  if (request.method !== "POST" || request.url === undefined) return null;
  const query = request.url.indexOf("?");
  return ROUTES[query === -1 ? request.url : request.url.slice(0, query)] ?? null;
}

/** Answers an ingest request. Resolves when the answer was handed to the socket. */
export async function handleNodeIngest(
  ctx: ServiceContext,
  route: IngestRoute,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerIngest(ctx, {
    route,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    readBody: (maxBytes) => readBody(request, maxBytes),
  });
  discardRest(request, response);
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  response.end(answer.body);
}
