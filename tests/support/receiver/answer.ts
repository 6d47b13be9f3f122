// Owns writing raw HTTP answers: nothing is checked or corrected, because most behaviours are meant to be wrong.
import type { Socket } from "node:net";

/** A head with the given lines, without any header of its own. */
export function head(status: number | string, headers: readonly (readonly [string, string])[] = []): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${REASONS[String(status)] ?? "Status"}\r\n${lines}\r\n`;
}

const REASONS: Record<string, string> = {
  200: "OK",
  204: "No Content",
  404: "Not Found",
  500: "Internal Server Error",
};

/** A complete answer with Content-Length that keeps the connection open. */
export function answer(
  socket: Socket,
  status: number,
  body: string | Buffer = "",
  headers: readonly (readonly [string, string])[] = [],
): void {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const bodyless = status === 204 || status === 304;
  const length: [string, string][] = bodyless ? [] : [["content-length", String(bytes.length)]];
  socket.write(head(status, [...length, ...headers]), "latin1");
  if (!bodyless) socket.write(bytes);
}

/** Calls `step` every `ms` milliseconds until it says false or the socket closes. */
export function every(socket: Socket, ms: number, step: () => boolean): void {
  const timer = setInterval(() => {
    if (socket.destroyed || !step()) clearInterval(timer);
  }, ms);
  socket.once("close", () => clearInterval(timer));
}

/** Calls `step` once after `ms` milliseconds, unless the socket closes before. */
export function after(socket: Socket, ms: number, step: () => void): void {
  const timer = setTimeout(() => {
    if (!socket.destroyed) step();
  }, ms);
  socket.once("close", () => clearTimeout(timer));
}

/** Writes what `next` gives for as long as the peer reads, respecting back-pressure. */
export function pour(socket: Socket, next: () => Buffer | null): void {
  const write = () => {
    for (;;) {
      if (socket.destroyed) return;
      const chunk = next();
      if (!chunk) return;
      if (!socket.write(chunk)) {
        socket.once("drain", write);
        return;
      }
    }
  };
  write();
}
