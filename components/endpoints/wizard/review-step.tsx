"use client";

// Owns the last look before the endpoint exists, and its creation.

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { draftInput, type WizardStepId } from "@/lib/client/endpoints/wizard-steps";
import { formatDuration } from "@/lib/client/format-duration";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { signatureTitle, successWords } from "@/lib/client/profiles/definition-words";
import { useCreateEndpoint } from "@/lib/client/queries/endpoint-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import { EventTypeBadges } from "../event-type-badges";
import { retrySummary } from "../form/retry-preview-table";
import { RefineFacts } from "./refine-facts";
import { StepPanel } from "./step-panel";
import { useWizardProfile } from "./use-wizard-profile";
import { useWizard } from "./wizard-context";

const BY_PROFILE = <span className="text-subtle">, as the profile says</span>;

interface FactProps {
  name: string;
  step: WizardStepId;
  children: ReactNode;
}

function Fact({ name, step, children }: FactProps) {
  const { href } = useViewer();
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-baseline gap-3 px-4 py-2.5 text-sm">
      <dt className="text-subtle">{name}</dt>
      <dd className="min-w-0 text-ink wrap-anywhere">{children}</dd>
      <dd>
        <Link
          href={href(`/endpoints/new/${step}`)}
          aria-label={`Change ${name.toLowerCase()}`}
          className="rounded-xs text-accent-ink text-xs underline-offset-4 hover:underline"
        >
          Change
        </Link>
      </dd>
    </div>
  );
}

export function ReviewStep() {
  const { href, place, environment } = useViewer();
  const router = useRouter();
  const { draft, setDraft, setSecret } = useWizard();
  const create = useCreateEndpoint(place);
  const { profile } = useWizardProfile();
  const definition = profile?.definition;
  const retries = draft.retryPolicy ?? definition?.retry_policy;
  const timeoutMs = draft.timeoutMs ?? definition?.timeout_ms;
  const problems = create.error instanceof ProblemError ? create.error.errors : [];
  const headerNames = draft.headers.map((header) => header.name).filter((name) => name !== "");

  function submit() {
    if (create.isPending) return;
    create.mutate(draftInput(draft), {
      onSuccess: ({ id, secret, secrets }) => {
        setSecret(secret === "" ? null : secret);
        // Nothing to save for a profile that does not sign.
        setDraft({ created: { id, hint: secrets[0]?.hint ?? "" }, secretSaved: secrets.length === 0 });
        router.push(href("/endpoints/new/secret"));
      },
    });
  }

  return (
    <StepPanel
      title="Is this right?"
      description={
        environment.kind === "sandbox"
          ? "The endpoint gets sandbox events only. It starts as soon as it exists."
          : "The endpoint gets live events as soon as it exists."
      }
      backHref={href("/endpoints/new/settings")}
      onSubmit={submit}
      next={
        <Button type="submit" variant="primary" loading={create.isPending}>
          Create endpoint
        </Button>
      }
    >
      <dl className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        <Fact name="URL" step="url">
          <span className="font-mono text-xs">{draft.url}</span>
        </Fact>
        <Fact name="Events" step="events">
          <EventTypeBadges patterns={draft.eventTypes} max={12} />
        </Fact>
        <Fact name="Profile" step="profile">
          {profile === undefined ? (
            draft.profile
          ) : (
            <>
              {visibleText(profile.name)}
              <span className="text-muted"> · {signatureTitle(profile.definition)}</span>
            </>
          )}
        </Fact>
        <RefineFacts draft={draft.refine} Fact={Fact} />
        <Fact name="Description" step="settings">
          {draft.description || <span className="text-subtle">None</span>}
        </Fact>
        <Fact name="Tenant" step="settings">
          {draft.tenant ? (
            <span className="font-mono text-xs">{draft.tenant}</span>
          ) : (
            <span className="text-subtle">None: events of every tenant</span>
          )}
        </Fact>
        <Fact name="Retries" step="settings">
          {retries !== undefined && retrySummary(retries)}
          {draft.retryPolicy === null && BY_PROFILE}
        </Fact>
        <Fact name="Timeout" step="settings">
          {timeoutMs !== undefined && formatDuration(timeoutMs / 1000)}
          {draft.timeoutMs === null && BY_PROFILE}
        </Fact>
        <Fact name="Concurrency" step="settings">
          At most {draft.maxConcurrency} attempts at a time
        </Fact>
        {definition !== undefined && (
          <Fact name="Success is" step="profile">
            {successWords(definition.success)}
            {BY_PROFILE}
          </Fact>
        )}
        <Fact name="Headers" step="settings">
          {headerNames.length === 0 ? (
            <span className="text-subtle">None</span>
          ) : (
            <span className="font-mono text-xs">{headerNames.join(", ")}</span>
          )}
        </Fact>
      </dl>
      {create.isError && (
        <Callout tone="danger" title={errorText(create.error)}>
          {problems.length > 0 && (
            <ul className="list-disc pl-4">
              {problems.map((problem) => (
                <li key={problem.path}>
                  <code className="font-mono text-xs">{problem.path}</code> {problem.message}
                </li>
              ))}
            </ul>
          )}
        </Callout>
      )}
    </StepPanel>
  );
}
