"use client";
// Owns the choice of what a test sends: a type with its example from the catalogue, and the payload to edit.

import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CodeEditor } from "@/components/ui/code-editor";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { Skeleton } from "@/components/ui/skeleton";
import { PLAIN_TEST } from "@/lib/client/catalogue/test-draft";
import { visibleText } from "@/lib/client/visible-text";
import type { EventTypeDto } from "@/lib/contracts/event-types";
import { prettyJson } from "@/lib/domain/json/pretty-print";
import type { TestDraft } from "./use-test-draft";

const option = ({ name, has_example }: EventTypeDto) => (
  <option key={name} value={name}>
    {has_example ? name : `${name} (no example)`}
  </option>
);

export function TestComposer({ draft }: { draft: TestDraft }) {
  const { types, type, data } = draft;
  const indented = data === undefined ? null : prettyJson(data);
  const isListed = [...types.taken, ...types.others].some(({ name }) => name === type) || type === PLAIN_TEST;
  return (
    <div className="grid grid-cols-1 gap-3">
      <Field
        label="Event type"
        hint={
          draft.subject !== null && (
            <>
              About the subject <code className="font-mono wrap-anywhere">{visibleText(draft.subject)}</code>.
            </>
          )
        }
      >
        <NativeSelect value={type} onChange={(event) => draft.choose(event.target.value)}>
          {!isListed && <option value={type}>{type}</option>}
          {types.taken.length > 0 && (
            <optgroup label="What this endpoint takes">{types.taken.map(option)}</optgroup>
          )}
          {types.others.length > 0 && (
            <optgroup label="Other examples of the catalogue">{types.others.map(option)}</optgroup>
          )}
          <optgroup label="Neither">
            <option value={PLAIN_TEST}>{PLAIN_TEST}</option>
          </optgroup>
        </NativeSelect>
      </Field>
      <Field
        label="Payload (data)"
        error={draft.problem?.message}
        hint="Sent byte for byte. Change it to try other values; the example stays as it is."
        aside={
          <span className="-my-1.5 flex">
            {draft.isEdited && (
              <Button size="sm" variant="ghost" icon={<RotateCcw />} onClick={draft.reset}>
                Back to the example
              </Button>
            )}
            {indented !== null && indented !== data && (
              <Button size="sm" variant="ghost" onClick={() => draft.setData(indented)}>
                Indent
              </Button>
            )}
          </span>
        }
      >
        {data === undefined ? (
          <Skeleton className="h-44 w-full" />
        ) : (
          <CodeEditor
            key={type}
            label="Payload (data)"
            className="h-44"
            value={data}
            onChange={draft.setData}
            problems={draft.problem === null ? [] : [draft.problem]}
          />
        )}
      </Field>
    </div>
  );
}
