// Owns small charts without axes: bars for counts, a line for rates. Text beside it carries the number.

import { cn } from "./cn";
import type { Tone } from "./tone";

const STROKE: Record<Tone, string> = {
  success: "text-success",
  progress: "text-progress",
  danger: "text-danger",
  paused: "text-paused",
  warning: "text-warning",
  neutral: "text-neutral",
  accent: "text-accent",
};

const WIDTH = 96;
const HEIGHT = 24;

interface SparklineProps {
  /** Oldest first; null where nothing was measured. */
  values: (number | null)[];
  /** What it shows, spoken: "Deliveries per hour, last 24 hours". */
  label: string;
  kind?: "bars" | "line";
  tone?: Tone;
  /** Top of the scale; the largest value when left out. */
  max?: number;
  /** Bottom of the scale, for rates that live near the top; 0 when left out. */
  min?: number;
  className?: string;
}

/** A chart the size of a word. */
export function Sparkline({
  values,
  label,
  kind = "bars",
  tone = "accent",
  max,
  min = 0,
  className,
}: SparklineProps) {
  const top = max ?? Math.max(1, ...values.map((value) => value ?? 0));
  const step = WIDTH / Math.max(1, values.length);
  const y = (value: number) =>
    HEIGHT - 1 - ((Math.max(min, value) - min) / Math.max(1, top - min)) * (HEIGHT - 2);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className={cn("h-6 w-24", STROKE[tone], className)}
    >
      {kind === "bars" ? (
        <path
          fill="currentColor"
          d={values
            .map((value, index) =>
              value
                ? `M${index * step} ${HEIGHT}V${Math.min(HEIGHT - 2, y(value))}h${Math.max(1, step - 1)}V${HEIGHT}z`
                : `M${index * step} ${HEIGHT}v-1h${Math.max(1, step - 1)}v1z`,
            )
            .join("")}
        />
      ) : (
        <path
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
          strokeLinejoin="round"
          d={values
            .map((value, index) => {
              if (value === null) return "";
              const command = index === 0 || values[index - 1] === null ? "M" : "L";
              return `${command}${((index + 0.5) * step).toFixed(2)} ${y(value).toFixed(2)}`;
            })
            .join("")}
        />
      )}
    </svg>
  );
}
