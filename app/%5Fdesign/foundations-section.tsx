// Gallery: mark, colour, type.

import { Mark } from "@/components/brand/mark";
import { Wordmark } from "@/components/brand/wordmark";
import { cn } from "@/components/ui/cn";
import { StatusPill } from "@/components/ui/status-pill";
import { Section, Specimen } from "./section";

const NEUTRALS = [
  "bg-canvas",
  "bg-surface",
  "bg-raised",
  "bg-sunken",
  "bg-hover",
  "bg-line",
  "bg-line-strong",
];
const ACCENTS = [
  "bg-accent",
  "bg-accent-hover",
  "bg-accent-soft",
  "bg-sandbox",
  "bg-sandbox-soft",
  "bg-destructive",
];
const TYPE = [
  ["text-2xl font-semibold tracking-tight tabular", "99.94 %"],
  ["text-xl font-semibold tracking-tight", "Deliveries"],
  ["text-lg font-semibold", "Rotate the signing secret?"],
  ["text-base", "Signpost retries until the endpoint answers or the schedule ends."],
  ["text-sm", "billing.acme.example answered 503 after 408 ms, next attempt in 5 m"],
  ["text-xs text-muted", "Shown once. Store it before you close this."],
  ["text-xs font-mono", "dlv_01ja8x7k3mfq6s9v2t4w5y6z7b  POST https://billing.acme.example/hooks"],
] as const;
const TONES = [
  ["success", "Succeeded"],
  ["progress", "Pending"],
  ["danger", "Failed"],
  ["paused", "Held"],
  ["neutral", "Cancelled"],
  ["warning", "At risk"],
  ["accent", "New"],
] as const;

function Swatch({ className }: { className: string }) {
  return (
    <div className="grid gap-1">
      <div className={cn("h-12 rounded-md border", className)} />
      <code className="font-mono text-2xs text-muted">{className.replace("bg-", "")}</code>
    </div>
  );
}

export function FoundationsSection() {
  return (
    <Section title="Foundations">
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen label="Mark">
          {["size-4", "size-6", "size-10", "size-16"].map((size) => (
            <Mark key={size} className={cn(size, "text-ink")} />
          ))}
          <span className="grid size-12 place-items-center rounded-lg bg-accent text-on-accent">
            <Mark className="size-7" />
          </span>
          <Wordmark className="text-xl" />
        </Specimen>
        <Specimen label="Tones">
          {TONES.map(([tone, word]) => (
            <StatusPill key={tone} tone={tone}>
              {word}
            </StatusPill>
          ))}
        </Specimen>
      </div>
      <div className="grid grid-cols-3 gap-3 sm:grid-cols-7">
        {NEUTRALS.map((name) => (
          <Swatch key={name} className={name} />
        ))}
      </div>
      <div className="grid grid-cols-3 gap-3 sm:grid-cols-7">
        {ACCENTS.map((name) => (
          <Swatch key={name} className={name} />
        ))}
        <Swatch className="bg-hatch-sandbox" />
      </div>
      <div className="grid min-w-0 gap-2">
        {TYPE.map(([styles, words]) => (
          <p key={styles} className={cn(styles, "truncate")}>
            {words}
          </p>
        ))}
      </div>
    </Section>
  );
}
