// Back-fills the demo's last 24 hours with SQL, once, into an environment that has no event yet. Every event of it is
// marked as seeded in its attributes. The story itself is made in ./simulate.
import type { Actor } from "@/lib/domain/access/permissions";
import { retryPolicySchema } from "@/lib/domain/retry/policy";
import { signingKeyBytes } from "@/lib/domain/signing/standard-webhooks";
import type { ServiceContext } from "@/lib/server/context";
import { type Behaviour, createBehaviours } from "./behaviours";
import type { PastEndpoint, PastRows } from "./past-rows";
import type { Random } from "./random";
import { simulatePast } from "./simulate";

/** Receivers by the first word of their path; null refuses connections. Inboxes had no past. */
function behavioursOfThePast(random: Random): Map<string, Behaviour | null> {
  // In the past the closing receiver was still open: it closes before people's eyes.
  const alive = createBehaviours(random, Number.POSITIVE_INFINITY);
  return new Map<string, Behaviour | null>([...Object.entries(alive), ["dead", null]]);
}

async function readEndpoints(
  ctx: ServiceContext,
  environmentId: string,
  random: Random,
): Promise<PastEndpoint[]> {
  const behaviours = behavioursOfThePast(random);
  const rows = await ctx.db.prisma.endpoint.findMany({
    where: { environmentId, deletedAt: null },
    include: { secrets: { where: { expiresAt: null } } },
    orderBy: { id: "asc" },
  });
  return rows.flatMap((row) => {
    const behaviour = behaviours.get(new URL(row.url).pathname.split("/")[1] ?? "");
    const [secret] = row.secrets;
    if (behaviour === undefined || secret === undefined) return [];
    const place = { table: "endpoint_secret", rowId: secret.id, field: "ciphertext" };
    return {
      id: row.id,
      url: row.url,
      behaviour,
      tenant: row.tenant,
      eventTypes: row.eventTypes,
      retryPolicy: retryPolicySchema.parse(row.retryPolicy),
      createdAtMs: row.createdAt.getTime(),
      heldSinceMs: row.state === "active" ? null : row.stateChangedAt.getTime(),
      headerNames: row.headerNames,
      secretId: secret.id,
      key: signingKeyBytes(ctx.secrets.open(secret.ciphertext, place)),
    };
  });
}

/** All or nothing: a half-written past would never be completed, because it is written into empty environments only. */
async function writeRows(ctx: ServiceContext, rows: PastRows): Promise<void> {
  const client = await ctx.db.hot.connect();
  try {
    await client.query("BEGIN");
    const insert = (table: "event" | "delivery" | "attempt", values: readonly object[]) =>
      client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`, [
        JSON.stringify(values),
      ]);
    await insert("event", rows.events);
    await insert("delivery", rows.deliveries);
    await insert("attempt", rows.attempts);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** Writes `eventCount` events with their deliveries and attempts; false when the environment has events already. */
export async function seedHistory(
  ctx: ServiceContext,
  actor: Actor,
  eventCount: number,
  random: Random,
): Promise<boolean> {
  const { environmentId } = actor;
  const present = await ctx.db.prisma.event.findFirst({ where: { environmentId }, select: { id: true } });
  if (present !== null) return false;
  const endpoints = await readEndpoints(ctx, environmentId, random);
  await writeRows(ctx, simulatePast({ environmentId, nowMs: ctx.now(), random, eventCount, endpoints }));
  return true;
}
