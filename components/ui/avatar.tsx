// Owns the stand-in for a person: initials, never a fetched picture.

import { cn } from "./cn";

/** First letters of the first and last word, upper case; an e-mail address gives its first letter. */
function initials(name: string): string {
  const words =
    name
      .split("@")[0]
      ?.split(/[\s._-]+/)
      .filter(Boolean) ?? [];
  const letters = [words[0]?.[0], words.length > 1 ? words[words.length - 1]?.[0] : ""];
  return letters.join("").toUpperCase() || "?";
}

/** A circle with initials; silent, because the name stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-grid size-6 shrink-0 select-none place-items-center rounded-full bg-accent-soft font-semibold text-2xs text-accent-ink",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
