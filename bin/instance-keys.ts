// The instance's own keys: from the environment, or made once and kept in the data folder (mode 0600).
import { randomBytes } from "node:crypto";
import path from "node:path";
import { readIfPresent, writePrivateFile } from "@/bin/data-dir";
import type { Env } from "@/lib/server/env";

/** The secret in `file`, or a new one of `bytes` random bytes in base64, written there (0600). */
export async function loadOrMakeSecret(file: string, bytes = 32): Promise<string> {
  const present = (await readIfPresent(file))?.trim();
  if (present) return present;
  const made = randomBytes(bytes).toString("base64");
  await writePrivateFile(file, `${made}\n`);
  return made;
}

/** Environment variables for whichever of the two keys the environment does not give. */
export async function provideKeys(env: Env): Promise<Record<string, string>> {
  const provided: Record<string, string> = {};
  if (env.encryptionKeys.length === 0) {
    provided.SIGNPOST_ENCRYPTION_KEY = await loadOrMakeSecret(path.join(env.dataDir, "encryption-key"));
  }
  if (env.sessionSecret === undefined) {
    provided.NEXTAUTH_SECRET = await loadOrMakeSecret(path.join(env.dataDir, "session-secret"));
  }
  return provided;
}
