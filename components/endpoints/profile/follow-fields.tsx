"use client";
// Owns settings that follow the profile until somebody sets them for one endpoint: schedule and timeout, each with the way
// back.

import { Button } from "@/components/ui/button";
import { RadioGroup, RadioItem } from "@/components/ui/radio-group";
import { formatDuration } from "@/lib/client/format-duration";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from "@/lib/domain/retry/policy";
import { NumberField } from "../form/number-field";
import { RetryPolicyEditor } from "../form/retry-policy-editor";
import { RetryPreviewTable, retrySummary } from "../form/retry-preview-table";

type ProfileRetries = Pick<ProfileDefinition, "retry_policy"> | undefined;

interface RetryFieldProps {
  /** Null follows the profile. */
  value: RetryPolicy | null;
  /** What the profile says; undefined while it is being read. */
  profile: ProfileRetries;
  onChange: (value: RetryPolicy | null) => void;
  error?: string | undefined;
}

export function RetryField({ value, profile, onChange, error }: RetryFieldProps) {
  const theirs = profile?.retry_policy;
  return (
    <div className="grid grid-cols-1 gap-4">
      <RadioGroup
        aria-label="Whose schedule"
        value={value === null ? "profile" : "own"}
        onValueChange={(kind) => onChange(kind === "profile" ? null : (theirs ?? DEFAULT_RETRY_POLICY))}
      >
        <RadioItem
          value="profile"
          label="The profile's schedule"
          description={theirs === undefined ? undefined : `${retrySummary(theirs)}.`}
        />
        <RadioItem value="own" label="A schedule of its own" />
      </RadioGroup>
      {value !== null ? (
        <RetryPolicyEditor value={value} onChange={onChange} error={error} />
      ) : (
        theirs !== undefined && <RetryPreviewTable policy={theirs} />
      )}
    </div>
  );
}

interface LimitFieldsProps {
  /** Null follows the profile. */
  timeoutMs: number | null;
  profile: Pick<ProfileDefinition, "timeout_ms"> | undefined;
  maxConcurrency: number;
  onChange: (change: { timeoutMs?: number | null; maxConcurrency?: number }) => void;
}

/** How long an attempt may take and how many may run at once. */
export function LimitFields({ timeoutMs, profile, maxConcurrency, onChange }: LimitFieldsProps) {
  const theirs = profile?.timeout_ms;
  const shown = timeoutMs ?? theirs;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      {shown !== undefined && (
        <div className="grid grid-cols-1 content-start gap-1.5">
          <NumberField
            label="Timeout"
            unit="s"
            min={1}
            max={30}
            step={0.1}
            value={shown / 1000}
            hint={
              timeoutMs === null
                ? "For the whole attempt, as the profile says."
                : "For the whole attempt; set for this endpoint alone."
            }
            onChange={(seconds) => onChange({ timeoutMs: Math.round(seconds * 1000) })}
          />
          {timeoutMs !== null && theirs !== undefined && (
            <Button size="sm" className="justify-self-start" onClick={() => onChange({ timeoutMs: null })}>
              Use the profile's {formatDuration(theirs / 1000)}
            </Button>
          )}
        </div>
      )}
      <NumberField
        label="Concurrency"
        min={1}
        max={100}
        value={maxConcurrency}
        hint="At most this many attempts at the same time."
        onChange={(next) => onChange({ maxConcurrency: next })}
      />
    </div>
  );
}
