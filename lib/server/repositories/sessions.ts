// Owns the reads behind every signed-in request: is this session alive, and who is the person in a workspace.
// Not cached on purpose: two indexed lookups make sign-out, disabling and role changes take effect at once.
import type { Role } from "@/lib/domain/access/permissions";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type SessionUser = { id: string; email: string; name: string };

/**
 * The user of a session, or null when the user is unknown or disabled, the token version is old
 * (password changed, signed out everywhere), or this very session was signed out.
 */
export async function findSessionUser(
  client: Client,
  session: { userId: string; sessionId: string; tokenVersion: number },
): Promise<SessionUser | null> {
  const rows = await client.$queryRaw<SessionUser[]>`
    SELECT u.id, u.email, u.name FROM app_user u
    WHERE u.id = ${session.userId} AND u.token_version = ${session.tokenVersion} AND u.disabled_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM revoked_session r WHERE r.id = ${session.sessionId})`;
  return rows[0] ?? null;
}

export type Seat = {
  role: Role;
  workspaceId: string;
  workspaceSlug: string;
  workspaceName: string;
  environmentId: string;
  environmentKind: "live" | "sandbox";
};

/** The person's seat in one environment; null when the workspace is unknown or not theirs (nobody can tell which). */
export async function findSeat(
  client: Client,
  where: { userId: string; workspaceSlug: string; kind: string },
): Promise<Seat | null> {
  const rows = await client.$queryRaw<Seat[]>`
    SELECT m.role, w.id AS "workspaceId", w.slug AS "workspaceSlug", w.name AS "workspaceName",
           e.id AS "environmentId", e.kind AS "environmentKind"
    FROM workspace w
    JOIN member m ON m.workspace_id = w.id AND m.user_id = ${where.userId}
    JOIN environment e ON e.workspace_id = w.id AND e.kind = ${where.kind}
    WHERE w.slug = ${where.workspaceSlug}`;
  return rows[0] ?? null;
}

/** The workspaces of a person, oldest membership first. */
export async function listWorkspacesOf(
  client: Client,
  userId: string,
): Promise<{ slug: string; name: string }[]> {
  const rows = await client.member.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { workspaceId: "asc" }],
    select: { workspace: { select: { slug: true, name: true } } },
    take: 50,
  });
  return rows.map((row) => row.workspace);
}

/** Ends one session before its time; forgets those that have ended anyway. */
export async function revokeSession(
  client: Client,
  session: { sessionId: string; expiresAt: Date; now: Date },
): Promise<void> {
  await client.revokedSession.deleteMany({ where: { expiresAt: { lt: session.now } } });
  await client.revokedSession.createMany({
    data: [{ id: session.sessionId, expiresAt: session.expiresAt }],
    skipDuplicates: true,
  });
}
