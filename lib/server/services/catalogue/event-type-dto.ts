// Owns the way from a row of the catalogue to what is shown, and the answer for one that is not there.
import type { EventTypeDetailDto } from "@/lib/contracts/event-types";
import { AppError } from "@/lib/domain/errors";
import type { EventTypeRow } from "@/lib/server/repositories/event-types";

export function toEventTypeDto(row: EventTypeRow): EventTypeDetailDto {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    pack: row.pack,
    example_text: row.example,
    example_subject: row.exampleSubject,
    // Written by us from a schema of text by text.
    example_attributes: row.exampleAttributes as Record<string, string> | null,
    archived_at: row.archivedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

/** The answer for an id or name that is not in the workspace's catalogue. */
export function eventTypeNotFound(): AppError {
  return new AppError("not_found", "There is no such event type in the catalogue of this workspace.");
}
