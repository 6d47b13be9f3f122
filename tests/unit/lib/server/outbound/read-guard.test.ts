import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { guardReads, type ReadGuard } from "@/lib/server/outbound/read-guard";

const open: { destroy(): void }[] = [];

afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** A guarded client socket whose peer sends so many bytes, and what the guard let through. */
async function receive(bytes: number, onPiece: (guard: ReadGuard, total: number) => void = () => undefined) {
  const server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end(Buffer.alloc(bytes));
    open.push(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = net.connect((server.address() as AddressInfo).port, "127.0.0.1");
  const guard = guardReads(socket);
  const pieces: number[] = [];
  let total = 0;
  let error: unknown = null;
  socket.on("error", (reason) => {
    error = reason;
  });
  socket.on("readable", () => {
    for (let piece = socket.read(); piece !== null; piece = socket.read()) {
      pieces.push(piece.length);
      total += piece.length;
      onPiece(guard, total);
    }
  });
  // Not `once`: it would reject with the very error that a test wants to see.
  await new Promise((resolve) => socket.once("close", resolve));
  server.close();
  return { pieces, total, error };
}

describe("R-24 the read guard", () => {
  it("gives the parser small pieces, and every byte", async () => {
    const { pieces, total, error } = await receive(300_000);
    expect(Math.max(...pieces)).toBe(2_048);
    expect(total).toBe(300_000);
    expect(error).toBeNull();
  });

  it("R-18 ends an answer that is larger than 1 MiB", async () => {
    const { total, error } = await receive(3_000_000);
    expect(total).toBeLessThanOrEqual(1_048_576);
    expect(error).toMatchObject({ code: "HPE_ANSWER_TOO_LARGE" });
  });

  it("counts each answer by itself", async () => {
    const { total, error } = await receive(3_000_000, (guard) => guard.renew());
    expect(total).toBe(3_000_000);
    expect(error).toBeNull();
  });
});
