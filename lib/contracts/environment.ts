// Owns the wire shape of what is set for a whole environment.
import { z } from "zod";
import { profileRef } from "./endpoints";

export const updateEnvironmentInput = z
  .strictObject({
    default_profile: profileRef
      .nullable()
      .describe("Slug or id of the profile for endpoints whose maker names none; null is standard-webhooks"),
  })
  .partial();
export type UpdateEnvironmentInput = z.infer<typeof updateEnvironmentInput>;

export type EnvironmentSettingsDto = {
  kind: "live" | "sandbox";
  /** Slug of the profile that endpoints get whose maker names none. */
  default_profile: string;
};
