// The owner that browser tests share: who it is, and how a browser becomes them without the sign-in page.
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sessionCookie } from "@/lib/server/auth/session-cookie";
import { sealSessionToken } from "@/lib/server/auth/session-token";

export const OWNER = {
  email: "olivia@example.com",
  name: "Olivia Owner",
  workspace: "E2E Works",
  password: "violet kettle under moss",
} as const;

export type OwnerFacts = {
  user_id: string;
  workspace_id: string;
  workspace_slug: string;
  environments: { live: string; sandbox: string };
};

const dataDir = () => process.env.E2E_DATA_DIR ?? "";
const factsFile = () => path.join(dataDir(), "e2e-owner.json");

export function writeOwnerFacts(facts: OwnerFacts): void {
  writeFileSync(factsFile(), JSON.stringify(facts));
}

export function readOwnerFacts(): OwnerFacts {
  return JSON.parse(readFileSync(factsFile(), "utf8")) as OwnerFacts;
}

/** The server's session secret, which it keeps in its data folder. */
export function sessionSecret(): string {
  return readFileSync(path.join(dataDir(), "session-secret"), "utf8").trim();
}

/** A session cookie for a user, as the server would have set it at sign-in. */
export async function mintSessionCookie(
  baseURL: string,
  { userId, tokenVersion = 1 }: { userId: string; tokenVersion?: number },
): Promise<{ name: string; value: string; url: string; httpOnly: boolean; sameSite: "Lax" }> {
  const value = await sealSessionToken(
    {
      use: "session",
      sub: userId,
      sid: randomBytes(18).toString("base64url"),
      tv: tokenVersion,
      auth_time: Math.floor(Date.now() / 1000),
    },
    sessionSecret(),
  );
  return { name: sessionCookie(baseURL).name, value, url: baseURL, httpOnly: true, sameSite: "Lax" };
}
