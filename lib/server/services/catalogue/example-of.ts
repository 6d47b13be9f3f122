// Gives the example of an event type, wherever there is one.
import type { Actor } from "@/lib/domain/access/permissions";
import type { EventExample } from "@/lib/domain/catalogue/pack";
import { packExample } from "@/lib/domain/catalogue/packs";
import type { ServiceContext } from "@/lib/server/context";
import { findEventType } from "@/lib/server/repositories/event-types";

/** The example of a type: the catalogue's, else that of the pack that has the type; null when there is neither. */
export async function exampleOf(
  ctx: ServiceContext,
  actor: Actor,
  type: string,
): Promise<EventExample | null> {
  const row = await findEventType(ctx.db.prisma, actor.workspaceId, type);
  if (row === null || row.example === null) return packExample(type);
  return {
    data: row.example,
    subject: row.exampleSubject,
    // Written by us from a schema of text by text.
    attributes: row.exampleAttributes as Record<string, string> | null,
  };
}
