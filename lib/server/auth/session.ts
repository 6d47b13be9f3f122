// Owns the session for pages: who is looking, and may they look at this workspace. For handlers use withOperator.
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "@/lib/domain/access/permissions";
import { getEnv } from "../env";
import { listWorkspacesOf, type Seat } from "../repositories/sessions";
import { getRuntime } from "../runtime";
import { readSession, type Session } from "./read-session";
import { memberActor, seatAt } from "./seat";

/** The session of the page being rendered, or null; read once for each request. */
export const getSession = cache(async (): Promise<Session | null> => {
  const { db, publicUrl, now } = getRuntime();
  const source = { db, publicUrl, now, secret: getEnv().sessionSecret };
  return readSession(source, (await headers()).get("cookie"));
});

/** The session, or off to sign in and then back to `returnTo` (a path). */
export async function requireSession(returnTo?: string): Promise<Session> {
  const session = await getSession();
  if (session) return session;
  redirect(returnTo ? `/sign-in?callbackUrl=${encodeURIComponent(returnTo)}` : "/sign-in");
}

/** Who is looking at a workspace's page. */
export type PageViewer = { session: Session; seat: Seat };

/**
 * The viewer of `/{workspace}/{environment}/…`: signed out goes to sign in, a workspace that is unknown or not theirs
 * is not found. Call it in every page that reads data: layouts do not run again when a person moves between pages.
 */
export const requireViewer = cache(async (workspace: string, environment: string): Promise<PageViewer> => {
  const session = await requireSession(
    `/${encodeURIComponent(workspace)}/${encodeURIComponent(environment)}`,
  );
  const seat = await seatAt(getRuntime().db, session, { workspace, environment });
  if (seat === null) notFound();
  return { session, seat };
});

/** The workspaces that a signed-in person may open, oldest membership first. */
export function listWorkspaces(session: Session): Promise<{ slug: string; name: string }[]> {
  return listWorkspacesOf(getRuntime().db.prisma, session.user.id);
}

/** The viewer as the actor of a service that a page calls while rendering. */
export function viewerActor({ session, seat }: PageViewer): Actor {
  // Pages only read, and reading leaves no trail that would name an address.
  return memberActor(session, seat, null);
}
