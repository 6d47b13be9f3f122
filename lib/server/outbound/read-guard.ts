// Owns how fast and how much the HTTP parser may read from a socket. Hostile answers are cheap to send and dear to parse:
// thousands of tiny headers, or chunk extensions without end, of which the parser reports nothing until much later.
import type { Socket } from "node:net";

/**
 * Bytes that the parser gets at a time. undici goes on through the piece in which it found the head too large, at a cost
 * for each further header; with the 64 KiB of a socket read that was 100 ms of this process for one answer.
 */
const PIECE_BYTES = 2_048;

/** Bytes of one answer, with everything that is not body. */
const MAX_ANSWER_BYTES = 1_048_576;

export type ReadGuard = {
  /** Starts counting anew, for the next answer. */
  renew(): void;
};

/** Makes `socket.read()` give small pieces, and destroys the socket when one answer exceeds its bytes. */
export function guardReads(socket: Socket): ReadGuard {
  const read: (size?: number) => Buffer | null = socket.read.bind(socket);
  let left = MAX_ANSWER_BYTES;

  socket.read = (size?: number): Buffer | null => {
    if (socket.destroyed) return null;
    const piece = size === undefined && socket.readableLength > PIECE_BYTES ? read(PIECE_BYTES) : read(size);
    if (piece === null) return null;
    left -= piece.length;
    if (left >= 0) return piece;
    socket.destroy(Object.assign(new Error("the answer is too large"), { code: "HPE_ANSWER_TOO_LARGE" }));
    return null;
  };

  return {
    renew() {
      left = MAX_ANSWER_BYTES;
    },
  };
}
