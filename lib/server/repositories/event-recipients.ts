// Owns the reads behind "who did not get this event": the endpoints of an environment, and which have a delivery of it.
import type { Database } from "./database";

type Reader = Database["prisma"];

/**
 * Every endpoint of the environment with what routing looks at, oldest first. Of callbacks only that of the event's
 * subject: those of others, however many there are, never have to do with it.
 */
export function listRoutedEndpoints(db: Reader, environmentId: string, subject: string | null) {
  return db.endpoint.findMany({
    where: {
      environmentId,
      deletedAt: null,
      OR: [
        { kind: { not: "callback" } },
        ...(subject === null ? [] : [{ kind: "callback", subjects: { has: subject } }]),
      ],
    },
    select: {
      id: true,
      url: true,
      description: true,
      tenant: true,
      eventTypes: true,
      subjects: true,
      filter: true,
      state: true,
      expiresAt: true,
      unsubscribedAt: true,
      unsubscribedByEvent: true,
      createdAt: true,
    },
    orderBy: { id: "asc" },
  });
}

/** Ids of the endpoints that have a delivery of the event, whatever came of it. */
export async function listRecipients(
  db: Reader,
  environmentId: string,
  eventId: string,
): Promise<Set<string>> {
  const rows = await db.delivery.findMany({
    where: { environmentId, eventId },
    distinct: ["endpointId"],
    select: { endpointId: true },
  });
  return new Set(rows.map(({ endpointId }) => endpointId));
}
