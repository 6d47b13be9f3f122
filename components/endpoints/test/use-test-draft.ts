"use client";
// Owns what a test will send: the type, its example from the catalogue, and what somebody makes of that.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { firstTestType, PLAIN_DATA, type TestTypes, testTypes } from "@/lib/client/catalogue/test-draft";
import { jsonProblem } from "@/lib/client/profiles/json-places";
import { catalogueQueries } from "@/lib/client/queries/catalogue";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import type { SendTestInput } from "@/lib/contracts/endpoints";

/** What is known of the endpoint; a page that knows only its address leaves the rest out. */
export type TestedEndpoint = {
  id: string;
  url: string;
  event_types?: readonly string[];
  subjects?: readonly string[];
  profile?: { slug: string };
};

export type TestDraft = {
  types: TestTypes;
  type: string;
  choose: (type: string) => void;
  /** JSON text; undefined while the example is being read. */
  data: string | undefined;
  setData: (text: string) => void;
  isEdited: boolean;
  reset: () => void;
  problem: ReturnType<typeof jsonProblem>;
  /** What is sent; null while it cannot be. */
  input: SendTestInput | null;
  /** What the event will be about; null for nothing. */
  subject: string | null;
};

/** `asked` is a type that the page is about; otherwise one that fits the endpoint is proposed. */
export function useTestDraft(endpoint: TestedEndpoint, asked?: string): TestDraft {
  const { place } = useViewer();
  const list = useQuery(endpointQueries.eventTypes(place));
  const [chosen, setChosen] = useState(asked);
  const [edits, setEdits] = useState<Readonly<Record<string, string>>>({});
  const types = testTypes(list.data ?? [], endpoint.event_types ?? ["*"]);
  const type = chosen ?? firstTestType(types, endpoint.profile?.slug ?? null);
  const entry = list.data?.find(({ name }) => name === type);
  const hasExample = entry?.has_example === true;
  const detail = useQuery({ ...catalogueQueries.detail(place, type), enabled: hasExample });
  const example = hasExample ? detail.data?.example_text : PLAIN_DATA;
  const isKnown = list.data !== undefined || list.isError;
  const edited = edits[type];
  const data = edited ?? (isKnown ? (detail.isError ? PLAIN_DATA : (example ?? undefined)) : undefined);
  const problem = data === undefined ? null : jsonProblem(data);
  const isEdited = edited !== undefined && edited !== example;
  return {
    types,
    type,
    choose: setChosen,
    data,
    setData: (text) => setEdits({ ...edits, [type]: text }),
    isEdited,
    reset: () => {
      const { [type]: _, ...rest } = edits;
      setEdits(rest);
    },
    problem,
    input: data === undefined || problem !== null ? null : { type, data_text: data },
    subject: endpoint.subjects?.[0] ?? (hasExample ? (detail.data?.example_subject ?? null) : null),
  };
}
