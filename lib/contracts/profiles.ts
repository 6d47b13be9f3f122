// Owns the wire shapes of profiles: what a person or a program says about one, and what is told of it.
import { z } from "zod";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { idSchema } from "@/lib/domain/ids";
import { type ProfileDefinition, profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { type Instant, pageQuery, plainText } from "./common";
import { profileRef } from "./endpoints";
import { clientEventId, createEventInput } from "./events";
import { jsonText } from "./json-text";

/** A definition is at most some 60 KiB of text; escapes in JSON make it longer, an example event may stand beside it. */
export const MAX_PROFILE_BODY_BYTES = 1024 * 1024;
export const MAX_PROFILES_PER_WORKSPACE = 100;
/** Versions are kept for good, because deliveries point at them. */
export const MAX_VERSIONS_PER_PROFILE = 1000;

const slug = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters and digits, joined by hyphens");
const name = plainText(80).min(1, "give the profile a name").describe("For people");
const description = plainText(500).describe("For people");
const note = plainText(280).describe("What changed, for people who read the versions later");
const versionNumber = z.number().int().min(1).max(1_000_000);
const definition = profileDefinitionSchema.describe("The wire contract as data");

export const createProfileInput = z
  .strictObject({
    name,
    slug: slug.optional().describe("Names it in the API and never changes; made from the name unless given"),
    description: description.optional(),
    based_on: profileRef
      .optional()
      .describe("Clone this profile, or remember that the definition came from it"),
    based_on_version: versionNumber.optional().describe("The newest unless given"),
    definition: definition.optional().describe("The wire contract as data; needed unless based_on is given"),
    note: note.optional(),
  })
  .refine((input) => input.definition !== undefined || input.based_on !== undefined, {
    path: ["definition"],
    message: "give a definition, or based_on with a profile to clone",
  })
  .refine((input) => input.based_on_version === undefined || input.based_on !== undefined, {
    path: ["based_on_version"],
    message: "counts versions of based_on, which is not given",
  });
export type CreateProfileInput = z.infer<typeof createProfileInput>;

/** A changed definition becomes a new version; an equal one makes none. */
export const updateProfileInput = z
  .strictObject({
    name,
    description,
    definition,
    note,
    base_version: versionNumber.describe(
      "The version that was edited; refused when somebody has saved another one since",
    ),
    apply_to_endpoints: z
      .boolean()
      .describe("Move this environment's endpoints from older versions to the new one; true unless given"),
  })
  .partial()
  .superRefine((input, ctx) => {
    if (input.definition !== undefined) return;
    for (const path of ["note", "apply_to_endpoints"] as const) {
      if (input[path] === undefined) continue;
      ctx.addIssue({
        code: "custom",
        path: [path],
        message: "belongs to a new version: give its definition",
      });
    }
  });
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

export const restoreProfileVersionInput = z.strictObject({
  note: note.optional(),
  apply_to_endpoints: z
    .boolean()
    .optional()
    .describe("Move this environment's endpoints to the new version; true unless given"),
});
export type RestoreProfileVersionInput = z.infer<typeof restoreProfileVersionInput>;

export const listProfilesQuery = pageQuery.extend({
  cursor: slug.optional().describe("`next_cursor` of the answer before; the first page unless given"),
  show: z
    .enum(["all", "built_in", "own", "archived"])
    .default("all")
    .describe("own leaves the built-in ones out; archived gives only what was archived"),
});
export type ListProfilesQuery = z.infer<typeof listProfilesQuery>;

export const profileVersionParam = z.coerce.number().int().min(1).max(1_000_000);

/** An event to try a profile with. `data_text` is raw JSON text, so that nothing writes it again on the way. */
export const exampleEventInput = z.strictObject({
  type: eventTypeName,
  id: clientEventId.optional(),
  timestamp: createEventInput.shape.timestamp,
  subject: createEventInput.shape.subject,
  tenant: createEventInput.shape.tenant,
  attributes: createEventInput.shape.attributes,
  data_text: jsonText.describe("The event's data as JSON text, taken byte for byte"),
});
export type ExampleEventInput = z.infer<typeof exampleEventInput>;

const trialFields = {
  definition: definition.optional().describe("A draft; or name a saved profile"),
  profile: profileRef.optional().describe("A saved profile by slug or id; or give a definition"),
  version: versionNumber.optional().describe("Of profile; the newest unless given"),
  event: exampleEventInput.optional().describe("The profile's own example unless given"),
  event_id: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("A stored event of this environment instead; needs events:read"),
};

type Trial = {
  definition?: unknown;
  profile?: unknown;
  version?: unknown;
  event?: unknown;
  event_id?: unknown;
};

function checkTrial(input: Trial, ctx: z.core.$RefinementCtx): void {
  const refuse = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  if ((input.definition === undefined) === (input.profile === undefined)) {
    refuse("definition", "give either a definition or the profile of a saved one");
  }
  if (input.version !== undefined && input.profile === undefined) {
    refuse("version", "counts versions of profile, which is not given");
  }
  if (input.event !== undefined && input.event_id !== undefined) {
    refuse("event_id", "give either event or event_id");
  }
}

export const previewProfileInput = z
  .strictObject({
    ...trialFields,
    at: z.iso
      .datetime({ offset: true })
      .optional()
      .describe("When the attempt would start, which is what gets signed; now unless given"),
    attempt_number: z.number().int().min(1).max(100).optional().describe("1 unless given"),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional()
      .describe("Where it would go; nothing is sent"),
  })
  .superRefine(checkTrial);
export type PreviewProfileInput = z.infer<typeof previewProfileInput>;

export const testProfileInput = z
  .strictObject({
    ...trialFields,
    endpoint_id: idSchema("endpoint")
      .optional()
      .describe("An endpoint of this environment; the Inbox unless given"),
  })
  .superRefine(checkTrial);
export type TestProfileInput = z.infer<typeof testProfileInput>;

export type ProfileDto = {
  /** Null for a built-in one, which its slug names. */
  id: string | null;
  slug: string;
  name: string;
  description: string;
  built_in: boolean;
  /** The slug that it was cloned from. */
  based_on: string | null;
  /** The newest one. */
  version: number;
  /** Endpoints of this environment that use it, whatever version. */
  endpoints: number;
  /** Those of them that still send an older version. */
  endpoints_behind: number;
  /** Endpoints of the workspace's other environment. */
  endpoints_elsewhere: number;
  created_at: Instant | null;
  updated_at: Instant | null;
  archived_at: Instant | null;
};

export type ProfileVersionDto = {
  number: number;
  note: string;
  /** Who saved it; null for Signpost itself and for people who are gone. */
  author: string | null;
  /** Null for a built-in one that no endpoint has used yet. */
  created_at: Instant | null;
  /** Endpoints of this environment that send this version. */
  endpoints: number;
};

export type ProfileVersionDetailDto = ProfileVersionDto & { definition: ProfileDefinition };

export type SampleEventDto = {
  id: string;
  type: string;
  timestamp: string;
  subject: string | null;
  tenant: string | null;
  attributes: Record<string, string> | null;
  data_text: string;
};

/** One profile with its newest definition, all of its versions (newest first) and events to try it with. */
export type ProfileDetailDto = ProfileDto & {
  definition: ProfileDefinition;
  versions: ProfileVersionDto[];
  samples: SampleEventDto[];
};

/** What a change of a profile did: the profile, and the endpoints that were moved to its new version. */
export type ChangedProfileDto = ProfileDetailDto & { moved_endpoints: number };

export type ProfilePreviewDto = {
  method: "POST";
  url: string;
  headers: [name: string, value: string][];
  body: string;
  /** Bytes. */
  body_size: number;
  /** When the attempt would start. */
  at: Instant;
  event: { id: string; type: string };
  /** Made for previews alone, the same each time; empty for a profile that does not sign. */
  secret: string;
  public_key: string | null;
};

/** A test on its way as a delivery of its own, or the answer of the Inbox to what was sent to it. */
export type ProfileTestDto =
  | { outcome: "delivery"; delivery_id: string; event_id: string }
  | {
      outcome: "answered";
      request: { method: "POST"; url: string; headers: [string, string][]; body: string };
      status: number | null;
      /** Whether the profile counts the status as success. */
      succeeded: boolean;
      /** Why nothing came back. */
      error: { class: string; message: string } | null;
      duration_ms: number;
    };
