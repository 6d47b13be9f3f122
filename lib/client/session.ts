// Owns the browser's half of next-auth: signing in, out, and staying signed in. Knows no page.
import { ProblemError, problemFrom } from "./problem-error";

async function csrfToken(): Promise<string> {
  const response = await fetch("/api/auth/csrf", { credentials: "same-origin", cache: "no-store" });
  if (!response.ok) throw await problemFrom(response);
  const body = (await response.json()) as { csrfToken?: unknown };
  return String(body.csrfToken ?? "");
}

async function postForm(path: string, fields: Record<string, string>): Promise<Response> {
  try {
    const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: "true" });
    return await fetch(path, { method: "POST", credentials: "same-origin", body });
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError({ status: 0, code: "network", detail: "Signpost could not be reached." });
  }
}

export type SignInResult =
  | { outcome: "signed_in"; url: string }
  | { outcome: "wrong" }
  | { outcome: "locked"; retryAfterSeconds: number };

/** Signs in with a password. Throws ProblemError for anything but a right, wrong or locked sign-in. */
export async function signInWithPassword(input: {
  email: string;
  password: string;
  callbackUrl: string;
}): Promise<SignInResult> {
  const response = await postForm("/api/auth/callback/credentials", input);
  if (response.status === 401) return { outcome: "wrong" };
  if (response.status === 429) {
    const { retryAfterSeconds } = await problemFrom(response);
    return { outcome: "locked", retryAfterSeconds: retryAfterSeconds ?? 60 };
  }
  if (!response.ok) throw await problemFrom(response);
  const { url } = (await response.json()) as { url: string };
  return { outcome: "signed_in", url };
}

/** The address at the provider to go to. */
export async function startProviderSignIn(providerId: string, callbackUrl: string): Promise<string> {
  const response = await postForm(`/api/auth/signin/${encodeURIComponent(providerId)}`, { callbackUrl });
  if (!response.ok) throw await problemFrom(response);
  const { url } = (await response.json()) as { url: string };
  return url;
}

/** Ends this session on the server and in the browser, then shows the sign-in page. */
export async function signOut(): Promise<void> {
  const response = await postForm("/api/auth/signout", { callbackUrl: "/sign-in" });
  if (!response.ok) throw await problemFrom(response);
  location.assign("/sign-in");
}

/** Tells the server that somebody is here, which renews the idle time; false when the session has ended. */
export async function renewSession(): Promise<boolean> {
  const response = await fetch("/api/auth/session", { credentials: "same-origin", cache: "no-store" });
  if (!response.ok) return true;
  const body = (await response.json()) as { user?: unknown };
  return body.user !== undefined;
}
