// Owns the engine's sweep: whatever is due and held by nobody gets attempted, wherever it was lost.
import { getRuntime } from "../runtime";

/** Claims what is due until nothing is left or there is no room; gives how many were claimed. */
export async function sweepDeliveries(): Promise<{ claimed: number }> {
  return { claimed: await getRuntime().pump.claimNow() };
}
