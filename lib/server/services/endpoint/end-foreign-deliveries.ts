// Owns what a change of an endpoint's tenant does to its waiting and held deliveries: those of another tenant's events end,
// so that no address of one tenant ever gets another one's data.
import type { ServiceContext } from "@/lib/server/context";
import type { Tx } from "@/lib/server/repositories/database";
import { cancelForeignDeliveries, type EndpointRef } from "@/lib/server/repositories/endpoint-deliveries";
import { findEndpoint, lockEndpoint } from "@/lib/server/repositories/endpoints";
import { moveRemaining } from "./move-deliveries";

/**
 * Ends the first chunk of them, in the transaction that has just changed the endpoint's tenant. Call what it gives after the
 * commit: it ends the others. What is in this process's or another one's hands meanwhile is stopped before its next attempt
 * (`createPump`).
 */
export async function endForeignDeliveries(
  tx: Tx,
  ctx: ServiceContext,
  ref: EndpointRef,
  tenant: string,
): Promise<() => Promise<void>> {
  let after = "";
  const chunk = async (each: Tx): Promise<number> => {
    const { seen, lastId } = await cancelForeignDeliveries(each, ref, after);
    after = lastId;
    return seen;
  };
  const first = await chunk(tx);
  return async () => {
    await moveRemaining(ctx, first, async (each) => {
      if (!(await lockEndpoint(each, ref.environmentId, ref.endpointId))) return null;
      const current = await findEndpoint(each, ref.environmentId, ref.endpointId, new Date(ctx.now()));
      return current?.tenant === tenant ? chunk(each) : null;
    });
  };
}
