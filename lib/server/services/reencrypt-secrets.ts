// Owns the online change of the encryption key: every stored secret is sealed again with the first key given.
import type { ServiceContext } from "../context";
import { listSealedWithOthers, replaceSealed } from "../repositories/sealed-records";
import type { SecretPlace } from "../secrets/secret-box";

const CHUNK = 200;

/** One row may have several sealed fields, and several tables share the ids of endpoints. */
const nameOf = ({ table, rowId, field }: SecretPlace) => `${table} ${rowId} ${field}`;

export type ReencryptResult = { reencrypted: number; unreadable: number };

/**
 * Seals everything again that was not sealed with the current key. Each record is one small update, so it can be stopped
 * at any moment and run again; running instances sign all the while with either key. `progress` is told after each chunk.
 */
export async function reencryptSecrets(
  ctx: Pick<ServiceContext, "db" | "secrets">,
  progress: (done: number) => void = () => undefined,
): Promise<ReencryptResult> {
  let reencrypted = 0;
  const unreadable = new Set<string>();
  for (;;) {
    const records = await listSealedWithOthers(ctx.db, ctx.secrets.currentKeyId, CHUNK + unreadable.size);
    const fresh = records.filter(({ place }) => !unreadable.has(nameOf(place)));
    if (fresh.length === 0) return { reencrypted, unreadable: unreadable.size };
    for (const record of fresh) {
      try {
        const plaintext = ctx.secrets.open(record.ciphertext, record.place);
        if (await replaceSealed(ctx.db, record, ctx.secrets.seal(plaintext, record.place))) reencrypted++;
      } catch (error) {
        // A record that no key opens stays as it is: it may be readable with a key that is not given here.
        if (!(error instanceof Error) || error.name !== "SecretUnreadableError") throw error;
        unreadable.add(nameOf(record.place));
      }
    }
    progress(reencrypted);
  }
}
