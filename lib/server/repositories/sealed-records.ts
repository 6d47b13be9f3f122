// Owns the sealed columns as a whole: which keys they were sealed with, and their re-sealing record by record.
// A record starts with a format byte and four bytes of key id (see secrets/secret-box).
import type { ClientBase } from "pg";
import type { SecretPlace } from "../secrets/secret-box";
import type { Database } from "./database";

export type SealedRecord = { place: SecretPlace; ciphertext: Buffer };

const SEALED = `
  SELECT 'endpoint_secret' AS "table", id, 'ciphertext' AS field, ciphertext FROM endpoint_secret
  WHERE length(ciphertext) > 0
  UNION ALL
  SELECT 'endpoint', id, 'headers_ciphertext', headers_ciphertext FROM endpoint WHERE headers_ciphertext IS NOT NULL
  UNION ALL
  SELECT 'endpoint_auth', endpoint_id, 'ciphertext', ciphertext FROM endpoint_auth
  UNION ALL
  SELECT 'endpoint_client_certificate', endpoint_id, 'ciphertext', ciphertext FROM endpoint_client_certificate
  UNION ALL
  SELECT 'alert_channel', id, 'config_ciphertext', config_ciphertext FROM alert_channel`;

/** One statement for each sealed column; the table comes from a record and picks one, it is never put into a text. */
const REPLACE: Record<string, string> = {
  endpoint: "UPDATE endpoint SET headers_ciphertext = $3 WHERE id = $1 AND headers_ciphertext = $2",
  endpoint_secret: "UPDATE endpoint_secret SET ciphertext = $3 WHERE id = $1 AND ciphertext = $2",
  endpoint_auth: "UPDATE endpoint_auth SET ciphertext = $3 WHERE endpoint_id = $1 AND ciphertext = $2",
  alert_channel: "UPDATE alert_channel SET config_ciphertext = $3 WHERE id = $1 AND config_ciphertext = $2",
  endpoint_client_certificate:
    "UPDATE endpoint_client_certificate SET ciphertext = $3 WHERE endpoint_id = $1 AND ciphertext = $2",
};

/** How many records there are for each key id (hexadecimal). */
export async function countSealedByKey(db: { hot: Pick<ClientBase, "query"> }): Promise<Map<string, number>> {
  const { rows } = await db.hot.query<{ key: string; n: number }>(
    `SELECT encode(substring(ciphertext FROM 2 FOR 4), 'hex') AS key, count(*)::int AS n FROM (${SEALED}) s GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.key, row.n]));
}

/** Up to `limit` records that were not sealed with the given key. */
export async function listSealedWithOthers(
  db: Database,
  keyId: string,
  limit: number,
): Promise<SealedRecord[]> {
  const { rows } = await db.hot.query<{ table: string; id: string; field: string; ciphertext: Buffer }>(
    `SELECT * FROM (${SEALED}) s WHERE encode(substring(ciphertext FROM 2 FOR 4), 'hex') <> $1 LIMIT $2`,
    [keyId, limit],
  );
  return rows.map((row) => ({
    place: { table: row.table, rowId: row.id, field: row.field },
    ciphertext: row.ciphertext,
  }));
}

/** Replaces a record unless somebody else has changed it meanwhile; true when it did. */
export async function replaceSealed(
  db: Database,
  { place, ciphertext }: SealedRecord,
  sealed: Buffer,
): Promise<boolean> {
  const text = REPLACE[place.table];
  if (text === undefined) throw new Error(`nothing in ${place.table} is sealed`);
  const { rowCount } = await db.hot.query(text, [place.rowId, ciphertext, sealed]);
  return rowCount === 1;
}
