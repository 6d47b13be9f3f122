// Owns the catalogue's self-filling: an event type seen for the first time becomes an entry, after the answer was given.
import type { Logger } from "pino";
import type { IdKind } from "@/lib/domain/ids";
import type { Database } from "../repositories/database";
import { insertEventTypes } from "../repositories/event-types";

const MAX_REMEMBERED = 20_000;

export type TypeObserver = {
  observe(workspaceId: string, types: readonly string[]): void;
  /** Resolves when everything observed so far is written. */
  idle(): Promise<void>;
};

/** An observer that writes each type of a workspace at most once in this process's life. */
export function createTypeObserver(
  db: Database,
  newId: (kind: IdKind) => string,
  logger: Logger,
): TypeObserver {
  const seen = new Set<string>();
  let writing: Promise<unknown> = Promise.resolve();
  return {
    observe(workspaceId, types) {
      const fresh = types.filter((type) => !seen.has(`${workspaceId} ${type}`));
      if (fresh.length === 0 || seen.size > MAX_REMEMBERED) return;
      for (const type of fresh) seen.add(`${workspaceId} ${type}`);
      writing = writing
        .then(() =>
          insertEventTypes(
            db.prisma,
            fresh.map((name) => ({ id: newId("eventType"), workspaceId, name })),
          ),
        )
        .catch((error: unknown) => {
          for (const type of fresh) seen.delete(`${workspaceId} ${type}`);
          logger.warn({ err: error }, "event types could not be noted");
        });
    },
    idle: async () => {
      await writing;
    },
  };
}
