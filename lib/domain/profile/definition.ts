// Owns a profile as data: the wire contract that an endpoint's receiver relies on. People edit it, so every size is bounded
// and every refusal says where and why. Runs in the browser too.
import { contradictions } from "./contradictions";
import { profileDefinitionShape } from "./definition-shape";

export type { ProfileDefinition } from "./definition-shape";

/** A profile's definition: each part by itself, then the parts against each other. */
export const profileDefinitionSchema = profileDefinitionShape.superRefine((definition, ctx) => {
  for (const { path, message } of contradictions(definition)) {
    ctx.addIssue({ code: "custom", path: [...path], message });
  }
});
