// Makes embedded executors inside the test process, and reads their tables.
import { randomBytes } from "node:crypto";
import type { InngestFunction } from "inngest";
import pg from "pg";
import { createClient, type EngineClient } from "@/inngest/client";
import {
  type EmbeddedExecutor,
  type EmbeddedExecutorOptions,
  startEmbeddedExecutor,
} from "@/inngest/embedded/executor";
import { createTestDatabase } from "@/tests/support/postgres";

export type RunRow = {
  id: string;
  state: string;
  leased: boolean;
  lost_leases: number;
  output: unknown;
  error: { name: string; message: string } | null;
  claimable_at: Date;
};

type Overrides = Partial<Omit<EmbeddedExecutorOptions, "functions">>;

/** One database and any number of executors on it; `close` stops everything. */
export async function createEngineBench() {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.connectionString, max: 6 });
  const executors: EmbeddedExecutor[] = [];
  const errors: string[] = [];

  return {
    pool,
    /** What executors logged as errors. */
    errors,
    newClient: (): EngineClient => createClient("embedded", `bench-${randomBytes(5).toString("hex")}`),
    async start(client: EngineClient, functions: InngestFunction.Any[], overrides: Overrides = {}) {
      const logger = {
        info: () => undefined,
        error: (_: object, message: string) => void errors.push(message),
      };
      const executor = await startEmbeddedExecutor({
        pool,
        client,
        functions,
        logger,
        pollMs: 25,
        backoff: () => 10,
        ...overrides,
      });
      executors.push(executor);
      return executor;
    },
    async runs(functionId: string): Promise<RunRow[]> {
      const { rows } = await pool.query("SELECT * FROM engine_run WHERE function_id = $1 ORDER BY id", [
        functionId,
      ]);
      return rows;
    },
    async close() {
      await Promise.all(executors.map((executor) => executor.stop(2_000)));
      await pool.end();
      await database.drop();
    },
  };
}

export type EngineBench = Awaited<ReturnType<typeof createEngineBench>>;
