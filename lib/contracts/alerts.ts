// Owns the wire shapes of alerts, their channels, members' choices, and the mails that were written.
import { z } from "zod";
import { normaliseEmail } from "@/lib/domain/access/email";
import {
  ALERT_KINDS,
  type AlertKind,
  type ChannelVia,
  SEVERITIES,
  type Severity,
} from "@/lib/domain/alerts/kinds";
import { idSchema } from "@/lib/domain/ids";
import { type Instant, pageQuery, plainText } from "./common";

export const MAX_CHANNELS = 20;
export const MAX_ADDRESSES = 10;

const unique = <T>(values: readonly T[]) => new Set(values).size === values.length;

const address = z
  .string()
  .max(254)
  .transform((value, ctx) => {
    const email = normaliseEmail(value);
    if (email !== null) return email;
    ctx.addIssue({ code: "custom", message: "must be an e-mail address" });
    return z.NEVER;
  });

const addresses = z
  .array(address)
  .min(1, "name at least one address")
  .max(MAX_ADDRESSES)
  .refine(unique, "name each address once");
const url = z.string().min(1, "is needed").max(2048);

const routing = {
  name: plainText(80).min(1, "give the channel a name"),
  kinds: z
    .array(z.enum(ALERT_KINDS))
    .min(1, "choose at least one kind of alert")
    .refine(unique, "name each kind once"),
  environments: z
    .array(z.enum(["live", "sandbox"]))
    .min(1, "choose at least one environment")
    .refine(unique, "name each environment once"),
  min_severity: z.enum(SEVERITIES),
  enabled: z.boolean(),
};

const created = {
  ...routing,
  kinds: routing.kinds.default([...ALERT_KINDS]),
  environments: routing.environments.default(["live"]),
  min_severity: routing.min_severity.default("info"),
  enabled: routing.enabled.default(true),
};

export const createChannelInput = z.discriminatedUnion("via", [
  z.strictObject({ via: z.literal("email"), ...created, addresses }),
  z.strictObject({ via: z.literal("slack"), ...created, url }),
  z.strictObject({ via: z.literal("webhook"), ...created, url }),
]);
export type ParsedChannelInput = z.output<typeof createChannelInput>;

/** A partial change. Which of `addresses` and `url` is taken follows from what the channel is; a URL cannot be read back. */
export const updateChannelInput = z.strictObject({ ...routing, addresses, url }).partial();
export type UpdateChannelInput = z.infer<typeof updateChannelInput>;

/** How the newest message through a channel ended, or stands. */
export type ChannelResultDto = {
  state: "ready" | "sent" | "kept" | "failed";
  at: Instant;
  error: string | null;
  attempts: number;
  next_attempt_at: Instant | null;
};

export type ChannelDto = {
  id: string;
  name: string;
  via: ChannelVia;
  /** Addresses, or the host that is called. */
  hint: string;
  /** Of an e-mail channel; null otherwise. */
  addresses: string[] | null;
  kinds: AlertKind[];
  environments: ("live" | "sandbox")[];
  min_severity: Severity;
  enabled: boolean;
  last_result: ChannelResultDto | null;
  created_at: Instant;
};

/** The answers that carry a webhook's secret in clear: creation and rotation. Null for other channels. */
export type ChannelWithSecretDto = ChannelDto & { secret: string | null };

export type ChannelListDto = { data: ChannelDto[] };

/** What came of a test, for each address or the one URL. */
export type ChannelTestDto = {
  results: { recipient: string; outcome: "sent" | "kept" | "failed"; error: string | null }[];
};

export const listAlertsQuery = pageQuery.extend({
  cursor: idSchema("alert").optional(),
  kind: z.enum(ALERT_KINDS).optional(),
  endpoint: idSchema("endpoint").optional(),
  open: z.enum(["true"]).optional(),
});
export type ListAlertsQuery = z.infer<typeof listAlertsQuery>;

export type AlertDto = {
  id: string;
  kind: AlertKind;
  severity: Severity;
  endpoint_id: string | null;
  title: string;
  text: string;
  details: { label: string; value: string }[];
  /** `path` is below `/{workspace}/{environment}`. */
  action: { label: string; path: string };
  created_at: Instant;
  /** Null while what it tells is still so. */
  resolved_at: Instant | null;
  /** False in its first minute, until it has been decided who is told. */
  is_decided: boolean;
  /** Who was told, in numbers. */
  told: { sent: number; kept: number; waiting: number; failed: number };
};

export const updatePreferencesInput = z.strictObject({
  kinds: z.strictObject(
    Object.fromEntries(ALERT_KINDS.map((kind) => [kind, z.boolean()])) as Record<AlertKind, z.ZodBoolean>,
  ),
  sandbox: z.boolean(),
});
export type UpdatePreferencesInput = z.infer<typeof updatePreferencesInput>;

/** What the person who asks gets by e-mail. */
export type PreferencesDto = {
  email: string;
  kinds: Record<AlertKind, boolean>;
  /** The kinds that the person's role gets without a choice of their own. */
  defaults: Record<AlertKind, boolean>;
  sandbox: boolean;
};

export const MAIL_STATES = ["ready", "sent", "kept", "failed", "cancelled"] as const;
export type MailState = (typeof MAIL_STATES)[number];

export const listMailsQuery = pageQuery.extend({
  cursor: idSchema("notification").optional(),
  state: z.enum(MAIL_STATES).optional(),
});
export type ListMailsQuery = z.infer<typeof listMailsQuery>;

export type MailDto = {
  id: string;
  to: string;
  subject: string;
  /** A kind of alert, or `test`. */
  kind: string;
  state: MailState;
  attempts: number;
  next_attempt_at: Instant | null;
  error: string | null;
  created_at: Instant;
  finished_at: Instant | null;
};

export type MailDetailDto = MailDto & { text: string; html: string };
