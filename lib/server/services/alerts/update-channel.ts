// Owns changing a channel: where it goes, what it carries, whether it is on.
import type { ChannelDto, UpdateChannelInput } from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../../context";
import { type ChannelChange, findChannel, updateChannelRow } from "../../repositories/alert-channels";
import { recordAudit } from "../../repositories/audit";
import { cancelNotifications, lastOfChannels } from "../../repositories/notifications";
import { acceptUrl } from "../endpoint/accept-url";
import { requirePermission } from "../require-permission";
import { changeChannel, requireChannel } from "./change-channel";
import { type ChannelConfig, emailDestination, hintOf, openChannel, sealChannel } from "./channel-config";
import { toChannelDto } from "./channel-dto";

function refuse(path: string, message: string): never {
  throw new AppError("invalid_request", message, { errors: [{ path, message }] });
}

/** Where it goes from now on; null when that does not change. */
function nextConfig(
  ctx: ServiceContext,
  row: Parameters<typeof openChannel>[1] & { via: string },
  { addresses, url }: Pick<UpdateChannelInput, "addresses" | "url">,
): ChannelConfig | null {
  if (row.via === "email") {
    return addresses === undefined ? null : { via: "email", addresses };
  }
  if (url === undefined) return null;
  if (row.via === "slack") return { via: "slack", url };
  const current = openChannel(ctx, row);
  if (current.via !== "webhook") throw new Error("a webhook channel holds the settings of another kind");
  return { ...current, url };
}

/** Changes what is given. Throws `not_found`, `invalid_request` (a URL for an e-mail channel), `target_not_allowed`. */
export async function updateChannel(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: UpdateChannelInput,
): Promise<ChannelDto> {
  requirePermission(actor, "alerts:write");
  // Before the transaction: resolving a name may take seconds.
  const { via } = await requireChannel(ctx, actor, id);
  if (via === "email" && input.url !== undefined) refuse("url", "An e-mail channel has no URL.");
  if (via !== "email" && input.addresses !== undefined)
    refuse("addresses", "Only an e-mail channel has addresses.");
  const url = input.url === undefined ? undefined : await acceptUrl(ctx, input.url);
  const row = await changeChannel(ctx, actor, id, async (tx, before, now) => {
    const config = nextConfig(ctx, before, { addresses: input.addresses, url });
    const change: ChannelChange = {
      ...(input.name !== undefined && { name: input.name }),
      ...(input.kinds !== undefined && { kinds: input.kinds }),
      ...(input.environments !== undefined && { environments: input.environments }),
      ...(input.min_severity !== undefined && { minSeverity: input.min_severity }),
      ...(input.enabled !== undefined && { enabled: input.enabled }),
      ...(config !== null && { configCiphertext: sealChannel(ctx, id, config), hint: hintOf(config) }),
    };
    await updateChannelRow(tx, actor.workspaceId, id, change, now);
    // What still waits for an address that was removed, or for a channel that was turned off, has no reader any more.
    if (input.enabled === false) await cancelNotifications(tx, { channelId: id }, now);
    else if (config?.via === "email") {
      const butTo = config.addresses.map((address) => emailDestination(id, address));
      await cancelNotifications(tx, { channelId: id, butTo }, now);
    }
    await recordAudit(tx, ctx, actor, {
      action: "alert_channel.updated",
      targetKind: "alert_channel",
      targetId: id,
      detail: {
        name: input.name ?? before.name,
        changed: Object.keys(input),
        ...(config !== null && { from: before.hint, to: hintOf(config) }),
      },
    });
    return findChannel(tx, actor.workspaceId, id);
  });
  if (row === null) throw new Error("the channel that was just written is not there");
  return toChannelDto(ctx, row, (await lastOfChannels(ctx.db.prisma, [id])).get(id));
}
