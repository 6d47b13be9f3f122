// Set-up of a new instance, for whoever holds the link that the server printed. Closed as soon as somebody has used it.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthFrame } from "@/components/auth/auth-frame";
import { SetupForm } from "@/components/auth/setup-form";
import { CodeBlock } from "@/components/ui/code-block";
import { providerChoices } from "@/lib/server/auth/providers";
import { getEnv } from "@/lib/server/env";
import { getRuntime } from "@/lib/server/runtime";
import { getSetupState } from "@/lib/server/services/setup-link";

// The address of this page is a secret until it has been used.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

function NeedsLink({ publicUrl, wasWrong }: { publicUrl: string; wasWrong: boolean }) {
  return (
    <AuthFrame
      title={wasWrong ? "This link is not valid" : "Nobody owns this instance yet"}
      description={
        wasWrong
          ? "Every start of the server prints a new set-up link, and only the newest works."
          : "The first owner is made through a link that only people with access to the server can see."
      }
    >
      <div className="grid gap-3 text-muted text-sm">
        <p>Look where the server was started, and open the link that it printed last:</p>
        <CodeBlock
          wrap
          code={`Create the first owner (this link works once):\n${publicUrl}/setup?token=…`}
          copyLabel="Copy the example"
        />
        <p>Without a browser, the same can be done on the server:</p>
        <CodeBlock wrap code="npm run signpost -- setup --email you@example.com --password-stdin" />
      </div>
    </AuthFrame>
  );
}

export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const given = typeof token === "string" ? token : undefined;
  const ctx = getRuntime();
  const state = await getSetupState(ctx, given);
  if (state === "closed") redirect("/sign-in");
  if (state === "wrong_link" || given === undefined) {
    return <NeedsLink publicUrl={ctx.publicUrl} wasWrong={given !== undefined} />;
  }
  return (
    <AuthFrame
      title="Set up Signpost"
      description="You will own the workspace. It has a live and a sandbox environment, which never mix."
    >
      <SetupForm token={given} providers={providerChoices(getEnv().signInProviders)} />
    </AuthFrame>
  );
}
