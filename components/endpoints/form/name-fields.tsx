"use client";
// Owns what people call an endpoint and whose events it gets.

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface NameFieldsProps {
  description: string;
  tenant: string;
  onChange: (change: { description?: string; tenant?: string }) => void;
  errors?: { description?: string | undefined; tenant?: string | undefined };
}

export function NameFields({ description, tenant, onChange, errors }: NameFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Field
        label="Description"
        optional
        error={errors?.description}
        hint="A name that people recognise it by."
      >
        <Input
          value={description}
          maxLength={256}
          placeholder="Orders to the warehouse"
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
      <Field
        label="Tenant"
        optional
        error={errors?.tenant}
        hint="Only events of this tenant. Without one: events of every tenant and of none."
      >
        <Input
          mono
          value={tenant}
          maxLength={128}
          spellCheck={false}
          placeholder="your own customer id"
          onChange={(event) => onChange({ tenant: event.target.value })}
        />
      </Field>
    </div>
  );
}
