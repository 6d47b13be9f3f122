// Signing in through GitHub, Google or OpenID Connect: only for people who exist, found by a verified address once
// and by the provider's own id from then on.
import { normaliseEmail } from "@/lib/domain/access/email";
import { isAppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import {
  findCredentialsByAccount,
  findCredentialsByEmail,
  hasAccountAt,
  linkAccount,
  type ProviderAccount,
} from "../repositories/users";
import { noteSignIn } from "./note-sign-in";
import { setupFirstOwner } from "./set-up-first-owner";
import type { SignedInUser } from "./sign-in-with-password";

export type ProviderSignIn = {
  account: ProviderAccount;
  email: string | null;
  /** The provider's word that the address belongs to the person. */
  isEmailVerified: boolean;
  name: string | null;
  ip: string | null;
  /** Present when the sign-in started on the set-up page. */
  setup: { token: string; workspaceName: string } | null;
};

export type ProviderOutcome =
  | { outcome: "signed_in"; user: SignedInUser }
  | {
      outcome: "refused";
      reason: "unverified_email" | "unknown_person" | "other_account" | "disabled" | "setup_closed";
    };

/** Finds, links or (with a set-up link) creates the person behind an account at a provider. */
export async function signInWithProvider(
  ctx: ServiceContext,
  input: ProviderSignIn,
): Promise<ProviderOutcome> {
  const { account, ip } = input;
  const known = await findCredentialsByAccount(ctx.db.prisma, account);
  const email = input.email === null ? null : normaliseEmail(input.email);
  if (known === null && (email === null || !input.isEmailVerified)) {
    return { outcome: "refused", reason: "unverified_email" };
  }
  if (known === null && email !== null && input.setup) {
    const refusal = await setUp(ctx, input, email, input.setup);
    if (refusal) return refusal;
  }
  const user =
    known ??
    (await findCredentialsByAccount(ctx.db.prisma, account)) ??
    (email === null ? null : await findCredentialsByEmail(ctx.db.prisma, email));
  if (user === null) return { outcome: "refused", reason: "unknown_person" };
  if (user.disabledAt !== null) return { outcome: "refused", reason: "disabled" };
  if (known === null && !(await isLinkedTo(ctx, account, user.id))) {
    return { outcome: "refused", reason: "other_account" };
  }
  noteSignIn(ctx, user, { action: "sign_in.succeeded", ip, detail: { method: account.provider } });
  return { outcome: "signed_in", user };
}

async function setUp(
  ctx: ServiceContext,
  { account, name, ip }: ProviderSignIn,
  email: string,
  setup: { token: string; workspaceName: string },
): Promise<ProviderOutcome | null> {
  try {
    await setupFirstOwner(ctx, {
      email,
      name: name || email,
      workspaceName: setup.workspaceName,
      password: null,
      account,
      ip,
      setupToken: setup.token,
    });
    return null;
  } catch (error) {
    if (isAppError(error)) return { outcome: "refused", reason: "setup_closed" };
    throw error;
  }
}

/** Links the account on first use. False when the person already uses another account of that provider. */
async function isLinkedTo(ctx: ServiceContext, account: ProviderAccount, userId: string): Promise<boolean> {
  const owner = await findCredentialsByAccount(ctx.db.prisma, account);
  if (owner) return owner.id === userId;
  if (await hasAccountAt(ctx.db.prisma, userId, account.provider)) return false;
  await linkAccount(ctx.db.prisma, { ...account, userId, createdAt: new Date(ctx.now()) });
  return true;
}
