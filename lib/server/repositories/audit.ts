// Owns the audit trail's rows: who did what to which object, when and from where. Append-only: nothing here updates.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../context";
import type { AuditEntry } from "../db/generated/client";
import type { Database, Tx } from "./database";

export type AuditRow = AuditEntry;

export type AuditAction = {
  /** Past tense with its noun: `endpoint.created`, `api_key.revoked`. */
  action: string;
  targetKind: string;
  targetId: string;
  /** Small facts for people (old and new URL, scopes). Never a secret; what looks like one is masked. */
  detail?: Record<string, unknown>;
};

/** An actor outside any environment (sign-in, members): same words, no environment. */
export type WorkspaceActor = {
  kind: "user" | "system";
  userId?: string;
  label: string;
  workspaceId: string;
  environmentId: null;
  ip: string | null;
};

const SECRET_TEXT = /(whsec_|sp_live_|sp_test_)[A-Za-z0-9+/=_-]{16,}/g;
const MAX_TEXT = 2_048;

/** A mistake in a caller must not put a secret into a trail that nobody can edit. */
function masked(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(SECRET_TEXT, "$1[masked]").replaceAll("\0", "").slice(0, MAX_TEXT).toWellFormed();
  }
  if (Array.isArray(value)) return value.map(masked);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
  }
  return typeof value === "bigint" ? value.toString() : value;
}

function actorIdOf(actor: Actor | WorkspaceActor): string | null {
  if (actor.kind === "api_key") return actor.keyId;
  return actor.kind === "user" ? (actor.userId ?? null) : null;
}

const entryOf = (
  ctx: Pick<ServiceContext, "newId" | "now">,
  actor: Actor | WorkspaceActor,
  { action, targetKind, targetId, detail }: AuditAction,
) => ({
  id: ctx.newId("audit"),
  workspaceId: actor.workspaceId,
  environmentId: actor.environmentId,
  actorKind: actor.kind,
  actorId: actorIdOf(actor),
  actorLabel: actor.label,
  action,
  targetKind,
  targetId,
  ...(detail === undefined ? {} : { detail: masked(detail) as object }),
  ip: actor.ip,
  createdAt: new Date(ctx.now()),
});

/** Writes one entry. Call it inside the transaction of the change, so that neither exists without the other. */
export async function recordAudit(
  tx: Tx | Database["prisma"],
  ctx: Pick<ServiceContext, "newId" | "now">,
  actor: Actor | WorkspaceActor,
  action: AuditAction,
): Promise<void> {
  await tx.auditEntry.create({ data: entryOf(ctx, actor, action) });
}

/** Writes an entry for each of many objects that one change touched. */
export async function recordAudits(
  tx: Tx,
  ctx: Pick<ServiceContext, "newId" | "now">,
  actor: Actor | WorkspaceActor,
  actions: readonly AuditAction[],
): Promise<void> {
  await tx.auditEntry.createMany({ data: actions.map((action) => entryOf(ctx, actor, action)) });
}

export type AuditFilter = {
  workspaceId: string;
  /** Entries of this environment and of the workspace as a whole. */
  environmentId: string;
  targetId?: string;
  action?: string;
  /** Only entries older than this id. */
  before?: string;
  take: number;
};

/** Entries newest first (ids sort by time). */
export function listAuditEntries(db: Database["prisma"] | Tx, filter: AuditFilter): Promise<AuditRow[]> {
  return db.auditEntry.findMany({
    where: {
      workspaceId: filter.workspaceId,
      OR: [{ environmentId: filter.environmentId }, { environmentId: null }],
      ...(filter.targetId === undefined ? {} : { targetId: filter.targetId }),
      ...(filter.action === undefined ? {} : { action: filter.action }),
      ...(filter.before === undefined ? {} : { id: { lt: filter.before } }),
    },
    orderBy: { id: "desc" },
    take: filter.take,
  });
}
