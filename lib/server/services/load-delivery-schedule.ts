// Owns the engine's step "load": when a delivery is due next, by its row.
import { readSchedule } from "../repositories/hot-path/lease-statements";
import { getRuntime } from "../runtime";

/** `settled` for everything that waits for no attempt: final, held, or gone. */
export async function loadDeliverySchedule({
  deliveryId,
}: {
  deliveryId: string;
}): Promise<{ outcome: "settled" } | { outcome: "waiting"; nextAttemptAt: string }> {
  const schedule = await readSchedule(getRuntime().db.hot, deliveryId);
  if (schedule === null || schedule.state !== "pending" || schedule.nextAttemptAt === null) {
    return { outcome: "settled" };
  }
  return { outcome: "waiting", nextAttemptAt: schedule.nextAttemptAt.toISOString() };
}
