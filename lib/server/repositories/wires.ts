// Owns the reads of what a wire is made of: definitions of profiles and rules of field mappings. Both never change.
import type { Pool } from "pg";

async function readText(pool: Pool, name: string, text: string, id: number): Promise<string | null> {
  const { rows } = await pool.query<{ text: string }>({ name, text, values: [id] });
  return rows[0]?.text ?? null;
}

/** The definition of a profile's version as JSON text; null when there is none. */
export function readProfileDefinition(pool: Pool, id: number): Promise<string | null> {
  return readText(pool, "read_profile", "SELECT definition AS text FROM profile_version WHERE id = $1", id);
}

/** The rules of a field mapping as JSON text; null when there is none. */
export function readTransformRules(pool: Pool, id: number): Promise<string | null> {
  return readText(pool, "read_transform", "SELECT rules AS text FROM transform WHERE id = $1", id);
}
