"use client";
// Owns what becomes of an attempt: what counts as success, how long it may take, when it is retried, when an endpoint is
// disabled.

import { useState } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { problemBelow } from "@/lib/client/profiles/profile-draft";
import { DEFAULT_AUTO_DISABLE } from "@/lib/domain/profile/definition-shape";
import { NumberField } from "../../endpoints/form/number-field";
import { RetryPolicyEditor } from "../../endpoints/form/retry-policy-editor";
import type { SectionProps } from "./section-props";

interface ListFieldProps {
  label: string;
  hint: string;
  error: string | undefined;
  value: string;
  onChange: (parts: string[]) => void;
  /** What a part has to look like to be taken; anything unless given. */
  pattern?: RegExp;
}

/** A list as people type it, with commas; what they typed stays until the value changes elsewhere. */
function ListField({ label, hint, error, value, onChange, pattern = /./ }: ListFieldProps) {
  const [typed, setTyped] = useState<{ text: string; gave: string } | null>(null);
  const text = typed !== null && typed.gave === value ? typed.text : value;
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        mono
        spellCheck={false}
        value={text}
        onChange={(event) => {
          const parts = event.target.value
            .split(",")
            .map((part) => part.trim())
            .filter((part) => pattern.test(part));
          setTyped({ text: event.target.value, gave: parts.join(", ") });
          onChange(parts);
        }}
      />
    </Field>
  );
}

export function AnswerSection({ value, onChange, problems }: SectionProps) {
  return (
    <Card>
      <CardHeader
        title="Answer"
        description="410 Gone and 429 have meanings of their own and are never success."
      />
      <CardBody className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <ListField
          label="Success is"
          hint="Classes (2xx), statuses (204) and ranges (200-204), with commas between."
          error={problemBelow(problems, "success")}
          value={value.success.statuses.join(", ")}
          onChange={(statuses) => onChange({ ...value, success: { statuses } })}
        />
        <NumberField
          label="Timeout"
          unit="s"
          hint="For the whole attempt."
          min={1}
          max={30}
          step={0.1}
          value={value.timeout_ms / 1000}
          onChange={(seconds) => onChange({ ...value, timeout_ms: Math.round(seconds * 1000) })}
        />
      </CardBody>
    </Card>
  );
}

export function RetrySection({ value, onChange, problems }: SectionProps) {
  return (
    <Card>
      <CardHeader title="Retries" description="For endpoints that have no schedule of their own." />
      <CardBody>
        <RetryPolicyEditor
          value={value.retry_policy}
          onChange={(policy) => onChange({ ...value, retry_policy: policy })}
          error={problemBelow(problems, "retry_policy")}
        />
      </CardBody>
    </Card>
  );
}

export function FailingSection({ value, onChange, problems }: SectionProps) {
  const { auto_disable: rule } = value;
  const set = (change: Partial<NonNullable<typeof rule>>) =>
    rule !== null && onChange({ ...value, auto_disable: { ...rule, ...change } });
  return (
    <Card>
      <CardHeader title="Failing" />
      <CardBody className="grid grid-cols-1 gap-4">
        <Checkbox
          label="Disable endpoints that keep failing"
          description="Their deliveries are held from then on, and their owners are told. 410 Gone always disables."
          checked={rule !== null}
          onCheckedChange={(isOn) =>
            onChange({ ...value, auto_disable: isOn === true ? DEFAULT_AUTO_DISABLE : null })
          }
        />
        {rule !== null && (
          <div className="grid grid-cols-1 gap-4 pl-6.5 sm:grid-cols-3">
            <NumberField
              label="Failing for"
              unit="h"
              hint="Without a single success."
              min={1}
              max={720}
              value={rule.after_hours}
              onChange={(hours) => set({ after_hours: hours })}
            />
            <NumberField
              label="Failing deliveries"
              hint="At least so many."
              min={1}
              max={1000}
              value={rule.min_failures}
              onChange={(failures) => set({ min_failures: failures })}
            />
            <ListField
              label="Warn at"
              hint="Percent of the time, with commas between."
              error={problemBelow(problems, "auto_disable.warn_at_percent")}
              value={rule.warn_at_percent.join(", ")}
              pattern={/^\d+$/}
              onChange={(parts) => set({ warn_at_percent: parts.map(Number) })}
            />
          </div>
        )}
      </CardBody>
    </Card>
  );
}
