// The first owner and the workspace, made together and only once, whoever asks first (browser or command line).

import { slugFor } from "@/lib/domain/access/slug";
import { AppError } from "@/lib/domain/errors";
import { hashPassword } from "../auth/password-hash";
import type { ServiceContext } from "../context";
import { recordAudit } from "../repositories/audit";
import { inTransaction, type Tx } from "../repositories/database";
import { deleteSetting } from "../repositories/instance-settings";
import type { ProviderAccount } from "../repositories/users";
import { hasAnyUser, insertUser, linkAccount } from "../repositories/users";
import { insertMember, insertWorkspace } from "../repositories/workspaces";
import { isSetupToken, SETUP_LINK_KEY } from "./setup-link";

export type FirstOwner = {
  userId: string;
  workspaceId: string;
  workspaceSlug: string;
  environments: { live: string; sandbox: string };
};

export type FirstOwnerDetails = {
  /** In its one spelling. */
  email: string;
  name: string;
  workspaceName: string;
  /** Null for an owner who signs in with `account` only. */
  password: string | null;
  account?: ProviderAccount;
  /** Address of the browser; null on the command line. */
  ip?: string | null;
  /** Token of the printed link. Leave out only where the caller owns the machine (command line). */
  setupToken?: string;
};

function wrongLink(): AppError {
  return new AppError(
    "forbidden",
    "This set-up link is not valid. Use the newest one that the server printed.",
  );
}

/** Any two set-ups at once run one after the other: the second finds the first one's owner. */
async function lockSetup(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7308895159171178)`;
}

/**
 * Makes the first owner with a workspace and its two environments. Throws `conflict` when there is an owner already,
 * `forbidden` when a set-up token is given and is not the printed one. The input has been validated.
 */
export async function setupFirstOwner(ctx: ServiceContext, details: FirstOwnerDetails): Promise<FirstOwner> {
  // Before the slow hash, so that a closed door costs nothing; checked again where it counts.
  if (await hasAnyUser(ctx.db.prisma)) throw alreadySetUp();
  const { setupToken } = details;
  if (setupToken !== undefined && !(await isSetupToken(ctx.db.prisma, setupToken))) throw wrongLink();
  const passwordHash = details.password === null ? null : await hashPassword(details.password);
  const createdAt = new Date(ctx.now());
  const userId = ctx.newId("user");
  const workspaceId = ctx.newId("workspace");
  const workspaceSlug = slugFor(details.workspaceName);
  const environments = { live: ctx.newId("environment"), sandbox: ctx.newId("environment") };

  await inTransaction(ctx.db, async (tx) => {
    await lockSetup(tx);
    if (await hasAnyUser(tx)) throw alreadySetUp();
    if (details.setupToken !== undefined && !(await isSetupToken(tx, details.setupToken))) {
      throw wrongLink();
    }
    const { email, name } = details;
    await insertUser(tx, { id: userId, email, name, passwordHash, createdAt });
    if (details.account) await linkAccount(tx, { ...details.account, userId, createdAt });
    await insertWorkspace(tx, {
      id: workspaceId,
      slug: workspaceSlug,
      name: details.workspaceName,
      environments,
      createdAt,
    });
    await insertMember(tx, { workspaceId, userId, role: "owner", createdAt });
    await deleteSetting(tx, SETUP_LINK_KEY);
    const actor = {
      kind: "user",
      userId,
      label: email,
      workspaceId,
      environmentId: null,
      ip: details.ip ?? null,
    } as const;
    await recordAudit(tx, ctx, actor, {
      action: "workspace.created",
      targetKind: "workspace",
      targetId: workspaceId,
      detail: {
        slug: workspaceSlug,
        through: details.setupToken === undefined ? "command line" : "set-up link",
      },
    });
  });
  return { userId, workspaceId, workspaceSlug, environments };
}

function alreadySetUp(): AppError {
  return new AppError("conflict", "This instance has an owner already. Sign in instead.");
}
