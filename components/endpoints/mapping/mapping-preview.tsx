"use client";
// Owns the trial of a mapping: on a real event or on an example that somebody types. Runs in the browser, by the code
// that deliveries are mapped with.

import { type ReactNode, useId, useMemo, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { formatUtc } from "@/components/ui/format-time";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { jsonText } from "@/lib/contracts/json-text";
import { compileTransform } from "@/lib/domain/transform/compile";
import { TransformError } from "@/lib/domain/transform/errors";
import { previewTransform, type TransformPreview } from "@/lib/domain/transform/preview";
import type { TransformRule } from "@/lib/domain/transform/rules";
import type { Examples } from "../filter/use-examples";
import { DiffView } from "./diff-view";

const OWN = "own";
const EXAMPLE = '{\n  "id": 1001,\n  "customer": { "name": "Ada Lovelace" },\n  "amount": 12.50\n}';

type Tried = { preview: TransformPreview } | { problem: string };

function tryOn(rules: readonly TransformRule[], text: string): Tried {
  const read = jsonText.safeParse(text);
  if (!read.success) return { problem: "The example is not JSON." };
  const compiled = compileTransform(rules);
  if (!compiled.ok) return { problem: "The rules cannot be used yet." };
  try {
    return { preview: previewTransform(compiled.transform, text) };
  } catch (error) {
    if (error instanceof TransformError) return { problem: error.message };
    throw error;
  }
}

interface MappingPreviewProps {
  rules: readonly TransformRule[];
  examples: Examples;
  /** The chosen event; null is the newest one. */
  eventId: string | null;
  onEventChange: (id: string | null) => void;
  /** Tells which rules found nothing to do, by their place. */
  renderSkipped: (preview: TransformPreview) => ReactNode;
}

export function MappingPreview({
  rules,
  examples,
  eventId,
  onEventChange,
  renderSkipped,
}: MappingPreviewProps) {
  const selectId = useId();
  const [isOwnChosen, setOwnChosen] = useState(false);
  const [own, setOwn] = useState(EXAMPLE);
  const isOwn = isOwnChosen || (!examples.isLoading && examples.events.length === 0);
  const text = isOwn ? own : examples.dataText;
  const tried = useMemo(() => (text === null ? null : tryOn(rules, text)), [rules, text]);
  return (
    <section aria-label="Preview of the mapping" className="grid grid-cols-1 gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Label htmlFor={selectId} className="font-normal text-subtle text-xs">
          Try it on
        </Label>
        <NativeSelect
          id={selectId}
          className="w-full sm:w-80"
          value={isOwn ? OWN : (eventId ?? examples.event?.id ?? "")}
          onChange={(event) => {
            setOwnChosen(event.target.value === OWN);
            if (event.target.value !== OWN) onEventChange(event.target.value);
          }}
        >
          {examples.events.map((event) => (
            <option key={event.id} value={event.id}>
              {event.type} · {formatUtc(Date.parse(event.created_at))}
            </option>
          ))}
          <option value={OWN}>An example of my own</option>
        </NativeSelect>
      </div>
      {isOwn && (
        <Field label="Example of data">
          <Textarea
            mono
            rows={5}
            spellCheck={false}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
        </Field>
      )}
      {tried === null ? (
        examples.isLoading ? (
          <Skeleton className="h-32 w-full" />
        ) : (
          <Callout>The payload of this event has been cleared by retention. Choose a newer one.</Callout>
        )
      ) : "problem" in tried ? (
        <Callout tone="danger">{tried.problem}</Callout>
      ) : (
        <>
          <DiffView {...tried.preview} />
          {renderSkipped(tried.preview)}
        </>
      )}
    </section>
  );
}
