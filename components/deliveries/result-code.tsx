// Owns the last result of a delivery in a word: the status, or the class of failure when there was no answer.

import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { inkTone, type Tone } from "@/components/ui/tone";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import { errorHint } from "@/lib/domain/delivery/error-hints";

/** What a status means at a glance. Redirects are failures here, and 429 asks for patience. */
export function statusTone(status: number): Tone {
  if (status >= 200 && status <= 299) return "success";
  return status === 429 ? "warning" : "danger";
}

interface ResultCodeProps {
  status: number | null;
  errorClass: AttemptErrorClass | null;
  /** `badge` for headers, `text` for dense rows. */
  variant?: "badge" | "text";
}

export function ResultCode({ status, errorClass, variant = "text" }: ResultCodeProps) {
  if (status === null && errorClass === null) return <span className="text-subtle">–</span>;
  const tone: Tone =
    status !== null ? statusTone(status) : errorClass === "interrupted" ? "neutral" : "danger";
  const word = status ?? (errorClass === null ? "" : errorHint(errorClass).label);
  if (variant === "badge") {
    return (
      <Badge tone={tone} mono={status !== null}>
        {word}
      </Badge>
    );
  }
  return (
    <span
      className={cn(
        "tabular whitespace-nowrap",
        status === null ? "text-xs" : "font-mono text-xs",
        inkTone[tone],
      )}
    >
      {word}
    </span>
  );
}
