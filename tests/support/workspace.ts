// A workspace with both environments and the people and keys that act in it, written straight into the database.
import { randomBytes } from "node:crypto";
import type { Actor, ApiKeyScope, Role } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";

export type TestWorkspace = {
  workspaceId: string;
  slug: string;
  liveId: string;
  sandboxId: string;
  /** A member of this role, acting in the live environment. */
  user(role: Role): Extract<Actor, { kind: "user" }>;
  /** A key's actor (without a row) with these scopes. */
  apiKey(scopes: readonly ApiKeyScope[]): Extract<Actor, { kind: "api_key" }>;
};

export async function createTestWorkspace(ctx: ServiceContext): Promise<TestWorkspace> {
  const workspaceId = ctx.newId("workspace");
  const liveId = ctx.newId("environment");
  const sandboxId = ctx.newId("environment");
  const slug = `ws-${randomBytes(6).toString("hex")}`;
  await ctx.db.prisma.workspace.create({
    data: {
      id: workspaceId,
      slug,
      name: slug,
      environments: {
        create: [
          { id: liveId, kind: "live" },
          { id: sandboxId, kind: "sandbox" },
        ],
      },
    },
  });
  const where = { workspaceId, environmentId: liveId, ip: "203.0.113.7" };
  return {
    workspaceId,
    slug,
    liveId,
    sandboxId,
    user: (role) => ({
      kind: "user",
      userId: ctx.newId("user"),
      label: `${role}@example.com`,
      role,
      ...where,
    }),
    apiKey: (scopes) => ({
      kind: "api_key",
      keyId: ctx.newId("apiKey"),
      label: "test key",
      scopes,
      ...where,
    }),
  };
}
