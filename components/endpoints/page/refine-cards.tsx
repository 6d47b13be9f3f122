"use client";

// Owns the settings cards of what narrows and changes an endpoint's events: subjects, filter, mapping, pace.

import { SubjectLink } from "@/components/subjects/subject-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { RefineDraft } from "@/lib/client/endpoints/refine-draft";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import { FilterEditor } from "../filter/filter-editor";
import { PaceFields } from "../filter/pace-fields";
import { SubjectsEditor } from "../filter/subjects-editor";
import { MappingEditor } from "../mapping/mapping-editor";

interface RefineCardsProps {
  /** The subject of a callback, which is what it is and cannot be changed; null for other endpoints. */
  callbackOf: string | null;
  value: RefineDraft;
  onChange: (value: RefineDraft) => void;
  /** As they stand in the form, saved or not. */
  eventTypes: readonly string[];
  tenant: string;
  errorAt: (path: string) => string | undefined;
  /** When the profile disables; undefined while it is being read. */
  profileRule: AutoDisableRule | false | undefined;
}

export function RefineCards({
  callbackOf,
  value,
  onChange,
  eventTypes,
  tenant,
  errorAt,
  profileRule,
}: RefineCardsProps) {
  const set = (change: Partial<RefineDraft>) => onChange({ ...value, ...change });
  const scope = { eventTypes, tenant, subjects: value.subjects };
  return (
    <>
      <Card>
        <CardHeader
          title="Filter"
          description="Which of these events it gets, by what they are about and what they say."
        />
        <CardBody className="grid grid-cols-1 gap-5">
          {callbackOf === null ? (
            <SubjectsEditor
              value={value.subjects}
              onChange={(subjects) => set({ subjects })}
              error={errorAt("subjects")}
            />
          ) : (
            <p className="text-muted text-sm">
              The callback of <SubjectLink subject={callbackOf} className="underline" />. Its subject cannot
              be changed.
            </p>
          )}
          <FilterEditor
            value={value.filter}
            onChange={(filter) => set({ filter })}
            scope={scope}
            error={errorAt("filter")}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Field mapping"
          description="Rules that change data before it is sent, in order. What no rule touches stays byte for byte."
        />
        <CardBody>
          <MappingEditor
            value={value.mapping}
            onChange={(mapping) => set({ mapping })}
            scope={scope}
            error={errorAt("transform")}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Rate and failing" />
        <CardBody>
          <PaceFields value={value} profileRule={profileRule} onChange={set} />
        </CardBody>
      </Card>
    </>
  );
}
