// Owns rows of workspaces, their two environments and their members.
import type { Role } from "@/lib/domain/access/permissions";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type NewWorkspace = {
  id: string;
  slug: string;
  name: string;
  environments: { live: string; sandbox: string };
  createdAt: Date;
};

/** Writes a workspace with its live and sandbox environments. */
export async function insertWorkspace(client: Client, workspace: NewWorkspace): Promise<void> {
  const { id, slug, name, environments, createdAt } = workspace;
  await client.workspace.create({
    data: {
      id,
      slug,
      name,
      createdAt,
      environments: {
        create: [
          { id: environments.live, kind: "live", createdAt },
          { id: environments.sandbox, kind: "sandbox", createdAt },
        ],
      },
    },
  });
}

export async function insertMember(
  client: Client,
  member: { workspaceId: string; userId: string; role: Role; createdAt: Date },
): Promise<void> {
  await client.member.create({ data: member });
}

/** How a workspace and one of its environments are called, for links and texts. Throws when they do not belong together. */
export async function findPlace(
  client: Client,
  workspaceId: string,
  environmentId: string,
): Promise<{ slug: string; name: string; environment: "live" | "sandbox" }> {
  const row = await client.environment.findFirstOrThrow({
    where: { id: environmentId, workspaceId },
    select: { kind: true, workspace: { select: { slug: true, name: true } } },
  });
  // The column has a check constraint with the same words.
  return { ...row.workspace, environment: row.kind as "live" | "sandbox" };
}
