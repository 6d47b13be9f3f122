"use client";
// Owns the event that a profile is tried with, wherever it comes from.

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import {
  type ExampleChoice,
  type ExampleEvent,
  FIRST_SAMPLE,
  readChoice,
  sampleInput,
} from "@/lib/client/profiles/example-choice";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { profileQueries } from "@/lib/client/queries/profiles";
import { trialQueries } from "@/lib/client/queries/trials";
import { useViewer } from "@/lib/client/viewer-context";
import type { EventDto } from "@/lib/contracts/events";
import type { SampleEventDto } from "@/lib/contracts/profiles";

export type Example = {
  choice: ExampleChoice;
  choose: (choice: ExampleChoice) => void;
  /** Names of the catalogue's types that have an example. */
  types: string[];
  /** Newest first. */
  events: EventDto[];
  /** What the preview is asked about; null while a catalogue example is being read. */
  event: ExampleEvent | null;
};

/** Catalogue examples and past events are offered beside the profile's own. */
export function useExample(samples: readonly SampleEventDto[]): Example {
  const { place, can } = useViewer();
  const [choice, choose] = useState<ExampleChoice>(FIRST_SAMPLE);
  const { kind, of } = readChoice(choice);
  const types = useQuery({ ...endpointQueries.eventTypes(place), enabled: can("endpoints:read") });
  const events = useQuery({ ...trialQueries.recentEvents(place), enabled: can("events:read") });
  const detail = useQuery({ ...profileQueries.eventType(place, of), enabled: kind === "type" });
  const sample = samples[Number(of)] ?? samples[0];
  const event = useMemo((): ExampleEvent | null => {
    if (kind === "event") return { event_id: of };
    if (kind === "sample") return sample === undefined ? {} : sampleInput(sample);
    const type = detail.data;
    if (type?.example_text == null) return null;
    return {
      event: {
        type: type.name,
        data_text: type.example_text,
        ...(type.example_subject !== null && { subject: type.example_subject }),
        ...(type.example_attributes !== null && { attributes: type.example_attributes }),
      },
    };
  }, [kind, of, sample, detail.data]);
  return {
    choice,
    choose,
    types: (types.data ?? []).filter(({ has_example }) => has_example).map(({ name }) => name),
    events: events.data ?? [],
    event,
  };
}
