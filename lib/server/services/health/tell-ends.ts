// Owns two kinds of news that no single attempt brings: deliveries that gave up, counted together, and certificates that
// run out.
import { CERTIFICATE_HORIZON_MS, certificateStage } from "@/lib/domain/alerts/certificate";
import type { ServiceContext } from "../../context";
import { findKnownKeys, resolveByPrefix } from "../../repositories/alerts";
import { inTransaction } from "../../repositories/database";
import {
  type EndingRow,
  listEndingCertificates,
  listExhausted,
  markExhaustedTold,
} from "../../repositories/endpoint-health";
import { endpointFacts, raiseAlert } from "../alerts/raise-alert";

const PAGE = 500;
const DAY_MS = 86_400_000;

/** One alert for each endpoint with deliveries that gave up since it was last told. */
export async function tellExhausted(ctx: ServiceContext): Promise<number> {
  let told = 0;
  for (const row of await listExhausted(ctx.db.prisma, PAGE)) {
    const { endpointId, exhausted } = row;
    told += await inTransaction(ctx.db, async (tx) => {
      if (!(await markExhaustedTold(tx, endpointId, { told: row.told, exhausted }))) return 0;
      await raiseAlert(tx, ctx, {
        workspaceId: row.workspaceId,
        environmentId: row.environmentId,
        endpointId,
        dedupeKey: `exhausted:${endpointId}:${exhausted}`,
        content: {
          kind: "delivery.exhausted",
          facts: { endpoint: endpointFacts(row), count: Number(exhausted - row.told) },
        },
      });
      return 1;
    });
  }
  return told;
}

type Ending = EndingRow & { key: string; stage: number };

/** What the keys of one endpoint's certificates begin with: those of the receiver, or ours. */
const keyStart = ({ whose, endpointId }: EndingRow) => `certificate:${whose}:${endpointId}:`;

function endingOf(row: EndingRow, nowMs: number): Ending[] {
  const stage = certificateStage(row.expiresAt.getTime(), row.seenAt?.getTime() ?? null, nowMs);
  if (stage === null) return [];
  return [{ ...row, stage, key: `${keyStart(row)}${row.expiresAt.getTime()}:${stage}` }];
}

/** One alert for each certificate at each stage; gives how many. */
export async function tellCertificates(ctx: ServiceContext): Promise<number> {
  const { prisma } = ctx.db;
  const nowMs = ctx.now();
  const horizon = new Date(nowMs + CERTIFICATE_HORIZON_MS);
  let after = { endpointId: "", whose: "" };
  let told = 0;
  for (;;) {
    const rows = await listEndingCertificates(prisma, horizon, { after, take: PAGE });
    const endings = rows.flatMap((row) => endingOf(row, nowMs));
    const known = await findKnownKeys(
      prisma,
      endings.map(({ key }) => key),
    );
    for (const ending of endings.filter(({ key }) => !known.has(key))) await tellCertificate(ctx, ending);
    told += endings.length - known.size;
    after = rows.at(-1) ?? after;
    if (rows.length < PAGE) return told;
  }
}

async function tellCertificate(ctx: ServiceContext, ending: Ending): Promise<void> {
  const { expiresAt } = ending;
  const nowMs = ctx.now();
  await inTransaction(ctx.db, async (tx) => {
    // An earlier stage of it, or an earlier certificate: this says all that it said.
    await resolveByPrefix(tx, keyStart(ending), new Date(nowMs));
    await raiseAlert(tx, ctx, {
      workspaceId: ending.workspaceId,
      environmentId: ending.environmentId,
      endpointId: ending.endpointId,
      dedupeKey: ending.key,
      severity: expiresAt.getTime() - nowMs <= DAY_MS ? "critical" : "warning",
      content: {
        kind: "certificate.expiring",
        facts: {
          endpoint: endpointFacts(ending),
          whose: ending.whose,
          expires_at: expiresAt.toISOString(),
        },
      },
    });
  });
}
