// Owns keeping the Inngest server informed about this app: at start, and again until the server has taken it.
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { type RegisterResult, registerFunctions } from "@/inngest/serve";

/** One try to register all functions, called at `<appUrl>/api/inngest`. Never throws. */
export function registerWithInngest({ appUrl }: { appUrl: string }): Promise<RegisterResult> {
  return registerFunctions({ client: inngest, functions }, appUrl);
}
