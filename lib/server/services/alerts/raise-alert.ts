// Owns writing an alert down. Call it in the transaction of the effect that it tells: neither exists without the other,
// and its key makes a repeat of both harmless. Who is told is decided later (announce-alerts).
import type { AlertContent } from "@/lib/domain/alerts/facts";
import { type AlertKind, KIND_INFO, type Severity } from "@/lib/domain/alerts/kinds";
import type { ServiceContext } from "../../context";
import { insertAlert } from "../../repositories/alerts";
import type { Tx } from "../../repositories/database";

/** These tell of a moment, not of a condition: there is nothing that could be over later. */
const MOMENTS: readonly AlertKind[] = ["endpoint.recovered", "delivery.exhausted", "secret.rotated"];

export type Happening = {
  workspaceId: string;
  /** Null: the whole workspace. */
  environmentId: string | null;
  endpointId: string | null;
  /** Names what happened, so that it can happen once only. */
  dedupeKey: string;
  content: AlertContent;
  /** The kind's own when left out. */
  severity?: Severity;
  /** The news is that it is over. */
  isOver?: boolean;
};

/** Writes the alert; false when it had been written before. */
export function raiseAlert(
  tx: Tx,
  ctx: Pick<ServiceContext, "now" | "newId">,
  happening: Happening,
): Promise<boolean> {
  const { content } = happening;
  const now = new Date(ctx.now());
  return insertAlert(tx, {
    id: ctx.newId("alert"),
    workspaceId: happening.workspaceId,
    environmentId: happening.environmentId,
    endpointId: happening.endpointId,
    kind: content.kind,
    severity: happening.severity ?? KIND_INFO[content.kind].severity,
    dedupeKey: happening.dedupeKey,
    facts: content.facts,
    createdAt: now,
    resolvedAt: happening.isOver || MOMENTS.includes(content.kind) ? now : null,
  });
}

/** What an alert keeps of its endpoint: a name and a host. The path of a URL may be a secret. */
export function endpointFacts(endpoint: { url: string; description: string }): {
  name: string;
  host: string;
} {
  return {
    name: endpoint.description,
    host: URL.canParse(endpoint.url) ? new URL(endpoint.url).host : "an invalid address",
  };
}
