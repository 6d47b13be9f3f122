"use client";
// Owns how fast an endpoint is called, and when it is disabled for failing.

import { Checkbox } from "@/components/ui/checkbox";
import { RadioGroup, RadioItem } from "@/components/ui/radio-group";
import { countOf } from "@/lib/client/count-of";
import type { AutoDisableDraft, RefineDraft } from "@/lib/client/endpoints/refine-draft";
import { warnAtText } from "@/lib/client/endpoints/warn-at";
import { type AutoDisableRule, DEFAULT_AUTO_DISABLE } from "@/lib/domain/profile/definition-shape";
import { NumberField } from "../form/number-field";
import { WarnAtField } from "../form/warn-at-field";

const DEFAULT_RATE = 10;

interface RateLimitFieldProps {
  value: number | null;
  onChange: (rateLimit: number | null) => void;
}

export function RateLimitField({ value, onChange }: RateLimitFieldProps) {
  return (
    <div className="grid grid-cols-1 gap-3">
      <Checkbox
        label="Limit the rate"
        description="What comes faster waits for its turn; nothing is lost."
        checked={value !== null}
        onCheckedChange={(isOn) => onChange(isOn === true ? DEFAULT_RATE : null)}
      />
      {value !== null && (
        <div className="w-48 pl-6.5">
          <NumberField label="At most" unit="/ s" min={1} max={1000} value={value} onChange={onChange} />
        </div>
      )}
    </div>
  );
}

interface AutoDisableFieldsProps {
  value: AutoDisableDraft;
  /** What the profile says, where that is known. */
  profileRule: AutoDisableRule | false | undefined;
  onChange: (value: AutoDisableDraft) => void;
}

/** "After 120 h without a success and at least 5 failing deliveries; warned at 50, 70, 90 %". */
export function autoDisableWords(rule: AutoDisableRule | false): string {
  if (rule === false) return "Never";
  const { after_hours, min_failures, warn_at_percent } = rule;
  const warned = warn_at_percent.length === 0 ? "" : `; warned at ${warnAtText(warn_at_percent)}\u00a0%`;
  return `After ${after_hours}\u00a0h without a success and at least ${countOf(min_failures, "failing delivery", "failing deliveries")}${warned}`;
}

export function AutoDisableFields({ value, profileRule, onChange }: AutoDisableFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-3">
      <RadioGroup
        aria-label="When to disable it for failing"
        value={value.kind}
        onValueChange={(kind) => {
          if (kind === "own") {
            const rule =
              profileRule === undefined || profileRule === false ? DEFAULT_AUTO_DISABLE : profileRule;
            onChange({ kind, rule });
          } else onChange({ kind: kind === "never" ? "never" : "profile" });
        }}
      >
        <RadioItem
          value="profile"
          label="As the profile says"
          description={profileRule === undefined ? undefined : `${autoDisableWords(profileRule)}.`}
        />
        <RadioItem value="own" label="By a rule of its own" />
        <RadioItem
          value="never"
          label="Never"
          description="However long it fails. An answer of 410 Gone still disables it."
        />
      </RadioGroup>
      {value.kind === "own" && (
        <div className="grid grid-cols-1 gap-4 pl-6.5 sm:grid-cols-2">
          <NumberField
            label="Failing for"
            unit="h"
            min={1}
            max={720}
            value={value.rule.after_hours}
            hint="Without a single success."
            onChange={(after_hours) => onChange({ kind: "own", rule: { ...value.rule, after_hours } })}
          />
          <NumberField
            label="Failing deliveries"
            min={1}
            max={1000}
            value={value.rule.min_failures}
            hint="At least so many. Tests and replays do not count."
            onChange={(min_failures) => onChange({ kind: "own", rule: { ...value.rule, min_failures } })}
          />
          <WarnAtField
            value={value.rule.warn_at_percent}
            onChange={(warn_at_percent) =>
              onChange({ kind: "own", rule: { ...value.rule, warn_at_percent } })
            }
          />
        </div>
      )}
    </div>
  );
}

interface PaceFieldsProps {
  value: RefineDraft;
  profileRule: AutoDisableRule | false | undefined;
  onChange: (change: Partial<RefineDraft>) => void;
}

/** Rate and auto-disable together, divided by a line. */
export function PaceFields({ value, profileRule, onChange }: PaceFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-5">
      <RateLimitField value={value.rateLimit} onChange={(rateLimit) => onChange({ rateLimit })} />
      <fieldset className="grid grid-cols-1 gap-3">
        <legend className="mb-2 font-medium text-ink text-sm">Disable it when it keeps failing</legend>
        <AutoDisableFields
          value={value.autoDisable}
          profileRule={profileRule}
          onChange={(autoDisable) => onChange({ autoDisable })}
        />
      </fieldset>
    </div>
  );
}
