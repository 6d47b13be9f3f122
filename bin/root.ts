// Where the project lies. This code runs from bin/ (tests), dist/ and dist/chunks/ (bundled).
import { existsSync } from "node:fs";
import path from "node:path";

function findRoot(from: string): string {
  return existsSync(path.join(from, "package.json")) ? from : findRoot(path.dirname(from));
}

/** Absolute path of the folder with package.json. */
export const ROOT = findRoot(import.meta.dirname);

/** Absolute path of the migrations that this version knows. */
export const MIGRATIONS_DIR = path.join(ROOT, "prisma", "migrations");
