"use client";
// Owns a filter while it is written: by form or as an expression, with its sentence, its problems, and its trial.

import { Plus } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import {
  canBeForm,
  type DraftRow,
  type FilterDraft,
  newRow,
  readFilterDraft,
  switchMode,
} from "@/lib/client/endpoints/filter-draft";
import { filterPaths } from "@/lib/client/endpoints/payload-paths";
import { summarizeFilter } from "@/lib/domain/filter/summarize";
import { ExpressionField } from "./expression-field";
import { FilterRowFields } from "./filter-row-fields";
import { FilterTrial } from "./filter-trial";
import { type Scope, useExamples } from "./use-examples";

const MAX_ROWS = 20;

interface FilterEditorProps {
  value: FilterDraft;
  onChange: (draft: FilterDraft) => void;
  scope: Scope;
  /** What the server said when it was saved. */
  error?: string | undefined;
}

export function FilterEditor({ value, onChange, scope, error }: FilterEditorProps) {
  const pathsId = useId();
  const { dataText } = useExamples(scope, null);
  const paths = useMemo(() => filterPaths(dataText), [dataText]);
  const reading = readFilterDraft(value);
  // Rows say what is wrong once they have been left, not while they are written for the first time.
  const [left, setLeft] = useState<ReadonlySet<number>>(() => new Set(value.rows.map((row) => row.id)));
  const setRow = (changed: DraftRow) =>
    onChange({ ...value, rows: value.rows.map((row) => (row.id === changed.id ? changed : row)) });
  const isForm = value.mode === "form";
  const isStuck = !canBeForm(value);
  const sentence = reading.filter == null ? null : summarizeFilter(reading.filter);

  return (
    <div className="grid grid-cols-1 gap-3">
      <datalist id={pathsId}>
        {paths.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          label="How the filter is written"
          value={value.mode}
          onValueChange={(mode) => onChange(switchMode(value, mode))}
          options={[
            { value: "form", label: "Form" },
            { value: "text", label: "Expression" },
          ]}
        />
        {isForm && value.rows.length > 1 && (
          <SegmentedControl
            label="How conditions combine"
            value={value.combine}
            onValueChange={(combine) => onChange({ ...value, combine })}
            options={[
              { value: "all", label: "All must hold" },
              { value: "any", label: "Any may hold" },
            ]}
          />
        )}
        {isStuck && <span className="text-subtle text-xs">The form has no words for this expression.</span>}
      </div>
      {isForm ? (
        <div className="grid grid-cols-1 gap-1">
          {value.rows.length === 0 && (
            <p className="text-muted text-sm">No condition: it takes every event that it subscribes to.</p>
          )}
          <div className="divide-y divide-line">
            {value.rows.map((row, index) => (
              <FilterRowFields
                key={row.id}
                row={row}
                number={index + 1}
                problems={left.has(row.id) ? reading.rows.get(row.id) : undefined}
                pathsId={pathsId}
                onChange={setRow}
                onBlur={() => setLeft(new Set([...left, row.id]))}
                onRemove={() => onChange({ ...value, rows: value.rows.filter(({ id }) => id !== row.id) })}
              />
            ))}
          </div>
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              icon={<Plus />}
              disabled={value.rows.length >= MAX_ROWS}
              onClick={() => onChange({ ...value, rows: [...value.rows, newRow(value.rows)] })}
            >
              Add condition
            </Button>
            <Button
              size="sm"
              icon={<Plus />}
              disabled={value.rows.length >= MAX_ROWS}
              onClick={() => onChange({ ...value, rows: [...value.rows, newRow(value.rows, "crosses")] })}
            >
              Add threshold
            </Button>
          </div>
        </div>
      ) : (
        <ExpressionField
          text={value.text}
          problems={reading.problems}
          onChange={(text) => onChange({ ...value, text })}
        />
      )}
      {error !== undefined && <p className="text-danger-ink text-xs">{error}</p>}
      {isForm &&
        reading.problems.map((problem) => (
          <p key={problem.message} className="text-danger-ink text-xs">
            {problem.message}
          </p>
        ))}
      {sentence !== null && (
        <p className="text-pretty text-muted text-sm" aria-live="polite">
          Takes an event when {sentence}.
        </p>
      )}
      {reading.filter != null && <FilterTrial filter={reading.filter} scope={scope} />}
    </div>
  );
}
