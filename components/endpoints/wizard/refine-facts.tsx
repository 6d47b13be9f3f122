// Owns how filter, mapping, subjects and pace read in the review: only what was set.

import type { ComponentType, ReactNode } from "react";
import { readFilterDraft } from "@/lib/client/endpoints/filter-draft";
import { readMappingDraft } from "@/lib/client/endpoints/mapping-draft";
import type { RefineDraft } from "@/lib/client/endpoints/refine-draft";
import type { WizardStepId } from "@/lib/client/endpoints/wizard-steps";
import { summarizeFilter } from "@/lib/domain/filter/summarize";
import { autoDisableWords } from "../filter/pace-fields";
import { OP_WORDS } from "../mapping/mapping-words";

interface RefineFactsProps {
  draft: RefineDraft;
  Fact: ComponentType<{ name: string; step: WizardStepId; children: ReactNode }>;
}

const NONE = <span className="text-subtle">None</span>;

export function RefineFacts({ draft, Fact }: RefineFactsProps) {
  const { filter } = readFilterDraft(draft.filter);
  const { transform } = readMappingDraft(draft.mapping);
  const { subjects, rateLimit, autoDisable } = draft;
  return (
    <>
      <Fact name="Filter" step="filter">
        {filter == null
          ? NONE
          : (summarizeFilter(filter) ?? <code className="font-mono text-xs">{filter}</code>)}
      </Fact>
      <Fact name="Mapping" step="filter">
        {transform == null ? NONE : transform.map(({ op }) => OP_WORDS[op].name).join(", ")}
      </Fact>
      {subjects.length > 0 && (
        <Fact name="Subjects" step="filter">
          <span className="font-mono text-xs">{subjects.slice(0, 5).join(", ")}</span>
          {subjects.length > 5 && ` and ${subjects.length - 5} more`}
        </Fact>
      )}
      {rateLimit !== null && (
        <Fact name="Rate" step="filter">
          At most {rateLimit} attempts a second
        </Fact>
      )}
      {autoDisable.kind !== "profile" && (
        <Fact name="Disabled" step="filter">
          {autoDisableWords(autoDisable.kind === "never" ? false : autoDisable.rule)}
        </Fact>
      )}
    </>
  );
}
