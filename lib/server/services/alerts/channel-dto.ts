// Owns the way from a channel's row to what may be shown of it: addresses yes, URLs and secrets never.
import type { ChannelDto, ChannelResultDto } from "@/lib/contracts/alerts";
import type { AlertKind, ChannelVia, Severity } from "@/lib/domain/alerts/kinds";
import type { ServiceContext } from "../../context";
import type { ChannelRow } from "../../repositories/alert-channels";
import type { NotificationRow } from "../../repositories/notifications";
import { openChannel } from "./channel-config";

function resultDto(row: NotificationRow): ChannelResultDto {
  return {
    state: row.state as ChannelResultDto["state"],
    at: (row.finishedAt ?? row.composedAt ?? row.createdAt).toISOString(),
    error: row.lastError,
    attempts: row.attempts,
    next_attempt_at: row.nextAttemptAt?.toISOString() ?? null,
  };
}

function addressesOf(ctx: ServiceContext, row: ChannelRow): string[] | null {
  if (row.via !== "email") return null;
  try {
    const config = openChannel(ctx, row);
    return config.via === "email" ? config.addresses : [];
  } catch (error) {
    // Listed all the same: somebody has to be able to replace or delete it.
    ctx.logger.error({ err: error, channel: row.id }, "an alert channel cannot be read");
    return [];
  }
}

/** A channel with how its newest message ended. */
export function toChannelDto(
  ctx: ServiceContext,
  row: ChannelRow,
  last: NotificationRow | undefined,
): ChannelDto {
  return {
    id: row.id,
    name: row.name,
    via: row.via as ChannelVia,
    hint: row.hint,
    addresses: addressesOf(ctx, row),
    // These columns are written from the same lists.
    kinds: row.kinds as AlertKind[],
    environments: row.environments as ("live" | "sandbox")[],
    min_severity: row.minSeverity as Severity,
    enabled: row.enabled,
    last_result: last === undefined ? null : resultDto(last),
    created_at: row.createdAt.toISOString(),
  };
}
