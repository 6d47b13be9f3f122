// Owns really sending what a profile makes of an event: to an endpoint as a delivery like every other, pinned to that version
// or draft; or to the Inbox.
import type { ProfileTestDto, TestProfileInput } from "@/lib/contracts/profiles";
import { type Actor, actorIdOf } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { compileProfile } from "@/lib/domain/profile/compile";
import { METADATA_DAYS } from "@/lib/domain/retention";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { inTransaction } from "@/lib/server/repositories/database";
import { keepDraft } from "@/lib/server/repositories/profile-rows";
import { takeProfile } from "@/lib/server/repositories/profiles";
import { createTestDelivery } from "../create-delivery";
import { requireEndpoint } from "../endpoint/change-endpoint";
import { getOrCreateInboxRow } from "../inbox/get-inbox";
import { inboxUrl } from "../inbox/inbox-dto";
import { requirePermission } from "../require-permission";
import { definitionText } from "./find-profile";
import { previewSecret } from "./preview-profile";
import { secretsFit } from "./secrets-fit";
import { buildRequest, readTrial, type Trial } from "./trial";

/** A draft is kept this much longer than the deliveries that were made with it. */
const DRAFT_DAYS = METADATA_DAYS + 10;
const DAY_MS = 86_400_000;

/**
 * Sends it. To an endpoint: the delivery is on its way, signed with the endpoint's own secrets; watch it. To the Inbox (no
 * `endpoint_id`): signed with the secret of previews, and the answer is told at once. Throws `not_found`, `conflict` (an
 * endpoint whose secret is of another kind, a payload that is gone), `forbidden`, `invalid_request` (too large a body for the Inbox).
 */
export async function testProfile(
  ctx: ServiceContext,
  actor: Actor,
  input: TestProfileInput,
): Promise<ProfileTestDto> {
  requirePermission(actor, "profiles:write");
  const trial = await readTrial(ctx, actor, input);
  if (input.endpoint_id === undefined) return sendToInbox(ctx, actor, trial, input);
  requirePermission(actor, "endpoints:write");
  return sendToEndpoint(ctx, actor, trial, input.endpoint_id);
}

const nameOf = ({ saved }: Trial) =>
  saved === null ? "a draft" : `${saved.profile.slug}, version ${saved.version.number}`;

/** The version's id as deliveries are pinned to it; null for the default profile. */
async function pin(
  ctx: ServiceContext,
  actor: Actor,
  trial: Trial,
  endpointId: string,
): Promise<number | null> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await secretsFit(tx, ctx, [endpointId], trial.definition)).has(endpointId)) {
      throw new AppError(
        "conflict",
        "This endpoint's secret is of another kind than the one that this profile signs with. Send it to the Inbox, or to an endpoint that uses the profile.",
      );
    }
    await recordAudit(tx, ctx, actor, {
      action: "profile.tested",
      targetKind: "endpoint",
      targetId: endpointId,
      detail: { profile: nameOf(trial), event_type: trial.event.type },
    });
    if (trial.saved === null) {
      const now = new Date(ctx.now());
      const draft = {
        workspaceId: actor.workspaceId,
        definition: definitionText(trial.definition),
        createdBy: actorIdOf(actor),
        now,
      };
      const until = new Date(now.getTime() - DRAFT_DAYS * DAY_MS);
      return keepDraft(tx, () => ctx.newId("profile"), draft, until);
    }
    const { profile, version } = trial.saved;
    if (version.id !== null || profile.builtIn === null) return version.id;
    const taken = await takeProfile(tx, ctx.newId, actor.workspaceId, profile.slug);
    return taken?.versionId ?? null;
  });
}

async function sendToEndpoint(
  ctx: ServiceContext,
  actor: Actor,
  trial: Trial,
  endpointId: string,
): Promise<ProfileTestDto> {
  const endpoint = await requireEndpoint(ctx, actor, endpointId);
  const profileVersionId = await pin(ctx, actor, trial, endpoint.id);
  const { type, data, subject, tenant, attributes, timestamp } = trial.event;
  const { deliveryId, eventId } = await createTestDelivery(ctx, {
    environmentId: actor.environmentId,
    endpointId: endpoint.id,
    type,
    dataText: data,
    profileVersionId,
    event: { subject, tenant, attributes, occurredAtMs: Date.parse(timestamp) },
  });
  return { outcome: "delivery", delivery_id: deliveryId, event_id: eventId };
}

async function sendToInbox(
  ctx: ServiceContext,
  actor: Actor,
  trial: Trial,
  input: TestProfileInput,
): Promise<ProfileTestDto> {
  const { definition, event, environment } = trial;
  const inbox = await getOrCreateInboxRow(ctx, actor);
  const { secret } = previewSecret(definition.secret.kind);
  const { method, url, headers, body } = buildRequest(input, {
    definition,
    sample: { ...event, id: ctx.newId("event") },
    secrets: secret === "" ? [] : [secret],
    atMs: ctx.now(),
    url: inboxUrl(ctx.publicUrl, inbox.token),
    environment,
    attempt: {
      id: ctx.newId("attempt"),
      number: 1,
      deliveryId: ctx.newId("delivery"),
      endpointId: ctx.newId("endpoint"),
    },
  });
  const result = await ctx.outbound.send({
    url,
    headers,
    body: Buffer.from(body),
    timeoutMs: definition.timeout_ms,
  });
  const status = result.outcome === "response" ? result.status : null;
  await recordAudit(ctx.db.prisma, ctx, actor, {
    action: "profile.tested",
    targetKind: "inbox",
    targetId: inbox.id,
    detail: { profile: nameOf(trial), event_type: event.type, status },
  });
  return {
    outcome: "answered",
    request: { method, url, headers, body },
    status,
    succeeded: status !== null && compileProfile(definition).isSuccess(status),
    error: result.outcome === "error" ? { class: result.errorClass, message: result.message } : null,
    duration_ms: Math.round(result.timings.totalMs * 100) / 100,
  };
}
