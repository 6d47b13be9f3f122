// Owns making a channel: its address checked by the outbound guard, its secret made here and shown once.
import { type ChannelWithSecretDto, MAX_CHANNELS, type ParsedChannelInput } from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { formatSecret } from "@/lib/domain/signing/standard-webhooks";
import type { ServiceContext } from "../../context";
import { countChannels, findChannel, insertChannel } from "../../repositories/alert-channels";
import { recordAudit } from "../../repositories/audit";
import { inTransaction } from "../../repositories/database";
import { acceptUrl } from "../endpoint/accept-url";
import { requirePermission } from "../require-permission";
import { type ChannelConfig, hintOf, sealChannel } from "./channel-config";
import { toChannelDto } from "./channel-dto";

const SECRET_BYTES = 32;

/** A new signing secret for a webhook. */
export function newChannelSecret(ctx: ServiceContext): string {
  return formatSecret(ctx.randomBytes(SECRET_BYTES));
}

async function configOf(ctx: ServiceContext, input: ParsedChannelInput): Promise<ChannelConfig> {
  if (input.via === "email") return { via: "email", addresses: input.addresses };
  const url = await acceptUrl(ctx, input.url);
  return input.via === "slack"
    ? { via: "slack", url }
    : { via: "webhook", url, secret: newChannelSecret(ctx) };
}

/** Makes a channel. Throws `target_not_allowed` for a refused URL, `conflict` when there are too many. */
export async function createChannel(
  ctx: ServiceContext,
  actor: Actor,
  input: ParsedChannelInput,
): Promise<ChannelWithSecretDto> {
  requirePermission(actor, "alerts:write");
  const config = await configOf(ctx, input);
  const id = ctx.newId("alertChannel");
  const now = new Date(ctx.now());
  const row = await inTransaction(ctx.db, async (tx) => {
    if ((await countChannels(tx, actor.workspaceId)) >= MAX_CHANNELS) {
      throw new AppError("conflict", `A workspace has at most ${MAX_CHANNELS} alert channels.`);
    }
    await insertChannel(tx, {
      id,
      workspaceId: actor.workspaceId,
      name: input.name,
      via: input.via,
      configCiphertext: sealChannel(ctx, id, config),
      hint: hintOf(config),
      kinds: input.kinds,
      environments: input.environments,
      minSeverity: input.min_severity,
      enabled: input.enabled,
      createdBy: actor.kind === "user" ? actor.userId : null,
      createdAt: now,
      updatedAt: now,
    });
    await recordAudit(tx, ctx, actor, {
      action: "alert_channel.created",
      targetKind: "alert_channel",
      targetId: id,
      detail: { name: input.name, via: input.via, to: hintOf(config), kinds: input.kinds },
    });
    return findChannel(tx, actor.workspaceId, id);
  });
  if (row === null) throw new Error("the channel that was just written is not there");
  return { ...toChannelDto(ctx, row, undefined), secret: config.via === "webhook" ? config.secret : null };
}
