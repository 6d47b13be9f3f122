"use client";
// Owns an example while it is written: JSON that is kept byte for byte, what it is about, its attributes.

import { CodeEditor } from "@/components/ui/code-editor";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NameValueRows } from "@/components/ui/name-value-rows";
import type { TypeDraft, TypeProblems } from "@/lib/client/catalogue/type-draft";
import { MAX_ATTRIBUTES } from "@/lib/contracts/events";

interface ExampleFieldsProps {
  draft: TypeDraft;
  problems: TypeProblems;
  onChange: (part: Partial<TypeDraft>) => void;
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
      <NameValueRows
        legend="Attributes"
        noun="attribute"
        rows={draft.attributes}
        onChange={(attributes) => onChange({ attributes })}
        max={MAX_ATTRIBUTES}
        namePlaceholder="resource_type"
        valuePlaceholder="STAMP"
        problems={problems.attributes === undefined ? [] : [problems.attributes]}
        hint="Some profiles make headers of them."
      />
    </>
  );
}
