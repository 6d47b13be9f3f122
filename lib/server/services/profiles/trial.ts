// Owns what a preview and a test are made of: which definition, and which event.
import type { ExampleEventInput, TestProfileInput } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { BodyTooLargeError } from "@/lib/domain/profile/body-limit";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { SampleEvent } from "@/lib/domain/profile/built-in/built-in-profile";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { type PreviewInput, previewRequest, type RequestPreview } from "@/lib/domain/profile/preview";
import type { ServiceContext } from "@/lib/server/context";
import { findEnvironment } from "@/lib/server/repositories/environments";
import { findEvent } from "@/lib/server/repositories/event-reads";
import { requirePermission } from "../require-permission";
import { type FoundProfile, type FoundVersion, readVersion, requireFoundProfile } from "./find-profile";
import { samplesOf } from "./profile-dto";

/** The request of a preview or test. Throws `invalid_request` where a delivery would be refused for its size. */
export function buildRequest(of: { definition?: unknown }, input: PreviewInput): RequestPreview {
  try {
    return previewRequest(input);
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    const path = of.definition === undefined ? "profile" : "definition.envelope";
    throw new AppError("invalid_request", error.message, {
      errors: [{ path, message: error.message }],
      cause: error,
    });
  }
}

type TrialInput = Pick<TestProfileInput, "definition" | "profile" | "version" | "event" | "event_id">;

export type Trial = {
  definition: ProfileDefinition;
  /** What was saved; null for a draft. */
  saved: { profile: FoundProfile; version: FoundVersion } | null;
  event: SampleEvent;
  environment: string;
};

/** An id for examples that name none, so that two previews of one thing are equal. */
const EXAMPLE_ID = DEFAULT_PROFILE.samples[0].id;

async function storedEvent(ctx: ServiceContext, actor: Actor, id: string): Promise<SampleEvent> {
  // Its payload is about to be shown.
  requirePermission(actor, "events:read");
  const row = await findEvent(ctx.db.prisma, actor.environmentId, id);
  if (row === null) throw new AppError("not_found", "There is no such event in this environment.");
  if (row.data === null) {
    throw new AppError("conflict", "The payload of this event was removed by retention; choose a newer one.");
  }
  return {
    id: row.id,
    type: row.type,
    timestamp: row.occurredAt.toISOString(),
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.tenant !== null && { tenant: row.tenant }),
    ...(row.attributes !== null && { attributes: row.attributes as Record<string, string> }),
    data: Buffer.from(row.data).toString("utf8"),
  };
}

function exampleEvent(ctx: ServiceContext, input: ExampleEventInput): SampleEvent {
  return {
    id: input.id ?? EXAMPLE_ID,
    type: input.type,
    timestamp: input.timestamp ?? new Date(ctx.now()).toISOString(),
    ...(input.subject !== undefined && { subject: input.subject }),
    ...(input.tenant !== undefined && { tenant: input.tenant }),
    ...(input.attributes !== undefined && { attributes: input.attributes }),
    data: input.data_text,
  };
}

/** Throws `not_found` (profile, version, event), `conflict` (a payload that is gone), `forbidden` (payloads). */
export async function readTrial(ctx: ServiceContext, actor: Actor, input: TrialInput): Promise<Trial> {
  const { prisma } = ctx.db;
  const { workspaceId, environmentId } = actor;
  const environment = await findEnvironment(prisma, workspaceId, environmentId);
  if (environment === null) throw new AppError("not_found", "This environment does not exist any more.");
  const event = async (profile: FoundProfile | null): Promise<SampleEvent> => {
    if (input.event_id !== undefined) return storedEvent(ctx, actor, input.event_id);
    if (input.event !== undefined) return exampleEvent(ctx, input.event);
    return profile === null ? DEFAULT_PROFILE.samples[0] : (await samplesOf(prisma, workspaceId, profile))[0];
  };
  if (input.definition !== undefined) {
    return {
      definition: input.definition,
      saved: null,
      event: await event(null),
      environment: environment.kind,
    };
  }
  const profile = await requireFoundProfile(prisma, workspaceId, input.profile ?? "");
  const { version, definition } = await readVersion(prisma, profile, input.version);
  return {
    definition,
    saved: { profile, version },
    event: await event(profile),
    environment: environment.kind,
  };
}
