// A receiver as cheap as possible: raw sockets, no HTTP library, so that the figures are the sender's.
// Talks to its parent over IPC: {take: true} is answered with what arrived since the last time.
import { createServer, type Socket } from "node:net";

let ids: string[] = [];
let times: number[] = [];
const ANSWER = Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
const HEAD_END = Buffer.from("\r\n\r\n");

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

function serve(socket: Socket): void {
  socket.setNoDelay(true);
  let pending: Buffer | null = null;
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    let buffer = pending === null ? chunk : Buffer.concat([pending, chunk]);
    pending = null;
    for (;;) {
      const end = buffer.indexOf(HEAD_END);
      if (end === -1) break;
      const head = buffer.toString("latin1", 0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      const total = end + 4 + length;
      if (buffer.length < total) break;
      const id = /\r\nwebhook-id: *([^\r]+)/i.exec(head)?.[1];
      if (id !== undefined) {
        ids.push(id);
        times.push(nowMs());
      }
      socket.write(ANSWER);
      buffer = buffer.subarray(total);
    }
    if (buffer.length > 0) pending = buffer;
  });
}

const server = createServer(serve);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" && address !== null ? address.port : 0 });
});
process.on("message", (message: { take?: boolean; count?: boolean }) => {
  if (message.count) process.send?.({ count: ids.length });
  if (message.take) {
    process.send?.({ ids, times });
    ids = [];
    times = [];
  }
});
process.on("disconnect", () => process.exit(0));
