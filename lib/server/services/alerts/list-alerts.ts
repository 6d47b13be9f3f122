// Owns the list of alerts: what happened, whether it still is so, and how far telling people has come.
import type { AlertDto, ListAlertsQuery } from "@/lib/contracts/alerts";
import type { Page } from "@/lib/contracts/common";
import type { Actor } from "@/lib/domain/access/permissions";
import { describeAlert } from "@/lib/domain/alerts/describe";
import { readContent } from "@/lib/domain/alerts/facts";
import type { Severity } from "@/lib/domain/alerts/kinds";
import type { ServiceContext } from "../../context";
import { listAlertRows } from "../../repositories/alerts";
import { statesOf } from "../../repositories/notifications";
import { requirePermission } from "../require-permission";

type Row = Awaited<ReturnType<typeof listAlertRows>>[number];

/** `leads` has the state of each message that others were folded into: it carries them. */
function toAlertDto(row: Row, leads: ReadonlyMap<string, string>): AlertDto {
  const content = readContent(row.kind, row.facts);
  const states = row.notifications.map(({ state, foldedInto }) =>
    foldedInto === null ? state : (leads.get(foldedInto) ?? state),
  );
  const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
  return {
    id: row.id,
    kind: content.kind,
    severity: row.severity as Severity,
    endpoint_id: row.endpointId,
    ...describeAlert(content, row.endpointId, row.createdAt.getTime()),
    created_at: row.createdAt.toISOString(),
    resolved_at: row.resolvedAt?.toISOString() ?? null,
    is_decided: row.announcedAt !== null,
    told: {
      sent: count("sent"),
      kept: count("kept"),
      waiting: count("waiting", "ready"),
      failed: count("failed"),
    },
  };
}

/** One page of the environment's alerts, newest first. */
export async function listAlerts(
  ctx: ServiceContext,
  actor: Actor,
  query: ListAlertsQuery,
): Promise<Page<AlertDto>> {
  requirePermission(actor, "alerts:read");
  const rows = await listAlertRows(ctx.db.prisma, {
    workspaceId: actor.workspaceId,
    environmentId: actor.environmentId,
    kind: query.kind,
    endpointId: query.endpoint,
    open: query.open === "true",
    before: query.cursor,
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const more = rows.length > query.limit;
  const leads = await statesOf(
    ctx.db.prisma,
    page.flatMap((row) => row.notifications.flatMap(({ foldedInto }) => foldedInto ?? [])),
  );
  return {
    data: page.map((row) => toAlertDto(row, leads)),
    next_cursor: more ? (page.at(-1)?.id ?? null) : null,
  };
}
