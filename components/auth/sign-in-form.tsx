"use client";
// Owns signing in with e-mail and password, and what a locked door looks like.

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { errorText } from "@/lib/client/problem-error";
import { signInWithPassword } from "@/lib/client/session";
import { PasswordInput } from "./password-input";
import { waitText } from "./sign-in-errors";

interface SignInFormProps {
  callbackUrl: string;
  /** From the address: something that went wrong at a provider. */
  initialError: { title: string; text: string } | null;
}

type Trouble = { kind: "error"; title: string; text: string } | { kind: "locked"; until: number };

/** Seconds until `until`, counted down; 0 when it is over or null. */
function useSecondsUntil(until: number | null): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until === null) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return until === null || now === 0 ? 0 : Math.max(0, (until - now) / 1000);
}

export function SignInForm({ callbackUrl, initialError }: SignInFormProps) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(initialError && { kind: "error", ...initialError });
  const lockedSeconds = useSecondsUntil(trouble?.kind === "locked" ? trouble.until : null);

  async function submit(form: HTMLFormElement) {
    const fields = new FormData(form);
    setBusy(true);
    setTrouble(null);
    try {
      const email = String(fields.get("email"));
      const password = String(fields.get("password"));
      const result = await signInWithPassword({ email, password, callbackUrl });
      if (result.outcome === "signed_in") return location.assign(result.url);
      if (result.outcome === "locked") {
        setTrouble({ kind: "locked", until: Date.now() + result.retryAfterSeconds * 1000 });
      } else {
        const text = "Check both. Passwords tell capital and small letters apart.";
        setTrouble({ kind: "error", title: "E-mail or password is wrong", text });
        form.querySelector<HTMLInputElement>("[name=password]")?.select();
      }
    } catch (error) {
      setTrouble({ kind: "error", title: "You are not signed in", text: errorText(error) });
    }
    setBusy(false);
  }

  return (
    <form
      method="post"
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {trouble?.kind === "error" && (
        <Callout tone="danger" title={trouble.title}>
          {trouble.text}
        </Callout>
      )}
      {lockedSeconds > 0 && (
        <Callout tone="warning" title="Too many wrong passwords">
          Nobody can sign in to this account from here for now, not even with the right password. Try again in{" "}
          <strong className="tabular font-semibold">{waitText(lockedSeconds)}</strong>.
        </Callout>
      )}
      <Field label="E-mail">
        <Input
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          // The lock is of one account; somebody else may try at once.
          onChange={() => trouble?.kind === "locked" && setTrouble(null)}
          className="h-10"
          required
          autoFocus
        />
      </Field>
      <Field label="Password">
        <PasswordInput name="password" autoComplete="current-password" className="h-10" required />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={busy} disabled={lockedSeconds > 0}>
        Sign in
      </Button>
    </form>
  );
}
