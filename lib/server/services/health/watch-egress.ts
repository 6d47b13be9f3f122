// Owns finding out that nothing gets out of here, telling people, and noticing that it does again.
import { ANSWERED_BEFORE_MS, judgeEgress } from "@/lib/domain/health/egress";
import { isUnanswered } from "@/lib/domain/health/faults";
import type { ServiceContext } from "../../context";
import { resolveByKey } from "../../repositories/alerts";
import { inTransaction, type Tx } from "../../repositories/database";
import { type EgressRow, forgetFailuresSince, listActiveHealth } from "../../repositories/endpoint-health";
import { endOutage, findOpenOutage, insertOutage, lockOutages } from "../../repositories/own-outages";
import { raiseAlert } from "../alerts/raise-alert";

/** Endpoints without an attempt for so long say nothing about now. */
const LOOK_BACK_MS = 3_600_000;

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

const fellSilent = (row: EgressRow, since: Date) =>
  row.lastErrorClass !== null &&
  isUnanswered(row.lastErrorClass) &&
  row.lastFailureAt !== null &&
  row.lastFailureAt >= since;

/** True while nothing gets out: then no endpoint is warned about or disabled. Alerts come with each change. */
export async function watchEgress(ctx: ServiceContext): Promise<boolean> {
  const now = new Date(ctx.now());
  const ownOrigin = originOf(ctx.publicUrl);
  return inTransaction(ctx.db, async (tx) => {
    await lockOutages(tx);
    const open = await findOpenOutage(tx, "egress");
    const since = new Date(
      Math.min(now.getTime() - LOOK_BACK_MS, open?.startedAt.getTime() ?? now.getTime()),
    );
    // Our own Inbox is called without leaving this machine: its answers prove nothing.
    const rows = (await listActiveHealth(tx, since)).filter((row) => originOf(row.url) !== ownOrigin);
    const verdict = judgeEgress(
      rows.map((row) => ({
        origin: originOf(row.url),
        failingSinceMs: row.failingSince?.getTime() ?? null,
        lastFailureAtMs: row.lastFailureAt?.getTime() ?? null,
        lastErrorClass: row.lastErrorClass,
        lastSuccessAtMs: row.lastSuccessAt?.getTime() ?? null,
      })),
      open?.startedAt.getTime() ?? null,
      now.getTime(),
    );
    if (verdict.verdict === "down") {
      if (open === null) await begin(tx, ctx, rows, new Date(verdict.sinceMs));
      return true;
    }
    if (open !== null) await end(tx, ctx, open, rows.filter((row) => fellSilent(row, open.startedAt)).length);
    return false;
  });
}

async function begin(tx: Tx, ctx: ServiceContext, rows: readonly EgressRow[], since: Date): Promise<void> {
  const id = await insertOutage(tx, { kind: "egress", startedAt: since, endedAt: null });
  const silent = rows.filter((row) => fellSilent(row, since));
  for (const workspaceId of new Set(silent.map((row) => row.workspaceId))) {
    await raiseAlert(tx, ctx, {
      workspaceId,
      environmentId: null,
      endpointId: null,
      dedupeKey: `egress:${id}`,
      content: {
        kind: "egress.down",
        facts: {
          since: since.toISOString(),
          until: null,
          endpoints: silent.filter((row) => row.workspaceId === workspaceId).length,
        },
      },
    });
  }
  ctx.logger.error({ since, endpoints: silent.length }, "nothing gets out: no receiver answers any more");
}

async function end(
  tx: Tx,
  ctx: ServiceContext,
  outage: { id: number; startedAt: Date },
  endpoints: number,
): Promise<void> {
  const now = new Date(ctx.now());
  await endOutage(tx, outage.id, now);
  // What was well and began to fail meanwhile did so because of us; what still fails will say so at its next attempt.
  await forgetFailuresSince(tx, outage.startedAt, ANSWERED_BEFORE_MS);
  for (const workspaceId of await resolveByKey(tx, `egress:${outage.id}`, now)) {
    await raiseAlert(tx, ctx, {
      workspaceId,
      environmentId: null,
      endpointId: null,
      dedupeKey: `egress:${outage.id}:over`,
      isOver: true,
      content: {
        kind: "egress.down",
        facts: { since: outage.startedAt.toISOString(), until: now.toISOString(), endpoints },
      },
    });
  }
  ctx.logger.info({ since: outage.startedAt }, "deliveries get out again");
}
