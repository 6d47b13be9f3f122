"use client";
// Owns setting an endpoint's authentication: which way, its fields, and what the server says to them.

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { useSetAuth } from "@/lib/client/queries/endpoint-auth";
import { useViewer } from "@/lib/client/viewer-context";
import type { AuthKind } from "@/lib/contracts/endpoint-auth";
import { type AuthDraft, type AuthField, EMPTY_DRAFT, readDraft } from "./auth-draft";
import { AuthFields } from "./auth-fields";
import { AUTH_CHOICES, AUTH_WORDS } from "./auth-words";

interface AuthFormProps {
  endpointId: string;
  /** The kind that is set already: replacing it usually means the same kind. */
  current: AuthKind | null;
  onDone: () => void;
}

export function AuthForm({ endpointId, current, onDone }: AuthFormProps) {
  const { place } = useViewer();
  const set = useSetAuth(place, endpointId);
  const [draft, setDraft] = useState<AuthDraft>({ ...EMPTY_DRAFT, kind: current ?? EMPTY_DRAFT.kind });
  const [isSubmitted, setSubmitted] = useState(false);
  const reading = readDraft(draft);
  const refused = set.error instanceof ProblemError ? set.error.errors : [];
  const own = isSubmitted && reading.outcome === "incomplete" ? reading.problems : {};
  const errorAt = (field: AuthField) =>
    own[field] ?? refused.find((problem) => problem.path === field)?.message;
  // What stands at no field of this kind stands above the button.
  const unplaced = refused.filter(({ path }) => path === "" || path === "kind");

  function change(part: Partial<AuthDraft>) {
    setDraft((before) => ({ ...before, ...part }));
    if (set.isError) set.reset();
  }

  function submit() {
    setSubmitted(true);
    if (reading.outcome !== "ready" || set.isPending) return;
    set.mutate(reading.input, {
      onSuccess: () => {
        toast.success("Authentication saved", { description: "The next attempt uses it, also retries." });
        onDone();
      },
    });
  }

  return (
    <form
      className="grid max-w-xl grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <RadioGroup
        aria-label="Way of authentication"
        className="sm:grid-cols-2"
        value={draft.kind}
        onValueChange={(kind) => {
          setSubmitted(false);
          change({ kind: kind as AuthKind });
        }}
      >
        {AUTH_CHOICES.map((kind) => (
          <RadioCard key={kind} value={kind} {...AUTH_WORDS[kind]} />
        ))}
      </RadioGroup>
      <AuthFields draft={draft} onChange={change} errorAt={errorAt} />
      {set.isError && (refused.length === 0 || unplaced.length > 0) && (
        <Callout tone="danger">{unplaced[0]?.message ?? errorText(set.error)}</Callout>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" loading={set.isPending}>
          Save authentication
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        <span className="text-subtle text-xs">Encrypted, and never shown again.</span>
      </div>
    </form>
  );
}
