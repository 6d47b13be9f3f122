// Passwords of the embedded PostgreSQL: random, in one file that only the owner can read.
// `admin` is the superuser that only the launcher uses; the application's role owns its database and nothing else.
import { randomBytes } from "node:crypto";
import { readIfPresent, writePrivateFile } from "@/bin/data-dir";
import { LauncherError } from "@/bin/launcher-error";

export const ADMIN_ROLE = "postgres";
export const APP_ROLE = "signpost";

export interface Credentials {
  readonly admin: string;
  readonly app: string;
}

/** Reads the passwords; makes them when the cluster is new. An old cluster without its passwords is refused. */
export async function loadCredentials(file: string, clusterExists: boolean): Promise<Credentials> {
  const text = await readIfPresent(file);
  if (text !== undefined) {
    try {
      const { admin, app } = JSON.parse(text) as Partial<Credentials>;
      if (admin && app) return { admin, app };
    } catch {
      // falls through to the refusal below: guessing new passwords could not open the old cluster
    }
    throw new LauncherError(`The file ${file} is damaged; restore it from a backup.`);
  }
  if (clusterExists) {
    throw new LauncherError(`The database's password file ${file} is missing; restore it from a backup.`);
  }
  const made = { admin: randomBytes(24).toString("base64url"), app: randomBytes(24).toString("base64url") };
  await writePrivateFile(file, `${JSON.stringify(made)}\n`);
  return made;
}
