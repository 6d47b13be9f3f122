// Owns the names and attributes of the session cookies. Knows nothing about what is inside them.

export type SessionCookie = {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean };
};

/**
 * The session cookie of the instance at `publicUrl`. Over https the `__Host-` prefix keeps sub-domains from setting it;
 * over plain http (a local try) the port is in the name, because cookies are shared between ports.
 */
export function sessionCookie(publicUrl: string): SessionCookie {
  const { protocol, port } = new URL(publicUrl);
  const secure = protocol === "https:";
  const name = secure ? "__Host-signpost-session" : `signpost-session${port && `-${port}`}`;
  return { name, options: { httpOnly: true, sameSite: "lax", path: "/", secure } };
}

/** The cookie that marks a browser as one the person has signed in with before (see sign-in limits). */
export function deviceCookieName(publicUrl: string): string {
  return new URL(publicUrl).protocol === "https:" ? "__Host-signpost-device" : "signpost-device";
}

/** The value of one cookie of a Cookie header; undefined when absent or sent twice with different values. */
export function cookieValue(header: string | null | undefined, name: string): string | undefined {
  const values = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return new Set(values).size === 1 ? values[0] : undefined;
}
