// Owns differences in words: what it is, how it was, how it will be.

import type { ProfileChange } from "@/lib/client/profiles/profile-change";

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
        {changes.map(({ what, from, to }) => (
          <div
            key={what}
            className="grid grid-cols-1 gap-x-3 gap-y-0.5 px-3 py-2 text-xs sm:grid-cols-[6.5rem_minmax(0,1fr)]"
          >
            <dt className="text-subtle">{what}</dt>
            <dd className="grid gap-0.5">
              <del className="text-muted wrap-anywhere decoration-subtle">{from}</del>
              <ins className="text-ink no-underline wrap-anywhere">{to}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
