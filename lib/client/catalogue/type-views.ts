// Owns how the catalogue is looked at: which types are shown, in which groups, and where each has its page.
import type { EventTypeDto, PackDto, PackTypeDto } from "@/lib/contracts/event-types";

export const TYPE_VIEWS = ["all", "example", "seen", "archived"] as const;
export type TypeView = (typeof TYPE_VIEWS)[number];

/** Below `/event-types`, these are pages of their own; a type of such a name is reached by its id. */
const TAKEN_NAMES: ReadonlySet<string> = new Set(["new", "packs"]);

/** Address of a type's page below the environment's: by name, so that it can be told; by id where the name is taken. */
export function typePath({ id, name }: Pick<EventTypeDto, "id" | "name">): string {
  if (!TAKEN_NAMES.has(name)) return `/event-types/${name}`;
  return id === null ? `/event-types/new?name=${name}` : `/event-types/${id}`;
}

/** The types of one view that contain the text in name or description; archived ones have a view of their own. */
export function viewTypes(
  types: readonly EventTypeDto[],
  { view, search }: { view: TypeView; search: string },
): EventTypeDto[] {
  const wanted = search.trim().toLowerCase();
  return types.filter((type) => {
    if ((type.archived_at !== null) !== (view === "archived")) return false;
    if (view === "example" && !type.has_example) return false;
    if (view === "seen" && type.last_seen_at === null) return false;
    return `${type.name} ${type.description}`.toLowerCase().includes(wanted);
  });
}

export type TypeSection = { name: string; types: EventTypeDto[] };

/** By the first word of the names; those without a dot share the section of the empty name, which comes last. */
export function sectionTypes(types: readonly EventTypeDto[]): TypeSection[] {
  const sections = new Map<string, EventTypeDto[]>();
  for (const type of types) {
    const dot = type.name.indexOf(".");
    const name = dot === -1 ? "" : type.name.slice(0, dot);
    sections.set(name, [...(sections.get(name) ?? []), type]);
  }
  return [...sections]
    .map(([name, members]) => ({ name, types: members }))
    .sort((a, b) => (a.name === "" ? 1 : b.name === "" ? -1 : a.name < b.name ? -1 : 1));
}

export type PackState = "none" | "partial" | "installed";

/** How much of a pack is in the catalogue. */
export function packState({ types }: Pick<PackDto, "types">): PackState {
  const present = types.filter(({ step }) => step === "present").length;
  if (present === types.length) return "installed";
  return present === 0 ? "none" : "partial";
}

/** What removing the pack would take out, and what it would leave because somebody has changed it. */
export function packRemoval({ types }: Pick<PackDto, "types">): { removed: string[]; kept: string[] } {
  const named = (removal: PackTypeDto["removal"]) =>
    types.filter((type) => type.removal === removal).map(({ name }) => name);
  return { removed: named("remove"), kept: named("keep") };
}
