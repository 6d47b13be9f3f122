import path from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Waits for schedules of a minute: begun last, it would keep everybody waiting. */
const LONGEST = "tests/engine/health-alerts.test.ts";

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith(LONGEST);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/** Real PostgreSQL, one server a run; each test file gets its own clone of the migrated template. */
const withPostgres = {
  globalSetup: ["tests/support/postgres-global.ts"],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

const alias = { "@": path.resolve(import.meta.dirname) };
const project = (name: string, extra: TestProjectInlineConfiguration["test"] = {}) => ({
  resolve: { alias },
  oxc: { jsx: { runtime: "automatic" as const } },
  test: { name, environment: "node", include: [`tests/${name}/**/*.test.{ts,tsx}`], ...extra },
});

export default defineConfig({
  test: {
    // Two cores, and each integration file has its own database: more workers only make timing worse.
    maxWorkers: 2,
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      project("unit", { testTimeout: 10_000 }),
      project("integration", withPostgres),
      project("engine", withPostgres),
    ],
  },
});
