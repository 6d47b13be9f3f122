// Owns what removing a pack does to a catalogue: what came with it goes, what people have changed or use stays.
import type { PackType } from "./pack";

/** What the catalogue has under the name of one of the pack's types. */
export type InstalledType = {
  /** Slug of the pack that the entry came with. */
  pack: string | null;
  description: string;
  example: string | null;
};

/** `remove` the entry, `keep` it as the workspace's own because somebody has changed it, or nothing: `absent`. */
export type RemovalStep = "remove" | "keep" | "absent";

/** What removing the pack would do for one of its types. */
export function planRemovalStep(
  slug: string,
  type: PackType,
  installed: InstalledType | undefined,
): RemovalStep {
  if (installed?.pack !== slug) return "absent";
  const isAsItCame = installed.description === type.description && installed.example === type.example.data;
  return isAsItCame ? "remove" : "keep";
}
