// Owns the step from a stored event to what filters read.
import { type FilterEvent, filterEventOf } from "@/lib/domain/filter/event";

type StoredEvent = {
  id: string;
  type: string;
  tenant: string | null;
  subject: string | null;
  attributes: unknown;
  occurredAt: Date;
  data: Uint8Array | null;
};

/** The event as its filters saw it at ingest; null once retention has cleared its payload. */
export function toFilterEvent(row: StoredEvent, environment: "live" | "sandbox"): FilterEvent | null {
  if (row.data === null) return null;
  return filterEventOf({
    id: row.id,
    type: row.type,
    tenant: row.tenant,
    subject: row.subject,
    timestamp: row.occurredAt,
    attributes: row.attributes as Record<string, string> | null,
    environment,
    data: row.data,
  });
}
