// Owns everything that keeps a profile from being saved, in one place: also what no field shows.

import { Callout } from "@/components/ui/callout";
import { countOf } from "@/lib/client/count-of";
import type { DraftProblem } from "@/lib/client/profiles/profile-draft";

const MAX_SHOWN = 8;

/** `headers.0.name` as people say it. */
function placeWords(path: DraftProblem["path"]): string {
  return path
    .map((part) => (typeof part === "number" ? String(part + 1) : part.replaceAll("_", " ")))
    .join(" › ");
}

export function ProblemList({ problems }: { problems: readonly DraftProblem[] }) {
  return (
    <Callout
      tone="warning"
      title={`${countOf(problems.length, "thing has", "things have")} to be put right before it can be saved`}
    >
      <ul className="grid gap-1">
        {problems.slice(0, MAX_SHOWN).map(({ path, message }) => (
          <li key={`${path.join(".")} ${message}`} className="text-sm">
            {path.length > 0 && <span className="font-medium">{placeWords(path)}: </span>}
            {message}
          </li>
        ))}
        {problems.length > MAX_SHOWN && <li>and {problems.length - MAX_SHOWN} more</li>}
      </ul>
    </Callout>
  );
}
