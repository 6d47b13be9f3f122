// Owns what a channel needs to know and nobody else: addresses, or a URL and its secret, sealed together in one column.
import { z } from "zod";
import type { ServiceContext } from "../../context";
import type { ChannelRow } from "../../repositories/alert-channels";

const shape = z.discriminatedUnion("via", [
  z.object({ via: z.literal("email"), addresses: z.array(z.string()) }),
  z.object({ via: z.literal("slack"), url: z.string() }),
  z.object({ via: z.literal("webhook"), url: z.string(), secret: z.string() }),
]);

export type ChannelConfig = z.infer<typeof shape>;

const placeOf = (id: string) => ({ table: "alert_channel", rowId: id, field: "config_ciphertext" });

/** The column's bytes. */
export function sealChannel(ctx: ServiceContext, id: string, config: ChannelConfig): Uint8Array<ArrayBuffer> {
  return new Uint8Array(ctx.secrets.seal(JSON.stringify(config), placeOf(id)));
}

/** Throws `SecretUnreadableError` when the column cannot be opened. */
export function openChannel(
  ctx: ServiceContext,
  row: Pick<ChannelRow, "id" | "configCiphertext">,
): ChannelConfig {
  return shape.parse(JSON.parse(ctx.secrets.open(row.configCiphertext, placeOf(row.id))));
}

/** What may be shown: addresses, or the host of the URL. Its path may be a secret. */
export function hintOf(config: ChannelConfig): string {
  if (config.via !== "email") return new URL(config.url).host;
  const [first = "", ...others] = config.addresses;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** The destination of an e-mail channel's address: each of them is a reader of its own. */
export function emailDestination(channelId: string, address: string): string {
  return `${channelId}:${address}`;
}
