// Owns the step from an event row to what goes on the wire. Payload bytes are passed along, never parsed.
import type { EventDto } from "@/lib/contracts/events";
import type { EventRow } from "../repositories/event-reads";

/** An event as lists show it. */
export function toEventDto(row: EventRow): EventDto {
  return {
    id: row.id,
    type: row.type,
    tenant: row.tenant,
    subject: row.subject,
    timestamp: row.occurredAt.toISOString(),
    attributes: row.attributes,
    data_size: row.dataSize,
    test: row.isTest,
    deliveries: row.deliveryCount,
    created_at: row.createdAt.toISOString(),
  };
}
