"use client";
// Owns the settings cards of what narrows and changes an endpoint's events: subjects, filter, mapping, pace.

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { RefineDraft } from "@/lib/client/endpoints/refine-draft";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { FilterEditor } from "../filter/filter-editor";
import { PaceFields } from "../filter/pace-fields";
import { SubjectsEditor } from "../filter/subjects-editor";
import { MappingEditor } from "../mapping/mapping-editor";

interface RefineCardsProps {
  endpoint: EndpointDto;
  value: RefineDraft;
  onChange: (value: RefineDraft) => void;
  /** As they stand in the form, saved or not. */
  eventTypes: readonly string[];
  tenant: string;
  errorAt: (path: string) => string | undefined;
}

export function RefineCards({ endpoint, value, onChange, eventTypes, tenant, errorAt }: RefineCardsProps) {
  const set = (change: Partial<RefineDraft>) => onChange({ ...value, ...change });
  const scope = { eventTypes, tenant, subjects: value.subjects };
  // The rule of the profile is known only from an endpoint that follows it.
  const profileRule = endpoint.overrides.includes("auto_disable") ? undefined : endpoint.auto_disable;
  return (
    <>
      <Card>
        <CardHeader
          title="Filter"
          description="Which of these events it gets, by what they are about and what they say."
        />
        <CardBody className="grid grid-cols-1 gap-5">
          <SubjectsEditor
            value={value.subjects}
            onChange={(subjects) => set({ subjects })}
            error={errorAt("subjects")}
          />
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
