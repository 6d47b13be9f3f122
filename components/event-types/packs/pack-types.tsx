"use client";
// Owns what a pack contains: its types with their examples, and what installing would do for each.

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { BodyView } from "@/components/deliveries/body-view";
import { Badge } from "@/components/ui/badge";
import { KeyValueList } from "@/components/ui/key-value-list";
import { StateDot } from "@/components/ui/status-pill";
import { useViewer } from "@/lib/client/viewer-context";
import type { PackDto, PackTypeDto } from "@/lib/contracts/event-types";

const STEP: Record<PackTypeDto["step"], string> = {
  add: "will be added",
  complete: "will get description and example",
  restore: "will be taken back from the archive",
  present: "in the catalogue",
};

function ExampleFacts({ type }: { type: PackTypeDto }) {
  const attributes = Object.entries(type.example_attributes ?? {});
  const items = [
    ...(type.example_subject === null ? [] : [{ key: "Subject", value: type.example_subject, mono: true }]),
    ...attributes.map(([key, value]) => ({ key, value, mono: true })),
  ];
  return items.length === 0 ? null : <KeyValueList items={items} />;
}

function TypeRow({ type }: { type: PackTypeDto }) {
  const { href } = useViewer();
  const isThere = type.step === "present";
  return (
    <li>
      <details className="group/type">
        <summary className="flex cursor-pointer list-none items-baseline gap-x-3 px-4 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronRight
            className="size-3.5 shrink-0 self-center text-subtle transition-transform group-open/type:rotate-90"
            aria-hidden
          />
          <span className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 sm:grid-cols-[14rem_minmax(0,1fr)] sm:items-baseline">
            <span className="truncate font-mono text-ink text-xs leading-5">{type.name}</span>
            <span className="text-pretty text-muted text-xs">{type.description}</span>
          </span>
          <span className="flex shrink-0 items-center gap-1.5 self-center text-xs">
            <StateDot tone={isThere ? "success" : "neutral"} label={STEP[type.step]} className="sm:hidden" />
            <Badge outline={isThere} tone={isThere ? "neutral" : "accent"} className="max-sm:hidden">
              {STEP[type.step]}
            </Badge>
          </span>
        </summary>
        <div className="grid grid-cols-1 gap-3 px-4 pt-1 pb-4 sm:pl-10.5">
          <ExampleFacts type={type} />
          <BodyView title="Example of data" text={type.example_text} maxHeight="max-h-80" />
          {isThere && (
            <Link
              href={href(`/event-types/${type.name}`)}
              className="justify-self-start rounded-xs text-accent-ink text-sm underline-offset-4 hover:underline"
            >
              Open {type.name} in the catalogue
            </Link>
          )}
        </div>
      </details>
    </li>
  );
}

export function PackTypes({ pack }: { pack: PackDto }) {
  return (
    <ul aria-label={`Event types of ${pack.name}`} className="divide-y divide-line border-t">
      {pack.types.map((type) => (
        <TypeRow key={type.name} type={type} />
      ))}
    </ul>
  );
}
