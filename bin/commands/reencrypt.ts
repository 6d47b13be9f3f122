// `signpost reencrypt`: after a new encryption key was put first, seals every stored secret again with it.
import { LauncherError } from "@/bin/launcher-error";
import { type OutputOptions, printResult } from "@/bin/output";
import { withServices } from "@/bin/services";
import { reencryptSecrets } from "@/lib/server/services/reencrypt-secrets";

/** Works while instances run; may be stopped at any moment and run again. */
export async function reencrypt(output: OutputOptions): Promise<void> {
  const result = await withServices("Re-encrypting secrets", (ctx) => reencryptSecrets(ctx));
  if (result.unreadable > 0) {
    throw new LauncherError(
      `${result.unreadable} stored secrets cannot be read with any key given; add the key they were encrypted with to SIGNPOST_ENCRYPTION_KEY.`,
    );
  }
  printResult(output, result, [
    `${result.reencrypted} secrets were encrypted again. The older keys are not needed any more.`,
  ]);
}
