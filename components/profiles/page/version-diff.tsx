// Owns what differs between two versions, line by line: marks and words as well as colours.

import { useMemo } from "react";
import { cn } from "@/components/ui/cn";
import { countOf } from "@/lib/client/count-of";
import { diffLines, foldSame } from "@/lib/client/profiles/diff-lines";
import { readableDefinition } from "@/lib/client/profiles/readable-definition";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";

const MARKS = { same: " ", removed: "−", added: "+" } as const;
const LOOKS = {
  same: "text-muted",
  removed: "bg-danger-soft text-danger-ink",
  added: "bg-success-soft text-success-ink",
} as const;

interface VersionDiffProps {
  before: ProfileDefinition;
  after: ProfileDefinition;
}

export function VersionDiff({ before, after }: VersionDiffProps) {
  const rows = useMemo(
    () => foldSame(diffLines(readableDefinition(before), readableDefinition(after))),
    [before, after],
  );
  const keyed = rows.map((row, index) => ({ row, key: `${index}` }));
  return (
    <div className="scrollbar-thin overflow-x-auto rounded-md border border-line bg-sunken py-1.5 font-mono text-xs leading-5">
      <table className="w-full border-separate border-spacing-0" aria-label="Changes">
        <tbody>
          {keyed.map(({ row, key }) =>
            row.kind === "fold" ? (
              <tr key={key}>
                <td colSpan={2} className="px-3 py-0.5 text-2xs text-subtle">
                  … {countOf(row.count, "line", "lines")} the same
                </td>
              </tr>
            ) : (
              <tr key={key} className={cn("align-top", LOOKS[row.kind])}>
                <td className="w-6 select-none pl-3 text-center">
                  <span aria-hidden>{MARKS[row.kind]}</span>
                  {row.kind !== "same" && <span className="sr-only">{row.kind}</span>}
                </td>
                <td className="whitespace-pre-wrap pr-3 pl-1 wrap-anywhere">{visibleText(row.text)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
