// Owns where a signed-in person sits: the one rule for pages and handlers who may see a workspace, and as whom they act.
import type { Actor } from "@/lib/domain/access/permissions";
import { isSlug } from "@/lib/domain/access/slug";
import type { Database } from "../repositories/database";
import { findSeat, type Seat } from "../repositories/sessions";
import type { Session } from "./read-session";

export type MemberActor = Extract<Actor, { kind: "user" }>;

/** The person's seat at `/{workspace}/{environment}`; null when it does not exist or is not theirs: nobody can tell which. */
export async function seatAt(
  { prisma }: Pick<Database, "prisma">,
  session: Session,
  { workspace, environment }: { workspace: string; environment: string },
): Promise<Seat | null> {
  if (!isSlug(workspace) || (environment !== "live" && environment !== "sandbox")) return null;
  return findSeat(prisma, { userId: session.user.id, workspaceSlug: workspace, kind: environment });
}

/** The person as the actor of a service. */
export function memberActor({ user }: Session, seat: Seat, ip: string | null): MemberActor {
  return {
    kind: "user",
    userId: user.id,
    label: user.email,
    role: seat.role,
    workspaceId: seat.workspaceId,
    environmentId: seat.environmentId,
    ip,
  };
}
