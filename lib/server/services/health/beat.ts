// Owns the sign of life of this instance as a whole, one a minute. A gap is time in which nobody was there to deliver:
// it is written down as our own outage and counts against no endpoint.
import { z } from "zod";
import { stoppedSpan } from "@/lib/domain/health/outage";
import type { ServiceContext } from "../../context";
import { inTransaction } from "../../repositories/database";
import { readSetting, writeSetting } from "../../repositories/instance-settings";
import { deleteOldOutages, insertOutage, lockOutages } from "../../repositories/own-outages";

const KEY = "heartbeat";
/** Longer than any rule's time, twice: an outage older than this lies in nobody's clock. */
const KEEP_OUTAGES_MS = 62 * 86_400_000;

const stored = z.object({ at: z.iso.datetime() });

/** Gives a sign of life; a gap before it becomes an outage. Safe to call as often as one likes, by any process. */
export async function beat(ctx: ServiceContext): Promise<void> {
  const nowMs = ctx.now();
  await inTransaction(ctx.db, async (tx) => {
    await lockOutages(tx);
    const last = stored.safeParse(await readSetting(tx, KEY));
    const lastMs = last.success ? Date.parse(last.data.at) : null;
    // Another process's clock may be ahead: time does not go back.
    if (lastMs !== null && lastMs >= nowMs) return;
    const gap = stoppedSpan(lastMs, nowMs);
    if (gap !== null) {
      await insertOutage(tx, {
        kind: "stopped",
        startedAt: new Date(gap.startMs),
        endedAt: new Date(nowMs),
      });
      await deleteOldOutages(tx, new Date(nowMs - KEEP_OUTAGES_MS));
    }
    await writeSetting(tx, KEY, { at: new Date(nowMs).toISOString() }, new Date(nowMs));
  });
}
