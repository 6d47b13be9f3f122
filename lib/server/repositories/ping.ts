// Owns the smallest question to the database.
import type { Database } from "./database";

/** Resolves when both pools' server answers; the hot pool is asked, because ingest needs it. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.hot.query("SELECT 1");
}
