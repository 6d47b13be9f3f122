// Owns the schemas of what the API answers about profiles. Each is typed by its DTO: a DTO that changes without its schema
// does not compile.
import { z } from "zod";
import type {
  ChangedProfileDto,
  ProfileDetailDto,
  ProfileDto,
  ProfilePreviewDto,
  ProfileTestDto,
  ProfileVersionDetailDto,
  SampleEventDto,
} from "@/lib/contracts/profiles";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { id } from "./answers";

const count = z.number().int().min(0);
const instant = z.string().describe("RFC 3339, UTC, milliseconds").meta({ format: "date-time" });
const headerList = z.array(z.tuple([z.string(), z.string()])).describe("Name and value, in order");
const method = z.literal("POST");

const profileShape = {
  id: id("profile").nullable().describe("Null for a built-in one, which its slug names"),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  built_in: z.boolean(),
  based_on: z.string().nullable().describe("The slug that it was cloned from"),
  version: z.number().int().describe("The newest one"),
  endpoints: count.describe("Of this environment, whatever version they send"),
  endpoints_behind: count.describe("Those of them that still send an older version"),
  endpoints_elsewhere: count.describe("Of the workspace's other environment"),
  created_at: instant.nullable(),
  updated_at: instant.nullable(),
  archived_at: instant.nullable(),
};

export const profileAnswer: z.ZodType<ProfileDto> = z.strictObject(profileShape);

const versionShape = {
  number: z.number().int(),
  note: z.string(),
  author: z.string().nullable().describe("Who saved it; null for Signpost itself"),
  created_at: instant.nullable(),
  endpoints: count.describe("Of this environment that send this version"),
};

export const profileVersionAnswer: z.ZodType<ProfileVersionDetailDto> = z.strictObject({
  ...versionShape,
  definition: profileDefinitionSchema,
});

const sampleAnswer: z.ZodType<SampleEventDto> = z.strictObject({
  id: z.string(),
  type: z.string(),
  timestamp: z.string(),
  subject: z.string().nullable(),
  tenant: z.string().nullable(),
  attributes: z.record(z.string(), z.string()).nullable(),
  data_text: z.string().describe("JSON text"),
});

const detailShape = {
  ...profileShape,
  definition: profileDefinitionSchema.describe("Of the newest version"),
  versions: z.array(z.strictObject(versionShape)).describe("Newest first"),
  samples: z.array(sampleAnswer).describe("Events to try it with"),
};

export const profileDetailAnswer: z.ZodType<ProfileDetailDto> = z.strictObject(detailShape);

export const changedProfileAnswer: z.ZodType<ChangedProfileDto> = z.strictObject({
  ...detailShape,
  moved_endpoints: count.describe("How many were moved to the newest version by this call"),
});

export const profilePreviewAnswer: z.ZodType<ProfilePreviewDto> = z.strictObject({
  method,
  url: z.string(),
  headers: headerList,
  body: z.string(),
  body_size: count.describe("Bytes"),
  at: instant.describe("When the attempt would start"),
  event: z.strictObject({ id: z.string(), type: z.string() }),
  secret: z.string().describe("What it was signed with: made for previews alone, the same each time"),
  public_key: z.string().nullable(),
});

export const profileTestAnswer: z.ZodType<ProfileTestDto> = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("delivery"),
    delivery_id: z.string().describe("Read this delivery until its state is final"),
    event_id: z.string(),
  }),
  z.strictObject({
    outcome: z.literal("answered"),
    request: z.strictObject({ method, url: z.string(), headers: headerList, body: z.string() }),
    status: z.number().int().nullable(),
    succeeded: z.boolean().describe("Whether the profile counts the status as success"),
    error: z.strictObject({ class: z.string(), message: z.string() }).nullable(),
    duration_ms: z.number(),
  }),
]);
