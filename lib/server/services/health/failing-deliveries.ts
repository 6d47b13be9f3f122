// Owns how many deliveries of an endpoint fail at the moment: what a rule's `min_failures` is compared with.
import { makeId } from "@/lib/domain/ids";
import type { Database, Tx } from "../../repositories/database";
import { countFailingDeliveries } from "../../repositories/endpoint-health";

/** Retries of older deliveries than this are over: no schedule is longer. */
const OLDER_MS = 31 * 86_400_000;
const NO_RANDOM = new Uint8Array(10);

/** Deliveries with a failed attempt since the endpoint began to fail; counting stops at `atMost`. */
export function failingDeliveries(
  client: Database["prisma"] | Tx,
  { endpointId, failingSince, atMost }: { endpointId: string; failingSince: Date; atMost: number },
): Promise<number> {
  // Ids sort by time, so a moment is a position in the index.
  const idAt = (ms: number) => makeId("delivery", Math.max(0, ms), NO_RANDOM);
  const since = failingSince.getTime();
  return countFailingDeliveries(client, {
    endpointId,
    failingSince,
    sinceId: idAt(since),
    olderId: idAt(since - OLDER_MS),
    atMost,
  });
}
