// Tells by content, not by time stamps, whether something must be made again (a fresh clone has new times).
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const IGNORED = new Set(["node_modules", "generated", ".git", "dist"]);

function* filesBelow(file) {
  let entries;
  try {
    entries = readdirSync(file, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") yield file;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (IGNORED.has(entry.name)) continue;
    const child = path.join(file, entry.name);
    if (entry.isDirectory()) yield* filesBelow(child);
    else if (entry.isFile()) yield child;
  }
}

/** A hash over the names and bytes of files and folders below `root`; missing ones count as absent. */
export function fingerprint(root, names) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const name of names) {
    for (const file of filesBelow(path.join(root, name))) {
      const content = readFileSync(file);
      hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}

/** True when the stamp says this very state was made, and what was made is still there. */
export function isFresh(stampFile, hash, product) {
  return existsSync(product) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash;
}

export function writeStamp(stampFile, hash) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, hash);
}
