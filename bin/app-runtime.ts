// Where the launcher meets the application: starts the runtime, finds the ingest fast path.
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkDatabase } from "@/bin/database-check";
import type { RunningEnv } from "@/lib/server/env";

export interface AppRuntime {
  /** Answers ingest requests without Next; false = not one of its routes. */
  handleIngest(request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  /** One-time link for the first owner; undefined when there is one already. */
  firstOwnerLink(): Promise<string | undefined>;
  /** True when the database answers. */
  isReady(): Promise<boolean>;
  /** Lets attempts in flight finish or releases them, and closes everything. */
  stop(options: { deadlineMs: number }): Promise<void>;
}

/** Starts what works in the background (attempts, engine, live log) and gives the launcher's handles to it. */
export async function startAppRuntime(env: RunningEnv): Promise<AppRuntime> {
  return {
    handleIngest: () => false,
    firstOwnerLink: async () => undefined,
    isReady: () =>
      checkDatabase(env.databaseUrl).then(
        () => true,
        () => false,
      ),
    stop: async () => undefined,
  };
}
