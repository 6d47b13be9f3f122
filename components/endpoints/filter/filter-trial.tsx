"use client";
// Owns the trial of a filter on past events: how many would have matched, and samples of both kinds.

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { OutsideText } from "@/components/deliveries/outside-text";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { StateDot } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { trialQueries } from "@/lib/client/queries/trials";
import { useSettled } from "@/lib/client/use-settled";
import { useViewer } from "@/lib/client/viewer-context";
import type { FilterSampleDto, FilterTrialDto } from "@/lib/contracts/trials";
import type { FilterReason } from "@/lib/domain/filter/compile";
import { REASON_WORDS } from "./filter-words";
import type { Scope } from "./use-examples";

interface FilterTrialProps {
  filter: string;
  scope: Scope;
}

const noun = (count: number) => (count === 1 ? "event" : "events");

function Sample({ sample }: { sample: FilterSampleDto }) {
  const { href } = useViewer();
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2 px-3 py-1.5 text-xs">
      <StateDot
        tone={sample.matched ? "success" : "neutral"}
        label={sample.matched ? "Matches" : "Does not"}
      />
      <Link
        href={href(`/events/${sample.event_id}`)}
        target="_blank"
        className="truncate rounded-xs font-mono text-accent-ink underline-offset-4 hover:underline"
      >
        <OutsideText text={sample.type} />
      </Link>
      <span className="text-subtle">
        <Timestamp value={sample.timestamp} />
      </span>
      {sample.detail !== null && sample.reason !== "false" && (
        <span className="col-start-2 col-end-4 text-pretty text-muted">{sample.detail}</span>
      )}
    </li>
  );
}

function Samples({ title, samples }: { title: string; samples: FilterSampleDto[] }) {
  if (samples.length === 0) return null;
  return (
    <div className="min-w-0">
      <h4 className="px-3 pt-2 font-medium text-subtle text-xs">{title}</h4>
      <ul aria-label={title}>
        {samples.map((sample) => (
          <Sample key={sample.event_id} sample={sample} />
        ))}
      </ul>
    </div>
  );
}

function Counted({ trial }: { trial: FilterTrialDto }) {
  if (trial.of === 0) {
    return (
      <p className="px-3 py-2.5 text-muted text-sm">
        No event yet that this endpoint would be asked about, so there is nothing to try it on.
      </p>
    );
  }
  const reasons = Object.entries(trial.reasons) as [FilterReason, number][];
  return (
    <>
      <div className="grid gap-0.5 px-3 py-2.5">
        <p className="text-ink text-sm">
          Would have matched <strong className="tabular font-semibold">{trial.matched}</strong> of the last{" "}
          <span className="tabular">{trial.of}</span> {noun(trial.of)}.
        </p>
        {reasons.length > 0 && (
          <p className="text-muted text-xs">
            {reasons.map(([reason, count]) => `${count} ${REASON_WORDS[reason]}`).join(", ")}.
          </p>
        )}
      </div>
      <div className="grid grid-cols-1 gap-x-4 border-t pb-1.5 sm:grid-cols-2">
        <Samples title="Match" samples={trial.samples.filter((sample) => sample.matched)} />
        <Samples title="Do not match" samples={trial.samples.filter((sample) => !sample.matched)} />
      </div>
    </>
  );
}

export function FilterTrial({ filter, scope }: FilterTrialProps) {
  const { place } = useViewer();
  const text = useSettled(filter);
  const trial = useQuery(
    trialQueries.filter(place, {
      filter: text,
      ...(scope.eventTypes.length > 0 && { event_types: [...scope.eventTypes] }),
      subjects: [...scope.subjects],
      tenant: scope.tenant === "" ? null : scope.tenant,
    }),
  );
  const isOld = text !== filter || trial.isPlaceholderData;
  if (trial.isError) {
    const problems = trial.error instanceof ProblemError ? trial.error.errors : [];
    return (
      <Callout tone="danger" title={errorText(trial.error)}>
        {problems.map((problem) => problem.message).join(" ")}
      </Callout>
    );
  }
  return (
    <section
      aria-label="Trial on past events"
      aria-busy={isOld || trial.isLoading}
      aria-live="polite"
      className="overflow-hidden rounded-md border border-line bg-sunken"
    >
      {trial.data === undefined ? (
        <Skeleton className="m-3 h-5 w-64" />
      ) : (
        <div className={isOld ? "opacity-60" : undefined}>
          <Counted trial={trial.data} />
        </div>
      )}
    </section>
  );
}
