// Owns the rows of endpoint secrets: which of them are live, when they end, and that ended ones keep no ciphertext.
import type { Tx } from "./database";

/** Nothing that can be opened: an ended secret keeps its id and hint, because attempts name it. */
const WIPED = new Uint8Array(0);

export type NewSecret = {
  id: string;
  endpointId: string;
  ciphertext: Uint8Array<ArrayBuffer>;
  hint: string;
  publicKey: string | null;
  createdAt: Date;
};

/** Adds the current secret; the previous one must have been given an end before. */
export async function insertSecret(tx: Tx, secret: NewSecret): Promise<void> {
  await tx.endpointSecret.create({ data: secret, select: { id: true } });
}

/** Live secrets of an endpoint that the caller has locked, newest first. */
export function listLiveSecrets(tx: Tx, endpointId: string, now: Date) {
  return tx.endpointSecret.findMany({
    where: { endpointId, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: { id: true, hint: true, expiresAt: true, createdAt: true },
    orderBy: { id: "desc" },
  });
}

/** The sealed forms of the live secrets. */
export function listSealedSecrets(tx: Tx, endpointId: string, now: Date) {
  return tx.endpointSecret.findMany({
    where: { endpointId, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: { id: true, ciphertext: true, expiresAt: true },
  });
}

/** Gives secrets their end. */
export async function expireSecrets(
  tx: Tx,
  endpointId: string,
  ids: string[],
  expiresAt: Date,
): Promise<void> {
  await tx.endpointSecret.updateMany({ where: { endpointId, id: { in: ids } }, data: { expiresAt } });
}

/** Removes the key material of every secret that has ended. */
export async function wipeEndedSecrets(tx: Tx, endpointId: string, now: Date): Promise<void> {
  await tx.endpointSecret.updateMany({
    where: { endpointId, expiresAt: { lte: now } },
    data: { ciphertext: WIPED },
  });
}

/** Removes all secrets of an endpoint. */
export async function deleteSecrets(tx: Tx, endpointId: string): Promise<void> {
  await tx.endpointSecret.deleteMany({ where: { endpointId } });
}
