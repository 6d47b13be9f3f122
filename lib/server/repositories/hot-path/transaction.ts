// Owns transactions on the hot path's own pool.
import type { PoolClient } from "pg";
import type { Database } from "../database";

export type HotClient = Pick<PoolClient, "query">;

/** Runs `work` in one transaction; commits when it resolves, rolls back when it throws. */
export async function inHotTransaction<T>(db: Database, work: (client: HotClient) => Promise<T>): Promise<T> {
  const client = await db.hot.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((cause: unknown) => {
      // A connection that cannot roll back must not go back into the pool inside a transaction.
      broken = cause instanceof Error ? cause : new Error("rollback failed");
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
