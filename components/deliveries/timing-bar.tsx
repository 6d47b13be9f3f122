// Owns where the time of an attempt went, as one bar and as numbers.

import { cn } from "@/components/ui/cn";
import type { AttemptTimings } from "@/lib/contracts/deliveries";
import { formatDuration } from "./format";

type Phase = { id: string; label: string; ms: number | null; colour: string; hint: string };

/** The phases in order; what is left of the total is reading the answer and waiting between phases. */
export function timingPhases(timings: AttemptTimings): Phase[] {
  const { dns_ms: dns, connect_ms: connect, tls_ms: tls, first_byte_ms: firstByte } = timings;
  const known = (dns ?? 0) + (connect ?? 0) + (tls ?? 0) + (firstByte ?? 0);
  return [
    { id: "dns", label: "DNS", ms: dns, colour: "bg-paused", hint: "resolving the host name" },
    { id: "connect", label: "Connect", ms: connect, colour: "bg-warning", hint: "TCP connection" },
    { id: "tls", label: "TLS", ms: tls, colour: "bg-neutral", hint: "handshake and certificate" },
    {
      id: "first-byte",
      label: "First byte",
      ms: firstByte,
      colour: "bg-progress",
      hint: "the receiver at work",
    },
    {
      id: "rest",
      label: "Body",
      ms: Math.max(0, timings.total_ms - known),
      colour: "bg-success",
      hint: "reading the answer",
    },
  ];
}

export function TimingBar({ timings }: { timings: AttemptTimings }) {
  const phases = timingPhases(timings);
  const total = Math.max(timings.total_ms, 0.001);
  const isReused = timings.connect_ms === null && timings.first_byte_ms !== null;
  return (
    <div className="grid gap-3">
      <div className="flex h-2.5 overflow-hidden rounded-sm bg-sunken" aria-hidden>
        {phases.map(({ id, ms, colour }) =>
          ms === null || ms === 0 ? null : (
            <span key={id} className={cn("min-w-0.5", colour)} style={{ width: `${(ms / total) * 100}%` }} />
          ),
        )}
      </div>
      <dl className="grid gap-1 text-sm">
        {phases.map(({ id, label, ms, colour, hint }) => (
          <div key={id} className="flex items-center gap-2">
            <span
              className={cn("size-2 shrink-0 rounded-xs", ms === null ? "bg-line" : colour)}
              aria-hidden
            />
            <dt className="w-20 text-muted">{label}</dt>
            <dd className="tabular w-20 text-right text-ink">{formatDuration(ms)}</dd>
            <dd className="min-w-0 truncate text-subtle text-xs">{hint}</dd>
          </div>
        ))}
        <div className="mt-1 flex items-center gap-2 border-t pt-2 font-medium">
          <span className="size-2 shrink-0" aria-hidden />
          <dt className="w-20 text-ink">Total</dt>
          <dd className="tabular w-20 text-right text-ink">{formatDuration(timings.total_ms)}</dd>
        </div>
      </dl>
      {isReused && (
        <p className="text-subtle text-xs">
          An open connection was used again, so nothing was resolved or connected.
        </p>
      )}
    </div>
  );
}
