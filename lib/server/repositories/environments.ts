// Owns reads of environments. An environment is always asked for together with its workspace.
import type { Environment } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export function findEnvironment(db: Client, workspaceId: string, id: string): Promise<Environment | null> {
  return db.environment.findFirst({ where: { id, workspaceId } });
}

/** Slug or id of the profile that new endpoints get when nobody names one; null for Standard Webhooks. */
export async function findDefaultProfile(db: Client, environmentId: string): Promise<string | null> {
  const row = await db.environment.findUnique({
    where: { id: environmentId },
    select: { defaultProfile: true },
  });
  return row?.defaultProfile ?? null;
}

/** Sets what `findDefaultProfile` gives. */
export async function setDefaultProfile(
  tx: Tx,
  environmentId: string,
  defaultProfile: string | null,
): Promise<void> {
  await tx.environment.update({
    where: { id: environmentId },
    data: { defaultProfile },
    select: { id: true },
  });
}

/** Holds the environment's row until the transaction ends, so that two of the same change run one after the other. */
export async function lockEnvironment(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM environment WHERE id = ${id} AND workspace_id = ${workspaceId} FOR NO KEY UPDATE`;
  return rows.length > 0;
}
