// Owns how subscriptions read in one line: the first ones, and how many more there are.

import { Badge } from "@/components/ui/badge";
import { Tooltip } from "@/components/ui/tooltip";

interface EventTypeBadgesProps {
  patterns: readonly string[];
  /** How many are shown before "+3". */
  max?: number;
}

export function EventTypeBadges({ patterns, max = 2 }: EventTypeBadgesProps) {
  if (patterns.includes("*")) return <Badge outline>All events</Badge>;
  const rest = patterns.slice(max);
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1">
      {patterns.slice(0, max).map((pattern) => (
        <Badge key={pattern} mono title={pattern} className="truncate">
          {pattern}
        </Badge>
      ))}
      {rest.length > 0 && (
        <Tooltip content={<span className="font-mono">{rest.join(", ")}</span>}>
          <Badge outline {...{ tabIndex: 0 }}>
            +{rest.length}
          </Badge>
        </Tooltip>
      )}
    </span>
  );
}
