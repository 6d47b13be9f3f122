// The one-time link for the first owner: printed at start while nobody exists, stored as a hash, dead after use.
import { createHash, timingSafeEqual } from "node:crypto";
import type { ServiceContext } from "../context";
import type { Tx } from "../repositories/database";
import { readSetting, writeSetting } from "../repositories/instance-settings";
import { hasAnyUser } from "../repositories/users";

export const SETUP_LINK_KEY = "setup_link";
const TOKEN_BYTES = 24;

const digest = (token: string) => createHash("sha256").update(token).digest();

/** `{publicUrl}/setup?token=…`, replacing an earlier link; undefined when there is an owner already. */
export async function createSetupLink(ctx: ServiceContext): Promise<string | undefined> {
  if (await hasAnyUser(ctx.db.prisma)) return undefined;
  const token = ctx.randomBytes(TOKEN_BYTES).toString("base64url");
  const value = { sha256: digest(token).toString("hex") };
  await writeSetting(ctx.db.prisma, SETUP_LINK_KEY, value, new Date(ctx.now()));
  return `${ctx.publicUrl}/setup?token=${token}`;
}

/** True for the token of the newest link; compares in constant time. */
export async function isSetupToken(
  client: ServiceContext["db"]["prisma"] | Tx,
  token: string,
): Promise<boolean> {
  const stored = await readSetting(client, SETUP_LINK_KEY);
  if (typeof stored !== "object" || stored === null || !("sha256" in stored)) return false;
  const expected = Buffer.from(String(stored.sha256), "hex");
  const given = digest(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

export type SetupState = "open" | "wrong_link" | "closed";

/** What a visitor of `/setup` may do: set up, find a valid link first, or nothing because it is done. */
export async function getSetupState(ctx: ServiceContext, token: string | undefined): Promise<SetupState> {
  if (await hasAnyUser(ctx.db.prisma)) return "closed";
  return token !== undefined && (await isSetupToken(ctx.db.prisma, token)) ? "open" : "wrong_link";
}
