// Fills an instance for people who want to look around. Idempotent: a second start finds what the first one made.
import type { ServiceContext } from "@/lib/server/context";
import { setupFirstOwner } from "@/lib/server/services/set-up-first-owner";
import { getSetupState } from "@/lib/server/services/setup-link";

export interface DemoOptions {
  /** Where the running instance is reached. */
  readonly baseUrl: string;
  readonly ctx: ServiceContext;
  readonly owner: { readonly email: string; readonly password: string };
}

export interface RunningDemo {
  /** Ends the traffic. Called while the server still works. */
  stop(): Promise<void>;
}

/** Makes the demo's owner and workspace when there are none. */
export async function runDemo({ ctx, owner }: DemoOptions): Promise<RunningDemo> {
  if ((await getSetupState(ctx, undefined)) !== "closed") {
    await setupFirstOwner(ctx, { ...owner, name: "Demo", workspaceName: "Demo" });
  }
  return { stop: async () => undefined };
}
