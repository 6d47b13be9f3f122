"use client";
// Owns the menu of values that a template can have, each with what it is.

import { Braces } from "lucide-react";
import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { PROFILE_VALUES, type TemplatePlace } from "@/lib/domain/profile/placeholder";

type Entry = { value: string; about: string };

const DATA: Entry[] = [
  { value: "event.data", about: "All of the event's data, byte for byte" },
  { value: "event.data.id", about: "A member of the data: put its path in place of id" },
  { value: "event.attributes.name?", about: "An attribute: put its name in place of name" },
];

function entriesFor(place: TemplatePlace): Entry[] {
  const named = Object.entries(PROFILE_VALUES)
    .filter(([, facts]) => place === "header" || facts.place === "anywhere")
    // What may be missing is left out where it is: the usual wish.
    .map(([value, { about, always }]) => ({ value: always ? value : `${value}?`, about }));
  const data = DATA.filter(({ value }) => place === "envelope" || value !== "event.data");
  return [...data, ...named];
}

const GROUPS = [
  { label: "Event", prefix: "event." },
  { label: "Environment", prefix: "environment" },
  { label: "Attempt", prefix: "attempt." },
  { label: "Delivery", prefix: "delivery." },
  { label: "Endpoint", prefix: "endpoint." },
  { label: "Body", prefix: "body." },
];

interface ValueMenuProps {
  place: TemplatePlace;
  onPick: (placeholder: string) => void;
  /** A small button with words, or an icon where there is little room. */
  look: "button" | "icon";
  label: string;
}

export function ValueMenu({ place, onPick, look, label }: ValueMenuProps) {
  const entries = entriesFor(place);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        {look === "button" ? (
          <Button size="sm" variant="ghost" icon={<Braces />}>
            {label}
          </Button>
        ) : (
          <IconButton label={label} size="sm">
            <Braces />
          </IconButton>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent className="max-h-96 w-88 max-w-[calc(100vw-1rem)]">
        {GROUPS.map(({ label: heading, prefix }) => {
          const own = entries.filter(({ value }) => value.startsWith(prefix));
          if (own.length === 0) return null;
          return (
            <Fragment key={heading}>
              <p className="px-2 pt-2 pb-1 font-medium text-2xs text-subtle">{heading}</p>
              {own.map(({ value, about }) => (
                <DropdownMenuItem
                  key={value}
                  className="grid justify-items-start gap-0"
                  onSelect={() => onPick(`{{${value}}}`)}
                >
                  <code className="font-mono text-ink text-xs">{`{{${value}}}`}</code>
                  <span className="whitespace-normal text-muted text-xs">{about}</span>
                </DropdownMenuItem>
              ))}
            </Fragment>
          );
        })}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
