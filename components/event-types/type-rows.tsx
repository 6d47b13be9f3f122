"use client";
// Owns the rows of one group of event types: each a link with what is known of the type.

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { type TypeSection, typePath } from "@/lib/client/catalogue/type-views";
import { countOf } from "@/lib/client/count-of";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EventTypeDto } from "@/lib/contracts/event-types";

/** What an entry is: archived, described (with the pack that it came with), or only known from elsewhere. */
function TypeBadges({ type }: { type: EventTypeDto }) {
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {type.archived_at !== null && (
        <StatusPill tone="neutral" variant="plain">
          Archived
        </StatusPill>
      )}
      {type.description === "" && !type.has_example && <Badge outline>not described</Badge>}
      {type.has_example && <Badge>example</Badge>}
      {type.pack !== null && <Badge outline>{type.pack}</Badge>}
    </span>
  );
}

function TypeRow({ type }: { type: EventTypeDto }) {
  const { href } = useViewer();
  return (
    <li className="relative flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover md:grid md:grid-cols-[minmax(0,1fr)_11rem_7rem_8rem] md:gap-x-4">
      <div className="grid min-w-0 basis-full gap-0.5">
        <Link
          href={href(typePath(type))}
          className="min-w-0 truncate rounded-xs font-mono text-ink text-xs leading-5 after:absolute after:inset-0"
        >
          {type.name}
        </Link>
        {type.description !== "" && (
          <span className="line-clamp-2 text-pretty text-muted text-xs">{visibleText(type.description)}</span>
        )}
      </div>
      <TypeBadges type={type} />
      <span className={cn("text-xs md:text-right", type.endpoints === 0 ? "text-subtle" : "text-muted")}>
        {type.endpoints === 0 ? "no endpoint" : countOf(type.endpoints, "endpoint", "endpoints")}
      </span>
      <span className="text-subtle text-xs md:text-right">
        {type.last_seen_at === null ? (
          <span className="max-md:hidden">–</span>
        ) : (
          <>
            <span className="md:hidden">last seen </span>
            <Timestamp value={type.last_seen_at} focusable={false} />
          </>
        )}
      </span>
    </li>
  );
}

export function TypeSectionRows({ section }: { section: TypeSection }) {
  const title = section.name === "" ? "Names without a group" : `${section.name}.*`;
  return (
    <section aria-label={title}>
      <h2
        className={cn(
          "border-line border-b bg-sunken px-4 py-1.5 font-medium text-muted text-xs",
          section.name !== "" && "font-mono",
        )}
      >
        {title}
      </h2>
      <ul className="divide-y divide-line">
        {section.types.map((type) => (
          <TypeRow key={type.name} type={type} />
        ))}
      </ul>
    </section>
  );
}
