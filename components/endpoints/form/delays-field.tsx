"use client";
// Owns an own list of delays as a person writes it: "0, 5s, 5m, 2h".

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatDelays, parseDelays } from "@/lib/client/endpoints/retry-preview";
import { type RetryPolicy, retryPolicySchema } from "@/lib/domain/retry/policy";

type DelaysPolicy = Extract<RetryPolicy, { delays_seconds: number[] }>;

interface DelaysFieldProps {
  value: DelaysPolicy;
  onChange: (policy: RetryPolicy) => void;
}

function problemOf(text: string, jitter: number | undefined): string | null {
  const read = parseDelays(text);
  if (read.outcome === "wrong") return `“${read.part}” is not a delay. Use numbers with s, m, h or d.`;
  if (read.seconds.length === 0) return "Give at least one delay; 0 is one attempt at once.";
  const policy = { delays_seconds: read.seconds, ...(jitter !== undefined && { jitter }) };
  return retryPolicySchema.safeParse(policy).success
    ? null
    : "At most 30 delays, each no longer than 7 days.";
}

export function DelaysField({ value, onChange }: DelaysFieldProps) {
  const [text, setText] = useState(() => formatDelays(value.delays_seconds));
  return (
    <Field
      label="Delays before each attempt"
      hint="The first counts from the event, each further one from the attempt before it."
      error={problemOf(text, value.jitter)}
    >
      <Input
        mono
        spellCheck={false}
        placeholder="0, 5s, 5m, 30m, 2h"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const read = parseDelays(event.target.value);
          if (read.outcome === "read" && problemOf(event.target.value, value.jitter) === null) {
            onChange({ ...value, delays_seconds: read.seconds });
          }
        }}
      />
    </Field>
  );
}
