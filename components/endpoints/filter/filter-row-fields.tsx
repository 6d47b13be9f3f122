"use client";
// Owns one condition of a filter: the field, what is asked of it, and with what it is compared.

import { Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import {
  type DraftRow,
  FILTER_OPERATORS,
  type FilterOperator,
  isThreshold,
  type RowProblems,
} from "@/lib/client/endpoints/filter-draft";
import { readLoose } from "@/lib/client/endpoints/loose-value";
import { OPERATOR_WORDS } from "./filter-words";

interface FilterRowFieldsProps {
  row: DraftRow;
  /** From 1, for people who listen. */
  number: number;
  /** Undefined while nothing is wrong, or while the row is written for the first time. */
  problems: RowProblems | undefined;
  /** Id of a datalist with the fields of an example. */
  pathsId: string;
  onChange: (row: DraftRow) => void;
  onRemove: () => void;
  onBlur: () => void;
}

interface TypedProps {
  id: string;
  label: string;
  value: string;
  error: string | undefined;
  placeholder: string;
  list?: string;
  /** Says how the value will be read. */
  trailing?: string | undefined;
  onChange: (value: string) => void;
}

function Typed({ id, label, value, error, placeholder, list, trailing, onChange }: TypedProps) {
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-1">
      <Label htmlFor={id} className="font-normal text-subtle text-xs">
        {label}
      </Label>
      <Input
        id={id}
        mono
        list={list}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        value={value}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        trailing={trailing && <span className="bg-surface px-1">{trailing}</span>}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="text-danger-ink text-xs">
          {error}
        </p>
      )}
    </div>
  );
}

/** Only the payload has values of other types than text. */
function readAs(row: DraftRow): string | undefined {
  const isPlain = row.operator === "equals" || row.operator === "not_equals";
  const isInPayload = /^\s*(event\.)?data\b/.test(row.path);
  return isPlain && isInPayload && row.value.trim() !== "" ? readLoose(row.value).kind : undefined;
}

export function FilterRowFields({
  row,
  number,
  problems = {},
  pathsId,
  onChange,
  onRemove,
  onBlur,
}: FilterRowFieldsProps) {
  const id = (name: string) => `${pathsId}-${row.id}-${name}`;
  const set = (part: Partial<DraftRow>) => onChange({ ...row, ...part });
  const isLevel = isThreshold(row.operator);
  const hasUpper = row.operator === "crosses";
  return (
    <fieldset
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 py-3"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur();
      }}
    >
      <legend className="sr-only">Condition {number}</legend>
      <div className="grid min-w-0 grid-cols-1 gap-2 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_minmax(0,3fr)]">
        <Typed
          id={id("path")}
          label={isLevel ? "Field with the new value" : "Field"}
          list={pathsId}
          value={row.path}
          error={problems.path}
          placeholder="data.amount"
          onChange={(path) => set({ path })}
        />
        <div className="grid content-start gap-1">
          <Label htmlFor={id("operator")} className="font-normal text-subtle text-xs">
            Condition
          </Label>
          <NativeSelect
            id={id("operator")}
            value={row.operator}
            onChange={(event) => set({ operator: event.target.value as FilterOperator })}
          >
            {FILTER_OPERATORS.map((operator) => (
              <option key={operator} value={operator}>
                {OPERATOR_WORDS[operator]}
              </option>
            ))}
          </NativeSelect>
        </div>
        {isLevel ? (
          <Typed
            id={id("previous")}
            label="Field with the value before"
            list={pathsId}
            value={row.previous}
            error={problems.previous}
            placeholder="data.previous_amount"
            onChange={(previous) => set({ previous })}
          />
        ) : (
          row.operator !== "exists" && (
            <Typed
              id={id("value")}
              label={row.operator === "one_of" ? "Values, with commas between" : "Value"}
              value={row.value}
              error={problems.value}
              placeholder={row.operator === "one_of" ? "paid, refunded" : "100"}
              trailing={readAs(row)}
              onChange={(value) => set({ value })}
            />
          )
        )}
        {isLevel && (
          <>
            <Typed
              id={id("value")}
              label={hasUpper ? "Lower threshold" : "Threshold"}
              value={row.value}
              error={problems.value}
              placeholder="600"
              onChange={(value) => set({ value })}
            />
            {hasUpper && (
              <Typed
                id={id("upper")}
                label="Upper threshold, optional"
                value={row.upper}
                error={problems.upper}
                placeholder="700"
                onChange={(upper) => set({ upper })}
              />
            )}
          </>
        )}
      </div>
      <IconButton label={`Remove condition ${number}`} className="mt-5" onClick={onRemove}>
        <Trash2 />
      </IconButton>
    </fieldset>
  );
}
