// `signpost setup`: the first owner and workspace without a browser.
import { text } from "node:stream/consumers";
import { LauncherError } from "@/bin/launcher-error";
import { type OutputOptions, printResult } from "@/bin/output";
import { withServices } from "@/bin/services";
import { firstOwnerInput } from "@/lib/contracts/account";
import { setupFirstOwner } from "@/lib/server/services/set-up-first-owner";

export interface SetupOptions {
  readonly email: string;
  readonly name?: string;
  readonly workspace: string;
  readonly passwordStdin?: boolean;
}

/** The password never is an argument: arguments are visible to every user of the machine. */
async function readPassword(options: SetupOptions): Promise<string> {
  if (!options.passwordStdin) {
    throw new LauncherError("Give the password on standard input, with --password-stdin.", 2);
  }
  return (await text(process.stdin)).replace(/\r?\n$/, "");
}

/** Makes the first owner with a workspace and prints the ids. Refuses when there is an owner already. */
export async function setup(options: SetupOptions, output: OutputOptions): Promise<void> {
  const parsed = firstOwnerInput.safeParse({
    email: options.email,
    name: options.name ?? options.email.split("@")[0] ?? "",
    workspace_name: options.workspace,
    password: await readPassword(options),
  });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new LauncherError(problems.join("\n"), 2);
  }
  const { email, name, workspace_name: workspaceName, password } = parsed.data;
  const made = await withServices("Creating the first owner", (ctx) =>
    setupFirstOwner(ctx, { email, name, workspaceName, password }),
  );
  const { userId, workspaceId, workspaceSlug, environments } = made;
  const result = { user_id: userId, workspace_id: workspaceId, workspace_slug: workspaceSlug, environments };
  printResult(output, result, [
    `user         ${userId} (${email})`,
    `workspace    ${workspaceId} (${workspaceSlug})`,
    `live         ${environments.live}`,
    `sandbox      ${environments.sandbox}`,
  ]);
}
