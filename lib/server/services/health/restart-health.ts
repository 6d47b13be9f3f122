// Owns the fresh start of an endpoint's clock after a person has changed what was wrong with it.
import type { ServiceContext } from "../../context";
import { resolveAlerts } from "../../repositories/alerts";
import type { Tx } from "../../repositories/database";
import { resetHealth } from "../../repositories/endpoint-health";

/** Forgets failures and warnings, and ends the alerts about them. Call it last in a transaction: it locks health rows. */
export async function restartHealth(
  tx: Tx,
  ctx: Pick<ServiceContext, "now">,
  endpointId: string,
  /** Also when the endpoint has just been enabled: then it is disabled no more. */
  { isEnabled = false }: { isEnabled?: boolean } = {},
): Promise<void> {
  await resetHealth(tx, endpointId);
  const ended = isEnabled
    ? (["endpoint.failing", "endpoint.disabled"] as const)
    : (["endpoint.failing"] as const);
  await resolveAlerts(tx, endpointId, ended, new Date(ctx.now()));
}
