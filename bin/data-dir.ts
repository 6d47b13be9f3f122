// The data folder: made private, checked for write permission, small files written so that a crash
// never leaves half of one. Refuses to know what the files mean.
import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, chownSync, constants, mkdirSync, statSync } from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { LauncherError } from "@/bin/launcher-error";
import { rootReplacement } from "@/bin/postgres/os-identity";

/**
 * Makes the data folder when it is missing, for its owner only. When we are root, PostgreSQL's user may
 * pass through it (0710), but not list it. A folder that exists keeps its permissions.
 */
export function prepareDataDir(dataDir: string): void {
  try {
    if (mkdirSync(dataDir, { recursive: true, mode: 0o700 })) {
      const user = rootReplacement();
      if (user) chownSync(dataDir, 0, user.gid);
      chmodSync(dataDir, user ? 0o710 : 0o700);
    }
    if (!statSync(dataDir).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof LauncherError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "EEXIST" || code === "ENOTDIR" ? "it is not a folder" : `no write permission (${code})`;
    throw new LauncherError(
      `Cannot use the data folder ${dataDir}: ${reason}. Set SIGNPOST_DATA_DIR to another.`,
    );
  }
}

/** Writes a file with mode 0600, completely or not at all, and on disk before it returns. */
export async function writePrivateFile(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  const folder = await open(path.dirname(file), "r");
  await folder.sync().finally(() => folder.close());
}

/** The file's text, or undefined when there is no such file. Other errors (permission, disk) are thrown. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
