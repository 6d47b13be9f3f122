// Owns encryption at rest: AES-256-GCM with a key id in the record and the row bound in as associated data.
// Refuses to know what a secret is for; callers name the place it belongs to.
import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 4;

/** Where a ciphertext lives. Moved to another row or field, it no longer opens. */
export type SecretPlace = { table: string; rowId: string; field: string };

export type SecretBox = {
  /** Ciphertext: format, key id, nonce, sealed bytes, tag. `nonce` must be 12 fresh random bytes. */
  seal(plaintext: string, place: SecretPlace): Buffer;
  /** The plaintext; throws when the key is unknown, the place is another, or one bit was changed. */
  open(ciphertext: Uint8Array, place: SecretPlace): string;
  /** True when the record was not sealed with the current (first) key. */
  needsReseal(ciphertext: Uint8Array): boolean;
  currentKeyId: string;
  /** Ids of all keys given, hexadecimal. */
  keyIds: string[];
};

/** A record that cannot be opened. The message never has any part of the secret. */
export class SecretUnreadableError extends Error {
  override readonly name = "SecretUnreadableError";
}

function keyIdOf(key: Buffer): Buffer {
  return createHash("sha256").update("signpost key id").update(key).digest().subarray(0, KEY_ID_BYTES);
}

function associatedData({ table, rowId, field }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([table, rowId, field]));
}

/**
 * A box over one or more 32-byte keys: the first seals, all of them open (so that keys can be rotated online).
 * `randomBytes` gives fresh random bytes.
 */
export function createSecretBox(keys: readonly Buffer[], randomBytes: (size: number) => Buffer): SecretBox {
  const [current] = keys;
  if (current === undefined) throw new Error("an encryption key is needed");
  for (const key of keys) if (key.length !== 32) throw new Error("an encryption key must have 32 bytes");
  const byId = new Map(keys.map((key) => [keyIdOf(key).toString("hex"), key]));
  const currentId = keyIdOf(current);

  return {
    currentKeyId: currentId.toString("hex"),
    keyIds: [...byId.keys()],
    seal(plaintext, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(place));
      const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), currentId, nonce, sealed, cipher.getAuthTag()]);
    },
    open(ciphertext, place) {
      const record = Buffer.from(ciphertext);
      const header = 1 + KEY_ID_BYTES + NONCE_BYTES;
      if (record.length < header + TAG_BYTES || record[0] !== FORMAT) {
        throw new SecretUnreadableError("the stored secret is damaged");
      }
      const keyId = record.subarray(1, 1 + KEY_ID_BYTES).toString("hex");
      const key = byId.get(keyId);
      if (key === undefined) {
        throw new SecretUnreadableError(
          `the stored secret was encrypted with key ${keyId}, which is not configured`,
        );
      }
      const decipher = createDecipheriv("aes-256-gcm", key, record.subarray(1 + KEY_ID_BYTES, header), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(place));
      decipher.setAuthTag(record.subarray(record.length - TAG_BYTES));
      try {
        const body = record.subarray(header, record.length - TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new SecretUnreadableError("the stored secret does not belong to this place or was changed", {
          cause,
        });
      }
    },
    needsReseal(ciphertext) {
      return !Buffer.from(ciphertext.subarray(1, 1 + KEY_ID_BYTES)).equals(currentId);
    },
  };
}
