// Signing in. People who are signed in already go on; an instance that nobody owns yet goes to set-up.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthFrame } from "@/components/auth/auth-frame";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { signInError } from "@/components/auth/sign-in-errors";
import { SignInForm } from "@/components/auth/sign-in-form";
import { safeReturnPath } from "@/lib/domain/access/return-path";
import { providerChoices } from "@/lib/server/auth/providers";
import { getSession } from "@/lib/server/auth/session";
import { getEnv } from "@/lib/server/env";
import { getRuntime } from "@/lib/server/runtime";
import { getSetupState } from "@/lib/server/services/setup-link";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const single = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const ctx = getRuntime();
  const callbackUrl = safeReturnPath(single(query.callbackUrl), ctx.publicUrl) ?? "/";
  if (await getSession()) redirect(callbackUrl);
  if ((await getSetupState(ctx, undefined)) !== "closed") redirect("/setup");
  return (
    <AuthFrame
      title="Sign in"
      description={
        <>
          to <span className="font-mono text-ink text-sm">{new URL(ctx.publicUrl).host}</span>
        </>
      }
      footer={
        <>
          Forgotten your password? On the server,{" "}
          <code className="whitespace-nowrap font-mono">npm run signpost -- password</code> sets a new one.
        </>
      }
    >
      <SignInForm callbackUrl={callbackUrl} initialError={signInError(single(query.error))} />
      <ProviderButtons choices={providerChoices(getEnv().signInProviders)} callbackUrl={callbackUrl} />
    </AuthFrame>
  );
}
