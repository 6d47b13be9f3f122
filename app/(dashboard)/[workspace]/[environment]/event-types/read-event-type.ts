// Reads an event type for the pages that are about one.
import type { EventTypeDetailDto } from "@/lib/contracts/event-types";
import { isAppError } from "@/lib/domain/errors";
import { requireViewer, viewerActor } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { getEventType } from "@/lib/server/services/catalogue/get-event-type";

export type EventTypePlace = { workspace: string; environment: string; name: string };

/** The entry by its name or id; null when the catalogue has none. */
export async function readEventType(place: EventTypePlace): Promise<EventTypeDetailDto | null> {
  const viewer = await requireViewer(place.workspace, place.environment);
  return getEventType(getRuntime(), viewerActor(viewer), place.name).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  });
}
