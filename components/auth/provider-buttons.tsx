"use client";
// Owns the ways to sign in beside a password; shows nothing when none is set up.

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { errorText } from "@/lib/client/problem-error";
import { startProviderSignIn } from "@/lib/client/session";
import { ProviderIcon } from "./provider-icon";

export type ProviderChoice = { id: "github" | "google" | "oidc"; name: string };

interface ProviderButtonsProps {
  choices: readonly ProviderChoice[];
  callbackUrl: string;
  /** Runs first; a rejection stops the sign-in and is shown. */
  before?: () => Promise<void>;
}

/** The line between form and buttons, and a button for each provider. */
export function ProviderButtons({ choices, callbackUrl, before }: ProviderButtonsProps) {
  const [leavingFor, setLeavingFor] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (choices.length === 0) return null;

  async function leave(id: ProviderChoice["id"]) {
    setLeavingFor(id);
    setProblem(null);
    try {
      await before?.();
      location.assign(await startProviderSignIn(id, callbackUrl));
    } catch (error) {
      setProblem(errorText(error));
      setLeavingFor(null);
    }
  }

  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-3 text-subtle text-xs">
        <span className="h-px flex-1 bg-line" />
        or
        <span className="h-px flex-1 bg-line" />
      </div>
      {problem && <Callout tone="danger">{problem}</Callout>}
      {choices.map(({ id, name }) => (
        <Button
          key={id}
          size="lg"
          icon={<ProviderIcon id={id} />}
          loading={leavingFor === id}
          disabled={leavingFor !== null}
          onClick={() => void leave(id)}
        >
          Continue with {name}
        </Button>
      ))}
    </div>
  );
}
