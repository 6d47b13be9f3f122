// `signpost password`: a new password for somebody who cannot sign in, set by whoever owns the machine.
import { text } from "node:stream/consumers";
import { LauncherError } from "@/bin/launcher-error";
import { type OutputOptions, printResult } from "@/bin/output";
import { withServices } from "@/bin/services";
import { emailAddress } from "@/lib/contracts/account";
import { isAppError } from "@/lib/domain/errors";
import { resetPassword } from "@/lib/server/services/reset-password";

/** Reads the password from standard input and stores it; every session of that person ends. */
export async function passwordCommand(
  given: { readonly email: string; readonly passwordStdin?: boolean },
  output: OutputOptions,
): Promise<void> {
  if (!given.passwordStdin) {
    throw new LauncherError("Give the password on standard input, with --password-stdin.", 2);
  }
  const parsed = emailAddress.safeParse(given.email);
  if (!parsed.success) throw new LauncherError(`--email ${parsed.error.issues[0]?.message}`, 2);
  const email = parsed.data;
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  try {
    const { userId } = await withServices("Setting the password", (ctx) =>
      resetPassword(ctx, { email, password }),
    );
    printResult(output, { user_id: userId }, [
      `user         ${userId} (${email})`,
      "All sessions have ended.",
    ]);
  } catch (error) {
    if (isAppError(error)) throw new LauncherError(error.message, error.code === "internal_error" ? 1 : 2);
    throw error;
  }
}
