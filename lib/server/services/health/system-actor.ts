// Owns who acts when nobody does: Signpost itself, in one environment.
import type { Actor } from "@/lib/domain/access/permissions";

/** The actor of a change that a rule makes. */
export function systemActor(place: { workspaceId: string; environmentId: string }): Actor {
  return {
    kind: "system",
    label: "Signpost",
    workspaceId: place.workspaceId,
    environmentId: place.environmentId,
    ip: null,
  };
}
