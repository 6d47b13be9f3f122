// `signpost migrate`: the schema only, for deployments that do it in a step of its own.
import { openInstance } from "@/bin/instance";
import { type OutputOptions, printResult } from "@/bin/output";

/** Applies missing migrations and says which. */
export async function migrate(options: OutputOptions): Promise<void> {
  const instance = await openInstance("command");
  const { migrated } = instance;
  await instance.close();
  const text = migrated.length > 0 ? `Applied: ${migrated.join(", ")}` : "The database is up to date.";
  printResult(options, { applied: migrated }, [text]);
}
