// Owns rows of people: their address, password hash, token version, and their accounts at sign-in providers.
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type Credentials = {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  tokenVersion: number;
  disabledAt: Date | null;
};

const credentials = {
  id: true,
  email: true,
  name: true,
  passwordHash: true,
  tokenVersion: true,
  disabledAt: true,
} as const;

export function findCredentialsByEmail(client: Client, email: string): Promise<Credentials | null> {
  return client.user.findUnique({ where: { email }, select: credentials });
}

export function findCredentialsById(client: Client, id: string): Promise<Credentials | null> {
  return client.user.findUnique({ where: { id }, select: credentials });
}

export async function hasAnyUser(client: Client): Promise<boolean> {
  return (await client.user.findFirst({ select: { id: true } })) !== null;
}

export async function insertUser(
  client: Client,
  user: { id: string; email: string; name: string; passwordHash: string | null; createdAt: Date },
): Promise<void> {
  await client.user.create({ data: user });
}

/** Stores a new password and ends every session; returns the new token version. */
export async function replacePassword(client: Client, id: string, passwordHash: string): Promise<number> {
  const data = { passwordHash, tokenVersion: { increment: 1 } };
  const { tokenVersion } = await client.user.update({ where: { id }, data, select: { tokenVersion: true } });
  return tokenVersion;
}

/** Ends every session of a person; returns the new token version. */
export async function bumpTokenVersion(client: Client, id: string): Promise<number> {
  const data = { tokenVersion: { increment: 1 } };
  const { tokenVersion } = await client.user.update({ where: { id }, data, select: { tokenVersion: true } });
  return tokenVersion;
}

export type ProviderAccount = { provider: string; providerAccountId: string };

/** The person that an account at a provider belongs to. */
export async function findCredentialsByAccount(
  client: Client,
  account: ProviderAccount,
): Promise<Credentials | null> {
  const where = { provider_providerAccountId: account };
  const row = await client.oauthAccount.findUnique({ where, select: { user: { select: credentials } } });
  return row?.user ?? null;
}

/** True when the person already signs in with some account of this provider. */
export async function hasAccountAt(client: Client, userId: string, provider: string): Promise<boolean> {
  return (
    (await client.oauthAccount.findFirst({ where: { userId, provider }, select: { userId: true } })) !== null
  );
}

export async function linkAccount(
  client: Client,
  account: ProviderAccount & { userId: string; createdAt: Date },
): Promise<void> {
  await client.oauthAccount.create({ data: account });
}

/** Ids of the workspaces of a person, for audit entries about the person. */
export async function listWorkspaceIdsOf(client: Client, userId: string): Promise<string[]> {
  const rows = await client.member.findMany({ where: { userId }, select: { workspaceId: true }, take: 50 });
  return rows.map((row) => row.workspaceId);
}
