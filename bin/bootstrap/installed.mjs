// Compares node_modules with package-lock.json, by npm's own record of what it installed.
// A stamp of ours would not notice `npm install <package>`, and would then reinstall everything.
import { readFileSync } from "node:fs";
import path from "node:path";

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** True when every package of the lock file is installed in that version; optional ones may be absent. */
export function isInstalled(root) {
  const installed = packagesIn(path.join(root, "node_modules/.package-lock.json"));
  const wanted = packagesIn(path.join(root, "package-lock.json"));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([name, { version, optional, devOptional, link }]) => {
    if (name === "" || link) return true;
    const present = installed[name];
    return present ? present.version === version : optional || devOptional || false;
  });
}
