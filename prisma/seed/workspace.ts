// The demo's owner, its workspace and its event types. Made once; a later start finds them.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { setupFirstOwner } from "@/lib/server/services/set-up-first-owner";
import { EVENT_KINDS } from "./events";
import { DAY_MS, inThePast } from "./past";

const WORKSPACE = "Harbour Coffee";
const DAYS_OLD = 21.5;

export interface Owner {
  readonly email: string;
  readonly password: string;
}

export interface DemoWorkspace {
  readonly slug: string;
  /** The demo command itself, acting in one of the two environments. */
  readonly live: Actor;
  readonly sandbox: Actor;
}

async function findWorkspace(ctx: ServiceContext, email: string): Promise<DemoWorkspace | null> {
  const member = await ctx.db.prisma.member.findFirst({
    where: { user: { email }, workspace: { name: WORKSPACE } },
    include: { workspace: { include: { environments: true } } },
  });
  if (member === null) return null;
  const { id: workspaceId, slug, environments } = member.workspace;
  const actorIn = (kind: string): Actor => {
    const environment = environments.find((one) => one.kind === kind);
    if (environment === undefined) throw new Error(`the workspace has no ${kind} environment`);
    return { kind: "system", label: "Demo", workspaceId, environmentId: environment.id, ip: null };
  };
  return { slug, live: actorIn("live"), sandbox: actorIn("sandbox") };
}

async function seedEventTypes(ctx: ServiceContext, workspaceId: string): Promise<void> {
  const past = inThePast(ctx, DAYS_OLD * DAY_MS);
  await ctx.db.prisma.eventType.createMany({
    data: EVENT_KINDS.map(({ name, description }) => ({
      id: past.newId("eventType"),
      workspaceId,
      name,
      description,
      createdAt: new Date(past.now()),
    })),
    skipDuplicates: true,
  });
}

/**
 * The demo's workspace, made when nobody has set this instance up. Null when somebody else has: the demo never adds to
 * data that is not its own.
 */
export async function seedWorkspace(ctx: ServiceContext, owner: Owner): Promise<DemoWorkspace | null> {
  if ((await ctx.db.prisma.user.count()) === 0) {
    const details = { ...owner, name: "Demo", workspaceName: WORKSPACE };
    await setupFirstOwner(inThePast(ctx, DAYS_OLD * DAY_MS), details);
  }
  const workspace = await findWorkspace(ctx, owner.email);
  if (workspace !== null) await seedEventTypes(ctx, workspace.live.workspaceId);
  return workspace;
}
