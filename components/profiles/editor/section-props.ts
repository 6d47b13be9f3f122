// Owns what every section of the editor is given.
import type { DraftProblem } from "@/lib/client/profiles/profile-draft";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";

export interface SectionProps {
  value: ProfileDefinition;
  onChange: (value: ProfileDefinition) => void;
  problems: readonly DraftProblem[];
}
