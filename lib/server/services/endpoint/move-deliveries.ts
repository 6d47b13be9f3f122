// Owns the long tail of a state change: a backlog larger than one statement is moved chunk by chunk, each in its own
// transaction that first makes sure the endpoint is still in the state that the move was meant for.
import type { ServiceContext } from "@/lib/server/context";
import { inTransaction, type Tx } from "@/lib/server/repositories/database";
import { MOVE_CHUNK } from "@/lib/server/repositories/endpoint-deliveries";

/** How many rows one chunk moved, or null when the endpoint has changed meanwhile and the move is over. */
export type MoveChunk = (tx: Tx) => Promise<number | null>;

/** Continues after a first chunk of `moved` rows until a chunk is not full; gives the number of all rows moved. */
export async function moveRemaining(ctx: ServiceContext, moved: number, chunk: MoveChunk): Promise<number> {
  let total = moved;
  let last = moved;
  while (last === MOVE_CHUNK) {
    const count = await inTransaction(ctx.db, chunk);
    if (count === null) break;
    last = count;
    total += count;
  }
  return total;
}
