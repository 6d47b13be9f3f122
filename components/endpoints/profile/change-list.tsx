// Owns differences in words: what it is, how it was, how it will be.

import { cn } from "@/components/ui/cn";
import type { ProfileChange } from "@/lib/client/profiles/profile-change";
import { visibleText } from "@/lib/client/visible-text";

/** Marks as well as colours: `+` is what will be. */
function Side({ mark, kind, text }: { mark: "−" | "+"; kind: string; text: string }) {
  const isNew = mark === "+";
  return (
    <span className={cn("grid grid-cols-[0.75rem_minmax(0,1fr)]", isNew ? "text-ink" : "text-muted")}>
      <span aria-hidden className={cn("select-none font-mono", isNew && "text-success-ink")}>
        {mark}
      </span>
      <span className="wrap-anywhere">
        <span className="sr-only">{kind}: </span>
        {visibleText(text)}
      </span>
    </span>
  );
}

interface ChangeListProps {
  title: string;
  changes: readonly ProfileChange[];
}

export function ChangeList({ title, changes }: ChangeListProps) {
  if (changes.length === 0) return null;
  return (
    <section className="grid grid-cols-1 gap-2" aria-label={title}>
      <h3 className="font-medium text-ink text-sm">{title}</h3>
      <dl className="divide-y divide-line rounded-md border border-line">
        {changes.map(({ what, from, to, isCode }) => (
          <div
            key={what}
            className="grid grid-cols-1 gap-x-3 gap-y-0.5 px-3 py-2 text-xs sm:grid-cols-[6.5rem_minmax(0,1fr)]"
          >
            <dt className="text-subtle">{what}</dt>
            <dd className={cn("grid gap-0.5", isCode && "font-mono")}>
              <Side mark="−" kind="before" text={from} />
              <Side mark="+" kind="from then on" text={to} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
