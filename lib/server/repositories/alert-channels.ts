// Owns rows of alert channels and of members' choices. Every `where` carries the workspace.

import type { Role } from "@/lib/domain/access/permissions";
import type { AlertKind, ChannelVia, Severity } from "@/lib/domain/alerts/kinds";
import type { AlertChannel } from "../db/generated/client";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type ChannelRow = AlertChannel;

export type NewChannel = {
  id: string;
  workspaceId: string;
  name: string;
  via: ChannelVia;
  configCiphertext: Uint8Array<ArrayBuffer>;
  hint: string;
  kinds: AlertKind[];
  environments: ("live" | "sandbox")[];
  minSeverity: Severity;
  enabled: boolean;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
};

export async function insertChannel(tx: Tx, channel: NewChannel): Promise<void> {
  await tx.alertChannel.create({ data: channel });
}

export function countChannels(client: Client, workspaceId: string): Promise<number> {
  return client.alertChannel.count({ where: { workspaceId } });
}

export function findChannel(client: Client, workspaceId: string, id: string): Promise<ChannelRow | null> {
  return client.alertChannel.findFirst({ where: { id, workspaceId } });
}

/** Holds the channel's row until the transaction ends. */
export async function lockChannel(tx: Tx, workspaceId: string, id: string): Promise<ChannelRow | null> {
  await tx.$queryRaw`SELECT 1 FROM alert_channel WHERE id = ${id} AND workspace_id = ${workspaceId} FOR UPDATE`;
  return findChannel(tx, workspaceId, id);
}

/** All channels of a workspace, oldest first; their number is bounded. */
export function listChannelRows(client: Client, workspaceId: string): Promise<ChannelRow[]> {
  return client.alertChannel.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
}

export type ChannelChange = Partial<
  Pick<
    NewChannel,
    "name" | "configCiphertext" | "hint" | "kinds" | "environments" | "minSeverity" | "enabled"
  >
>;

export async function updateChannelRow(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: ChannelChange,
  now: Date,
): Promise<void> {
  await tx.alertChannel.update({ where: { id, workspaceId }, data: { ...change, updatedAt: now } });
}

export async function deleteChannelRow(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { count } = await tx.alertChannel.deleteMany({ where: { id, workspaceId } });
  return count === 1;
}

export type Choices = Partial<Record<AlertKind, boolean>>;

/** What a member has chosen; the defaults when nothing. */
export async function findPreference(
  client: Client,
  workspaceId: string,
  userId: string,
): Promise<{ choices: Choices; sandbox: boolean }> {
  const row = await client.alertPreference.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
  });
  return { choices: (row?.choices ?? {}) as Choices, sandbox: row?.sandbox ?? false };
}

export async function writePreference(
  client: Client,
  preference: { workspaceId: string; userId: string; choices: Choices; sandbox: boolean },
  now: Date,
): Promise<void> {
  const { workspaceId, userId, choices, sandbox } = preference;
  const data = { choices, sandbox, updatedAt: now };
  await client.alertPreference.upsert({
    where: { workspaceId_userId: { workspaceId, userId } },
    create: { workspaceId, userId, ...data },
    update: data,
  });
}

export type Reader = { userId: string; email: string; role: Role; choices: Choices; sandbox: boolean };

/** Members of a workspace that may sign in, with what they have chosen. */
export async function listReaders(client: Client, workspaceId: string): Promise<Reader[]> {
  const [members, preferences] = await Promise.all([
    client.member.findMany({
      where: { workspaceId, user: { disabledAt: null } },
      include: { user: { select: { email: true } } },
      orderBy: { userId: "asc" },
    }),
    client.alertPreference.findMany({ where: { workspaceId } }),
  ]);
  const chosen = new Map(preferences.map((preference) => [preference.userId, preference]));
  return members.map((member) => ({
    userId: member.userId,
    email: member.user.email,
    // The column has a check constraint with the same words.
    role: member.role as Role,
    choices: (chosen.get(member.userId)?.choices ?? {}) as Choices,
    sandbox: chosen.get(member.userId)?.sandbox ?? false,
  }));
}
