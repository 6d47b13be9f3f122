// Owns pairs of fact and value (`dl`). Long values wrap; they are never cut, people copy them.

import type { ReactNode } from "react";
import { cn } from "./cn";

interface KeyValue {
  key: string;
  value: ReactNode;
  /** Code font, for ids, URLs and hashes. */
  mono?: boolean;
}

interface KeyValueListProps {
  items: KeyValue[];
  /** `columns` sets key beside value, `grid` sets key above value in as many columns as fit. */
  layout?: "columns" | "grid";
  className?: string;
}

/** A definition list. */
export function KeyValueList({ items, layout = "columns", className }: KeyValueListProps) {
  return (
    <dl
      className={cn(
        "@container/facts text-sm",
        layout === "columns"
          ? "grid gap-y-1.5"
          : "grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-6 gap-y-3",
        className,
      )}
    >
      {items.map((item) => (
        <div
          key={item.key}
          className={cn(
            "min-w-0",
            layout === "columns" &&
              "grid grid-cols-[6rem_minmax(0,1fr)] gap-3 @md/facts:grid-cols-[8.5rem_minmax(0,1fr)]",
          )}
        >
          <dt className={cn("text-subtle", layout === "grid" && "text-xs")}>{item.key}</dt>
          <dd className={cn("text-ink wrap-anywhere", item.mono && "font-mono text-xs leading-5")}>
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
