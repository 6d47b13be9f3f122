// Owns reading the audit trail.
import type { AuditEntryDto, ListAuditQuery } from "@/lib/contracts/audit";
import type { Page } from "@/lib/contracts/common";
import { type Actor, actorAllows } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../context";
import { type AuditRow, listAuditEntries } from "../repositories/audit";
import { requirePermission } from "./require-permission";

/** Objects whose own history is part of their page, open to everyone who may see them. */
const PUBLIC_TARGETS = /^(ep|dlv)_/;

function toDto(row: AuditRow): AuditEntryDto {
  return {
    id: row.id,
    action: row.action,
    actor: { kind: row.actorKind as AuditEntryDto["actor"]["kind"], id: row.actorId, label: row.actorLabel },
    target: { kind: row.targetKind, id: row.targetId },
    detail: row.detail as Record<string, unknown> | null,
    ip: row.ip,
    created_at: row.createdAt.toISOString(),
  };
}

/**
 * Entries of the actor's environment and of its workspace, newest first. The trail of one object is open to everyone
 * who may see endpoints (its page shows it), without addresses of people; the whole trail needs `audit:read`.
 */
export async function listAudit(
  ctx: ServiceContext,
  actor: Actor,
  query: ListAuditQuery,
): Promise<Page<AuditEntryDto>> {
  const own = query.target !== undefined && PUBLIC_TARGETS.test(query.target);
  requirePermission(actor, own ? "endpoints:read" : "audit:read");
  const showIp = actorAllows(actor, "audit:read");
  const rows = await listAuditEntries(ctx.db.prisma, {
    workspaceId: actor.workspaceId,
    environmentId: actor.environmentId,
    targetId: query.target,
    action: query.action,
    before: query.cursor,
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  return {
    data: page.map((row) => ({ ...toDto(row), ip: showIp ? row.ip : null })),
    next_cursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}
