// Owns the news of a new signing secret: whoever runs the receiver has to know, whoever rotated it.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../../context";
import type { Tx } from "../../repositories/database";
import { endpointFacts, raiseAlert } from "./raise-alert";

/** Raises `secret.rotated` in the transaction that made the secret. */
export async function tellRotation(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  rotation: {
    endpoint: { id: string; url: string; description: string };
    secret: { id: string; hint: string };
    overlapSeconds: number;
  },
): Promise<void> {
  const { endpoint, secret, overlapSeconds } = rotation;
  await raiseAlert(tx, ctx, {
    workspaceId: actor.workspaceId,
    environmentId: actor.environmentId,
    endpointId: endpoint.id,
    dedupeKey: `rotated:${secret.id}`,
    content: {
      kind: "secret.rotated",
      facts: {
        endpoint: endpointFacts(endpoint),
        by: actor.label,
        secret_hint: secret.hint,
        overlap_seconds: overlapSeconds,
      },
    },
  });
}
