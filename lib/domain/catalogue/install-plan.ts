// Owns what installing a pack does to a catalogue. Words and examples of people are never overwritten.
import type { Pack, PackType } from "./pack";

/** What the catalogue has under the name of one of the pack's types. */
export type KnownType = {
  description: string;
  hasExample: boolean;
  isArchived: boolean;
};

/** `add` a type, `complete` an entry that lacks description or example, `restore` an archived one, or nothing: `present`. */
export type PackStep = "add" | "complete" | "restore" | "present";

/** What installing would do for one type. A type that is both archived and incomplete is restored and completed. */
export function planStep(known: KnownType | undefined): PackStep {
  if (known === undefined) return "add";
  if (known.isArchived) return "restore";
  return known.description === "" || !known.hasExample ? "complete" : "present";
}

/** The pack's types with what installing would do for each. */
export function planInstall(
  pack: Pack,
  known: ReadonlyMap<string, KnownType>,
): { type: PackType; step: PackStep }[] {
  return pack.types.map((type) => ({ type, step: planStep(known.get(type.name)) }));
}
