// `signpost keys create`: an API key without a browser, printed once.
import { LauncherError } from "@/bin/launcher-error";
import { type OutputOptions, printResult } from "@/bin/output";
import { withServices } from "@/bin/services";
import { createApiKeyInput } from "@/lib/contracts/api-keys";
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { createApiKey } from "@/lib/server/services/create-api-key";

export interface CreateKeyOptions {
  readonly environment: "live" | "sandbox";
  readonly scopes: string;
  readonly name: string;
  readonly workspace?: string;
  readonly expiresAt?: string;
}

/** The environment meant: of the only workspace, or of the one named by its slug. */
async function findEnvironment(ctx: ServiceContext, { environment, workspace }: CreateKeyOptions) {
  const { rows } = await ctx.db.hot.query<{ id: string; workspace_id: string; slug: string }>(
    `SELECT e.id, e.workspace_id, w.slug FROM environment e JOIN workspace w ON w.id = e.workspace_id
     WHERE e.kind = $1 ORDER BY w.slug LIMIT 100`,
    [environment],
  );
  const found = workspace === undefined ? rows : rows.filter(({ slug }) => slug === workspace);
  const [only, ...more] = found;
  const slugs = rows.map(({ slug }) => slug).join(", ");
  if (rows.length === 0) throw new LauncherError("There is no workspace yet; run signpost setup first.");
  if (!only) throw new LauncherError(`There is no workspace "${workspace}"; there are: ${slugs}.`, 2);
  if (more.length > 0) throw new LauncherError(`Choose a workspace with --workspace: ${slugs}.`, 2);
  return { workspaceId: only.workspace_id, environmentId: only.id };
}

/** Makes a key and prints it: the only time it can be read. */
export async function createKey(options: CreateKeyOptions, output: OutputOptions): Promise<void> {
  const scopes =
    options.scopes === "all" ? [...API_KEY_SCOPES] : options.scopes.split(",").map((one) => one.trim());
  const parsed = createApiKeyInput.safeParse({ name: options.name, scopes, expires_at: options.expiresAt });
  if (!parsed.success) {
    const wrong = scopes.filter((scope) => !API_KEY_SCOPES.some((known) => known === scope));
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    const hint = `unknown scope ${wrong.join(", ")}; known are ${API_KEY_SCOPES.join(", ")} and all`;
    throw new LauncherError(wrong.length > 0 ? hint : problems.join("\n"), 2);
  }
  const key = await withServices("Creating the API key", async (ctx) => {
    const place = await findEnvironment(ctx, options);
    return createApiKey(ctx, { kind: "system", label: "command line", ...place, ip: null }, parsed.data);
  });
  printResult(output, { ...key, environment: options.environment }, [
    `id      ${key.id} (${options.environment})`,
    `scopes  ${key.scopes.join(", ")}`,
    `key     ${key.key}`,
    "Keep it now: it is not shown again.",
  ]);
}
