"use client";
// Owns an example while it is written: JSON that is kept byte for byte, what it is about, its attributes.

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CodeEditor } from "@/components/ui/code-editor";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { TypeDraft, TypeProblems } from "@/lib/client/catalogue/type-draft";

const MAX_ATTRIBUTES = 20;

interface ExampleFieldsProps {
  draft: TypeDraft;
  problems: TypeProblems;
  onChange: (part: Partial<TypeDraft>) => void;
}

function AttributeRows({ draft, problems, onChange }: ExampleFieldsProps) {
  const rows = draft.attributes;
  const set = (index: number, part: Partial<(typeof rows)[number]>) =>
    onChange({ attributes: rows.map((row, at) => (at === index ? { ...row, ...part } : row)) });
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">
        Attributes <span className="ml-1.5 font-normal text-subtle text-xs">optional</span>
      </legend>
      {rows.map((row, index) => (
        <div key={row.id} className="flex items-start gap-2">
          <div className="w-2/5 min-w-0">
            <Input
              mono
              aria-label={`Name of attribute ${index + 1}`}
              placeholder="resource_type"
              spellCheck={false}
              value={row.name}
              onChange={(event) => set(index, { name: event.target.value })}
            />
          </div>
          <div className="min-w-0 flex-1">
            <Input
              mono
              aria-label={`Value of attribute ${index + 1}`}
              placeholder="STAMP"
              spellCheck={false}
              value={row.value}
              onChange={(event) => set(index, { value: event.target.value })}
            />
          </div>
          <IconButton
            label={`Remove attribute ${row.name || index + 1}`}
            onClick={() => onChange({ attributes: rows.filter((_, at) => at !== index) })}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
      {problems.attributes && (
        <p aria-live="polite" className="text-danger-ink text-xs">
          {problems.attributes}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button
          size="sm"
          icon={<Plus />}
          disabled={rows.length >= MAX_ATTRIBUTES}
          onClick={() =>
            onChange({
              attributes: [
                ...rows,
                { id: 1 + Math.max(0, ...rows.map(({ id }) => id)), name: "", value: "" },
              ],
            })
          }
        >
          Add attribute
        </Button>
        <span className="text-subtle text-xs">Some profiles make headers of them.</span>
      </div>
    </fieldset>
  );
}

export function ExampleFields({ draft, problems, onChange }: ExampleFieldsProps) {
  return (
    <>
      <Field
        label="Example of data"
        optional
        error={problems.example?.message}
        hint="JSON, kept byte for byte: what a test sends as data. Never put real people's data here."
      >
        <CodeEditor
          label="Example of data"
          className="h-72"
          value={draft.example}
          onChange={(example) => onChange({ example })}
          problems={problems.example === undefined ? [] : [problems.example]}
        />
      </Field>
      <Field
        label="Subject of the example"
        optional
        error={problems.subject}
        hint="What it is about, such as a wallet or an order. Some profiles send it."
      >
        <Input
          mono
          spellCheck={false}
          value={draft.subject}
          onChange={(event) => onChange({ subject: event.target.value })}
        />
      </Field>
      <AttributeRows draft={draft} problems={problems} onChange={onChange} />
    </>
  );
}
