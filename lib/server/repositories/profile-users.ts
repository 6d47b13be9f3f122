// Owns the rows of endpoints as users of a profile: found, held and changed many at a time.
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import type { RetryPolicy } from "@/lib/domain/retry/policy";
import { Prisma } from "../db/generated/client";
import type { Tx } from "./database";

export type ProfileUser = {
  id: string;
  url: string;
  headerNames: string[];
  /** The header that its authentication sets, lower case; null without one. */
  authHeader: string | null;
  overrides: string[];
  /** The version that it sends. */
  number: number;
};

/** Endpoints of the environment on another version of the profile than this one, locked until the transaction ends. */
export function lockEndpointsOf(
  tx: Tx,
  environmentId: string,
  profileId: string,
  exceptVersionId: number,
): Promise<ProfileUser[]> {
  return tx.$queryRaw<ProfileUser[]>`
    SELECT e.id, e.url, e.header_names AS "headerNames", a.header_name AS "authHeader", e.overrides, v.number
    FROM endpoint e JOIN profile_version v ON v.id = e.profile_version_id
    LEFT JOIN endpoint_auth a ON a.endpoint_id = e.id
    WHERE e.environment_id = ${environmentId} AND e.deleted_at IS NULL
      AND e.unsubscribed_at IS NULL AND (e.expires_at IS NULL OR e.expires_at > now())
      AND v.profile_id = ${profileId} AND v.id <> ${exceptVersionId}
    ORDER BY e.id
    FOR NO KEY UPDATE OF e`;
}

export type ProfileUserChange = {
  profileVersionId: number;
  timeoutMs?: number;
  retryPolicy?: RetryPolicy;
  /** Null: never. */
  autoDisable?: AutoDisableRule | null;
};

/** Changes endpoints that `lockEndpointsOf` holds. */
export async function updateProfileUsers(
  tx: Tx,
  ids: readonly string[],
  { autoDisable, ...change }: ProfileUserChange,
  now: Date,
): Promise<void> {
  await tx.endpoint.updateMany({
    where: { id: { in: [...ids] } },
    data: {
      ...change,
      ...(autoDisable !== undefined && { autoDisable: autoDisable ?? Prisma.DbNull }),
      updatedAt: now,
    },
  });
}

/** The sealed forms of the live secrets of these endpoints. */
export function listSealedSecretsOf(tx: Tx, endpointIds: readonly string[], now: Date) {
  return tx.endpointSecret.findMany({
    where: { endpointId: { in: [...endpointIds] }, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: { id: true, endpointId: true, ciphertext: true },
  });
}
