"use client";
// Owns the story of a delivery as a vertical line: what happened, what is happening, what is planned and when.

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { StateDot } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import type { Tone } from "@/components/ui/tone";
import { buildTimeline, type TimelineItem } from "@/lib/client/deliveries/timeline";
import type { DeliveryDetailDto } from "@/lib/contracts/deliveries";
import { STATE_LABELS, STATE_TONES } from "./delivery-state-pill";
import { formatDuration } from "./format";
import { ResultCode } from "./result-code";

/** Planned attempts shown before "and 6 more": a long schedule would push everything else down. */
const PLANNED_SHOWN = 4;

interface AttemptTimelineProps {
  delivery: DeliveryDetailDto;
  /** Number of the attempt that is shown in full. */
  selected: number | null;
  onSelect: (number: number) => void;
}

export function AttemptTimeline({ delivery, selected, onSelect }: AttemptTimelineProps) {
  const items = buildTimeline(delivery);
  const planned = items.filter((item) => item.kind === "planned");
  const hidden = Math.max(0, planned.length - PLANNED_SHOWN);
  const shown = items.filter((item) => item.kind !== "planned" || planned.indexOf(item) < PLANNED_SHOWN);
  const last = planned.at(-1);
  return (
    <ol aria-label="Attempts" className="grid text-sm">
      {shown.map((item) => (
        <Row
          key={"number" in item ? `${item.kind} ${item.number}` : item.kind}
          item={item}
          isSelected={item.kind === "attempt" && item.number === selected}
          onSelect={onSelect}
        />
      ))}
      {hidden > 0 && last !== undefined && (
        <Line mark={<Ring />}>
          <span className="text-subtle">
            and {hidden} more, the last one <Timestamp value={last.at} mode="local" />
          </span>
        </Line>
      )}
    </ol>
  );
}

interface RowProps {
  item: TimelineItem;
  isSelected: boolean;
  onSelect: (number: number) => void;
}

function Row({ item, isSelected, onSelect }: RowProps) {
  switch (item.kind) {
    case "created":
      return (
        <Line mark={<Ring />}>
          <span className="text-muted">Created</span>
          <When at={item.at} />
        </Line>
      );
    case "attempt":
      return <AttemptRow item={item} isSelected={isSelected} onSelect={onSelect} />;
    case "in_flight":
      return (
        <Line mark={<StateDot tone="progress" live />}>
          <span className="font-medium text-ink">Attempt {item.number}</span>
          <span className="text-progress-ink">under way</span>
        </Line>
      );
    case "planned":
      return (
        <Line mark={<Ring isDashed />}>
          <span className={item.isNext ? "text-ink" : "text-subtle"}>Attempt {item.number}</span>
          {item.isNext && <Timestamp value={item.at} className="text-progress-ink" />}
          <When at={item.at} isQuiet={!item.isNext} />
        </Line>
      );
    case "ended":
      return (
        <Line mark={<StateDot tone={STATE_TONES[item.state]} />}>
          <span className="font-medium text-ink">{STATE_LABELS[item.state]}</span>
          <When at={item.at} />
        </Line>
      );
  }
}

function AttemptRow({
  item,
  isSelected,
  onSelect,
}: RowProps & { item: Extract<TimelineItem, { kind: "attempt" }> }) {
  const { attempt } = item;
  const tone: Tone = attempt.succeeded
    ? "success"
    : attempt.error?.class === "interrupted"
      ? "neutral"
      : "danger";
  return (
    <Line mark={<StateDot tone={tone} label={attempt.succeeded ? "succeeded" : "failed"} />} isTight>
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={() => onSelect(item.number)}
        className={cn(
          "-mx-2 flex min-h-7 w-[calc(100%+1rem)] min-w-0 shrink-0 flex-wrap items-center gap-x-3 rounded-md px-2 py-0.5 text-left pointer-coarse:min-h-9",
          isSelected ? "bg-accent-soft" : "hover:bg-hover",
        )}
      >
        <span className="font-medium text-ink">Attempt {item.number}</span>
        <ResultCode status={attempt.response?.status ?? null} errorClass={attempt.error?.class ?? null} />
        <span className="tabular text-muted text-xs">{formatDuration(attempt.duration_ms)}</span>
        <When at={item.at} focusable={false} />
      </button>
    </Line>
  );
}

function When({ at, isQuiet, focusable }: { at: string; isQuiet?: boolean; focusable?: boolean }) {
  return (
    <Timestamp
      value={at}
      mode="local"
      focusable={focusable ?? true}
      className={cn("ml-auto text-xs", isQuiet ? "text-subtle" : "text-muted")}
    />
  );
}

function Line({ mark, children, isTight }: { mark: ReactNode; children: ReactNode; isTight?: boolean }) {
  return (
    <li className="group/line relative flex gap-3">
      <span
        className="relative flex w-2.5 shrink-0 flex-col items-center"
        aria-hidden={isTight ? undefined : true}
      >
        <span className="h-2.5 w-px bg-line group-first/line:bg-transparent" />
        {mark}
        <span className="w-px flex-1 bg-line group-last/line:bg-transparent" />
      </span>
      <div className="flex min-h-7.5 min-w-0 flex-1 flex-wrap items-center gap-x-3 pr-0">{children}</div>
    </li>
  );
}

function Ring({ isDashed = false }: { isDashed?: boolean }) {
  return (
    <svg viewBox="0 0 10 10" className="size-2.5 shrink-0 text-line-strong" aria-hidden>
      <circle
        cx="5"
        cy="5"
        r="3.6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeDasharray={isDashed ? "1.6 1.6" : undefined}
      />
    </svg>
  );
}
