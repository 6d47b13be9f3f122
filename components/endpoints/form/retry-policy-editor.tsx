"use client";
// Owns the choice of a retry policy: a preset, an own list of delays, or a rule; always with what it would do.

import { Checkbox } from "@/components/ui/checkbox";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { RETRY_PRESETS, type RetryPolicy, type RetryPreset } from "@/lib/domain/retry/policy";
import { DelaysField } from "./delays-field";
import { NumberField } from "./number-field";
import { RetryPreviewTable, retrySummary } from "./retry-preview-table";

type Kind = "preset" | "delays" | "exponential" | "fixed";

interface RetryPolicyEditorProps {
  value: RetryPolicy;
  onChange: (policy: RetryPolicy) => void;
  error?: string | undefined;
}

function kindOf(policy: RetryPolicy): Kind {
  if ("preset" in policy) return "preset";
  return "delays_seconds" in policy ? "delays" : policy.strategy;
}

const START: Record<Kind, RetryPolicy> = {
  preset: { preset: "standard" },
  delays: { delays_seconds: [0, 5, 300, 3600], jitter: 0.2 },
  exponential: {
    strategy: "exponential",
    base_seconds: 10,
    factor: 3,
    max_delay_seconds: 86_400,
    max_attempts: 8,
    jitter: 0.2,
  },
  fixed: { strategy: "fixed", interval_seconds: 300, max_attempts: 6, jitter: 0.2 },
};

/** What `lib/domain/retry` allows. */
const WAIT = { unit: "s", min: 1, max: 604_800 };
const MAX_ATTEMPTS = 30;
const MAX_BOUNDED_ATTEMPTS = 100;
const DEFAULT_HOURS = 72;

type Formula = Extract<RetryPolicy, { strategy: string }>;

/** How many attempts at most, and for how long: more than thirty need an end in time. */
function EndFields({ policy, onChange }: { policy: Formula; onChange: (policy: RetryPolicy) => void }) {
  const hours = policy.max_elapsed_seconds === undefined ? null : policy.max_elapsed_seconds / 3600;
  const withHours = (next: number | null): RetryPolicy => {
    const { max_elapsed_seconds: _, ...rest } = policy;
    if (next !== null) return { ...rest, max_elapsed_seconds: Math.round(next * 3600) };
    return { ...rest, max_attempts: Math.min(rest.max_attempts, MAX_ATTEMPTS) };
  };
  return (
    <>
      <NumberField
        label="Attempts"
        hint="At most so many, the first one included."
        min={1}
        max={hours === null ? MAX_ATTEMPTS : MAX_BOUNDED_ATTEMPTS}
        value={policy.max_attempts}
        onChange={(attempts) => onChange({ ...policy, max_attempts: attempts })}
      />
      <div className="col-span-full grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Checkbox
          label="Longest time"
          description="No attempt later than so long after the first, whatever jitter and Retry-After say."
          checked={hours !== null}
          onCheckedChange={(isOn) => onChange(withHours(isOn === true ? DEFAULT_HOURS : null))}
        />
        {hours !== null && (
          <NumberField
            label="Hours after the first attempt"
            unit="h"
            min={0.01}
            max={720}
            step={0.01}
            value={hours}
            onChange={(next) => onChange(withHours(next))}
          />
        )}
      </div>
    </>
  );
}

const PRESET_WORDS: Record<RetryPreset, string> = {
  standard: "Bridges an outage over a weekend.",
  quick: "For receivers where an hour-old event is worthless.",
  patient: "For receivers that may be away for a week.",
  none: "What fails stays failed unless somebody replays it.",
};

function JitterField({ policy, onChange }: { policy: RetryPolicy; onChange: (policy: RetryPolicy) => void }) {
  if ("preset" in policy) return null;
  return (
    <NumberField
      label="Jitter"
      unit="%"
      hint="Each wait varies by this much, so that retries do not come in herds."
      value={Math.round((policy.jitter ?? 0) * 100)}
      min={0}
      max={50}
      onChange={(percent) => onChange({ ...policy, jitter: percent / 100 })}
    />
  );
}

export function RetryPolicyEditor({ value, onChange, error }: RetryPolicyEditorProps) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <SegmentedControl
        label="Kind of schedule"
        value={kindOf(value)}
        onValueChange={(kind) => onChange(START[kind])}
        options={[
          { value: "preset", label: "Preset" },
          { value: "delays", label: "Own delays" },
          { value: "exponential", label: "Exponential" },
          { value: "fixed", label: "Fixed" },
        ]}
        className="max-w-full justify-self-start overflow-x-auto"
      />
      {"preset" in value && (
        <RadioGroup
          aria-label="Preset"
          value={value.preset}
          onValueChange={(preset) => onChange({ preset: preset as RetryPreset })}
          className="grid gap-2 sm:grid-cols-2"
        >
          {(Object.keys(RETRY_PRESETS) as RetryPreset[]).map((preset) => (
            <RadioCard
              key={preset}
              value={preset}
              label={RETRY_PRESETS[preset].label}
              description={`${retrySummary({ preset })}. ${PRESET_WORDS[preset]}`}
            />
          ))}
        </RadioGroup>
      )}
      {"delays_seconds" in value && <DelaysField value={value} onChange={onChange} />}
      {"strategy" in value && value.strategy === "exponential" && (
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label="First wait"
            hint="Before the second attempt."
            {...WAIT}
            value={value.base_seconds}
            onChange={(base) => onChange({ ...value, base_seconds: base })}
          />
          <NumberField
            label="Factor"
            hint="Each wait is so many times the one before."
            unit="×"
            min={1}
            max={10}
            step={0.5}
            value={value.factor}
            onChange={(factor) => onChange({ ...value, factor })}
          />
          <NumberField
            label="Longest wait"
            hint="Waits grow no further than this."
            {...WAIT}
            value={value.max_delay_seconds}
            onChange={(max) => onChange({ ...value, max_delay_seconds: max })}
          />
          <EndFields policy={value} onChange={onChange} />
        </div>
      )}
      {"strategy" in value && value.strategy === "fixed" && (
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label="Wait"
            {...WAIT}
            value={value.interval_seconds}
            onChange={(interval) => onChange({ ...value, interval_seconds: interval })}
          />
          <EndFields policy={value} onChange={onChange} />
        </div>
      )}
      <JitterField policy={value} onChange={onChange} />
      {error && <p className="text-danger-ink text-xs">{error}</p>}
      <RetryPreviewTable policy={value} />
    </div>
  );
}
