// Owns what travels through a provider while the first owner is set up: the link's token and the workspace's name.
import { z } from "zod";

export const SETUP_COOKIE = "signpost-setup";
export const SETUP_COOKIE_SECONDS = 15 * 60;

const content = z.object({ token: z.string().min(1).max(200), workspaceName: z.string().min(1).max(60) });
export type SetupIntent = z.infer<typeof content>;

export function writeSetupCookie(intent: SetupIntent): string {
  return Buffer.from(JSON.stringify(intent)).toString("base64url");
}

/** Null for anything else; the token inside is checked where it is used. */
export function readSetupCookie(value: string | undefined): SetupIntent | null {
  if (!value || value.length > 2_000) return null;
  try {
    return content.parse(JSON.parse(Buffer.from(value, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}
