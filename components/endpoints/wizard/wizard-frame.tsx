"use client";
// Owns the frame of the wizard: its title, its rail of steps, and that no step opens before those it depends on.

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { Stepper } from "@/components/ui/stepper";
import {
  isWizardStep,
  openableSteps,
  WIZARD_STEPS,
  type WizardStepId,
} from "@/lib/client/endpoints/wizard-steps";
import { useViewer } from "@/lib/client/viewer-context";
import { useWizard, WizardProvider } from "./wizard-context";

function useCurrentStep(): WizardStepId {
  const last = usePathname().split("/").at(-1) ?? "";
  return isWizardStep(last) ? last : "url";
}

/** The endpoint exists already; its questions are closed, but the tab still has them. */
function Unfinished() {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, clearDraft } = useWizard();
  return (
    <Callout
      title="You have just made an endpoint here"
      actions={
        <>
          <LinkButton
            size="sm"
            variant="primary"
            href={href(`/endpoints/new/${draft.secretSaved ? "test" : "secret"}`)}
          >
            Finish it
          </LinkButton>
          <Button
            size="sm"
            onClick={() => {
              clearDraft();
              router.push(href("/endpoints/new/url"));
            }}
          >
            Start a new one
          </Button>
        </>
      }
    >
      <span className="font-mono text-xs wrap-anywhere">{draft.url}</span> exists. What is left is its secret
      and a test.
    </Callout>
  );
}

function Steps({ children }: { children: ReactNode }) {
  const { href } = useViewer();
  const router = useRouter();
  const current = useCurrentStep();
  const { draft, isReady } = useWizard();
  const open = openableSteps(draft);
  const isOpen = open.has(current);
  const furthest = WIZARD_STEPS.findLast((step) => open.has(step.id))?.id ?? "url";
  const at = WIZARD_STEPS.findIndex((step) => step.id === current);
  const questions = WIZARD_STEPS.findIndex((step) => step.id === "secret");

  useEffect(() => {
    if (isReady && !isOpen && draft.created === null) router.replace(href(`/endpoints/new/${furthest}`));
  }, [isReady, isOpen, draft.created, furthest, router, href]);

  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-12">
      <Stepper
        label="Steps"
        className="lg:sticky lg:top-0 lg:self-start"
        steps={WIZARD_STEPS.map((step, index) => ({
          label: step.label,
          href: isReady && open.has(step.id) ? href(`/endpoints/new/${step.id}`) : null,
          state:
            step.id === current
              ? "current"
              : index < at || (draft.created !== null && index < questions)
                ? "done"
                : "upcoming",
        }))}
      />
      <div className="min-w-0 max-w-[44rem]">
        {!isReady ? (
          <Skeleton className="h-64 w-full" />
        ) : isOpen ? (
          children
        ) : draft.created ? (
          <Unfinished />
        ) : null}
      </div>
    </div>
  );
}

export function WizardFrame({ children }: { children: ReactNode }) {
  const { href, environment, can, whyNot } = useViewer();
  return (
    <WizardProvider>
      <div className="mx-auto grid max-w-[64rem] grid-cols-1 gap-8">
        <PageHeader
          breadcrumb={
            <Breadcrumb
              crumbs={[{ label: "Endpoints", href: href("/endpoints") }, { label: "New endpoint" }]}
            />
          }
          title={environment.kind === "sandbox" ? "New sandbox endpoint" : "New endpoint"}
        />
        {can("endpoints:write") ? <Steps>{children}</Steps> : <Callout>{whyNot("endpoints:write")}</Callout>}
      </div>
    </WizardProvider>
  );
}
