"use client";
// Owns the choice of the event that a profile is tried with.

import { useId } from "react";
import { formatUtc } from "@/components/ui/format-time";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import type { ExampleChoice } from "@/lib/client/profiles/example-choice";
import { visibleText } from "@/lib/client/visible-text";
import type { SampleEventDto } from "@/lib/contracts/profiles";
import type { Example } from "./use-example";

/** More than this are found on the page of events, not in a menu. */
const MAX_EVENTS = 20;

interface ExampleSelectProps {
  example: Example;
  samples: readonly SampleEventDto[];
}

export function ExampleSelect({ example, samples }: ExampleSelectProps) {
  const id = useId();
  const { choice, choose, types, events } = example;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <Label htmlFor={id} className="font-normal text-subtle text-xs">
        Example
      </Label>
      <NativeSelect
        id={id}
        className="min-w-0 flex-1 sm:max-w-80"
        value={choice}
        onChange={(event) => choose(event.target.value as ExampleChoice)}
      >
        <optgroup label="Examples of the profile">
          {samples.map((sample, index) => (
            <option key={sample.id} value={`sample:${index}`}>
              {sample.type}
            </option>
          ))}
        </optgroup>
        {types.length > 0 && (
          <optgroup label="Examples of the catalogue">
            {types.map((name) => (
              <option key={name} value={`type:${name}`}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        {events.length > 0 && (
          <optgroup label="Past events">
            {events.slice(0, MAX_EVENTS).map((event) => (
              <option key={event.id} value={`event:${event.id}`}>
                {visibleText(event.type)} · {formatUtc(Date.parse(event.created_at))}
              </option>
            ))}
          </optgroup>
        )}
      </NativeSelect>
    </div>
  );
}
