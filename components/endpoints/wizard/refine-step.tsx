"use client";
// Owns the fourth question, which nobody has to answer: which of these events, and with which fields.

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { isRefineValid, type RefineDraft } from "@/lib/client/endpoints/refine-draft";
import { useViewer } from "@/lib/client/viewer-context";
import { FilterEditor } from "../filter/filter-editor";
import { PaceFields } from "../filter/pace-fields";
import { SubjectsEditor } from "../filter/subjects-editor";
import { MappingEditor } from "../mapping/mapping-editor";
import { StepPanel } from "./step-panel";
import { useWizardProfile } from "./use-wizard-profile";
import { useWizard } from "./wizard-context";

export function RefineStep() {
  const { href } = useViewer();
  const router = useRouter();
  const { draft, setDraft } = useWizard();
  const { refine } = draft;
  const set = (change: Partial<RefineDraft>) => setDraft({ refine: { ...refine, ...change } });
  const scope = { eventTypes: draft.eventTypes, tenant: draft.tenant, subjects: refine.subjects };
  const isAnswered = isRefineValid(refine);
  const rule = useWizardProfile().profile?.definition.auto_disable;
  return (
    <StepPanel
      title="Which of them, and how?"
      description="Without an answer it gets every one of the chosen events, with its data as it came."
      backHref={href("/endpoints/new/profile")}
      onSubmit={() => {
        if (isAnswered) router.push(href("/endpoints/new/settings"));
      }}
      next={
        <>
          <Button type="submit" variant="primary" disabled={!isAnswered}>
            Continue
          </Button>
          {!isAnswered && <span className="text-subtle text-xs">Something above is not complete yet.</span>}
        </>
      }
    >
      <section className="grid grid-cols-1 gap-3" aria-labelledby="filter">
        <h3 id="filter" className="font-medium text-ink text-sm">
          Filter
        </h3>
        <FilterEditor value={refine.filter} onChange={(filter) => set({ filter })} scope={scope} />
      </section>
      <section className="grid grid-cols-1 gap-3 border-t pt-5" aria-labelledby="mapping">
        <h3 id="mapping" className="font-medium text-ink text-sm">
          Field mapping
        </h3>
        <MappingEditor value={refine.mapping} onChange={(mapping) => set({ mapping })} scope={scope} />
      </section>
      <section className="border-t pt-5">
        <SubjectsEditor value={refine.subjects} onChange={(subjects) => set({ subjects })} />
      </section>
      <section className="border-t pt-5">
        <PaceFields value={refine} profileRule={rule === null ? false : rule} onChange={set} />
      </section>
    </StepPanel>
  );
}
