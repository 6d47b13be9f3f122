// Refuses a master key that is not the one this database's secrets were encrypted with: going on would
// make every endpoint unsignable, or encrypt new secrets with a key nobody keeps.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { LauncherError } from "@/bin/launcher-error";
import { countSealedByKey } from "@/lib/server/repositories/sealed-records";
import { createSecretBox, type SecretBox } from "@/lib/server/secrets/secret-box";

const NAME = "encryption_key_check";
const PLACE = { table: "instance_setting", rowId: NAME, field: "value" };
const KNOWN_TEXT = "signpost";

function opens(box: SecretBox, stored: Buffer): boolean {
  try {
    return box.open(stored, PLACE) === KNOWN_TEXT;
  } catch {
    return false;
  }
}

/** An older key that was taken away too early: what it sealed could not be signed with any more. */
async function refuseStrangeKeys(client: Client, box: SecretBox): Promise<void> {
  const counts = await countSealedByKey({ hot: client });
  const strange = [...counts].filter(([key]) => !box.keyIds.includes(key));
  if (strange.length === 0) return;
  const records = strange.reduce((sum, [, count]) => sum + count, 0);
  throw new LauncherError(
    `${records} stored secrets were encrypted with a key that is not given; add it to SIGNPOST_ENCRYPTION_KEY behind the new one and run signpost reencrypt.`,
  );
}

async function compare(client: Client, box: SecretBox): Promise<void> {
  const seal = () => JSON.stringify(box.seal(KNOWN_TEXT, PLACE).toString("base64"));
  // Of two first starts at the same moment with different keys, one wins and the other is refused below.
  const insert = "INSERT INTO instance_setting (key, value) VALUES ($1, $2::jsonb) ON CONFLICT DO NOTHING";
  await client.query(insert, [NAME, seal()]);
  const select = "SELECT value FROM instance_setting WHERE key = $1";
  const { rows } = await client.query<{ value: string }>(select, [NAME]);
  const stored = Buffer.from(rows[0]?.value ?? "", "base64");
  if (!opens(box, stored)) {
    throw new LauncherError(
      "The encryption key is not the one this database was made with; restore SIGNPOST_ENCRYPTION_KEY (or the file encryption-key in the data folder).",
    );
  }
  await refuseStrangeKeys(client, box);
  if (box.needsReseal(stored)) {
    await client.query("UPDATE instance_setting SET value = $2::jsonb WHERE key = $1", [NAME, seal()]);
  }
}

/**
 * Compares the keys with the check value in the database, and stores one when there is none yet.
 * When the first (current) key is new, an older one that is still given may open the value; it is then
 * sealed again. Throws LauncherError when no key opens it. With `dryRun` nothing is kept.
 */
export async function checkEncryptionKeys(
  databaseUrl: string,
  keys: readonly Buffer[],
  { dryRun = false } = {},
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("BEGIN");
    await compare(client, createSecretBox(keys, randomBytes));
    await client.query(dryRun ? "ROLLBACK" : "COMMIT");
  } finally {
    await client.end().catch(() => undefined);
  }
}
