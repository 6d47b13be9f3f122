"use client";
// Owns moments on screen: relative or local, the exact UTC one hover or focus away. Server and first browser
// render show UTC, so hydration agrees; afterwards one shared clock moves every stamp on the page.

import { useSyncExternalStore } from "react";
import { cn } from "./cn";
import { formatLocal, formatRelative, formatUtc } from "./format-time";
import { Tooltip } from "./tooltip";

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const notify of listeners) notify();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

interface TimestampProps {
  /** ISO 8601, milliseconds since 1970, or a Date. */
  value: string | number | Date;
  mode?: "relative" | "local" | "utc";
  /** False in table rows: no tab stop and no tooltip per row, the exact time is the title instead. */
  focusable?: boolean;
  className?: string;
}

/** A `<time>`. An unreadable value is shown as it is rather than hidden. */
export function Timestamp({ value, mode = "relative", focusable = true, className }: TimestampProps) {
  const ms = new Date(value).getTime();
  const isValid = !Number.isNaN(ms);
  const exact = isValid ? formatUtc(ms) : String(value);
  // Snapshots are strings, so a tick re-renders only the stamps whose words change.
  const text = useSyncExternalStore(
    subscribe,
    () => {
      if (!isValid || mode === "utc") return exact;
      const now = Date.now();
      return mode === "relative"
        ? formatRelative(ms, now)
        : formatLocal(ms, now, Intl.DateTimeFormat().resolvedOptions().timeZone);
    },
    () => exact,
  );
  if (!isValid) return <span className={className}>{exact}</span>;
  const time = (
    <time
      dateTime={new Date(ms).toISOString()}
      className={cn("tabular whitespace-nowrap", className)}
      {...(focusable ? { tabIndex: 0 } : { title: exact })}
    >
      {text}
    </time>
  );
  return focusable && mode !== "utc" ? (
    <Tooltip content={<span className="tabular">{exact}</span>}>{time}</Tooltip>
  ) : (
    time
  );
}
