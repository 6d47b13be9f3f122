// Owns how each sign-in provider is spoken to, and what each one's word about an e-mail address is worth.
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { ProviderClient, SignInProviders } from "../sign-in-settings";

/** What every provider's profile becomes. */
export type ProviderProfile = {
  id: string;
  name: string | null;
  email: string | null;
  isEmailVerified: boolean;
};

export type ProviderChoice = { id: "github" | "google" | "oidc"; name: string };

/** The ways to sign in beside a password, for buttons. */
export function providerChoices(settings: SignInProviders): ProviderChoice[] {
  return [
    ...(settings.github ? [{ id: "github", name: "GitHub" } as const] : []),
    ...(settings.google ? [{ id: "google", name: "Google" } as const] : []),
    ...(settings.oidc ? [{ id: "oidc", name: settings.oidc.name } as const] : []),
  ];
}

const HTTP_OPTIONS = { timeout: 10_000 };

/** Standard claims (OpenID Connect Core, section 5.1). An absent `email_verified` is a no. */
const claims = z.object({
  sub: z.string().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.literal("true"), z.literal("false")]).optional(),
});

function profileOfClaims(raw: unknown): ProviderProfile {
  const { sub, name, email, email_verified: verified } = claims.parse(raw);
  const isEmailVerified = verified === true || verified === "true";
  return { id: sub, name: name ?? null, email: email ?? null, isEmailVerified };
}

type WithClaims = { claims(): { sub: string }; access_token?: string };

function hasClaims(tokens: object): tokens is WithClaims {
  return "claims" in tokens && typeof tokens.claims === "function";
}

type OidcSettings = ProviderClient & { id: string; name: string; issuer: string };

function openIdConnect({ id, name, issuer, clientId, clientSecret }: OidcSettings): OAuthConfig<unknown> {
  return {
    id,
    name,
    type: "oauth",
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: HTTP_OPTIONS,
    clientId,
    clientSecret,
    userinfo: {
      // Many providers keep the address out of the ID token; both come from the same, verified subject.
      async request({ client, tokens }) {
        if (!hasClaims(tokens)) throw new Error("the provider sent no ID token");
        const fromToken = tokens.claims();
        const fromUserinfo = await client.userinfo(tokens.access_token ?? "");
        if (fromUserinfo.sub !== fromToken.sub)
          throw new Error("the subjects of ID token and userinfo differ");
        return { ...fromUserinfo, ...fromToken };
      },
    },
    profile: profileOfClaims,
  };
}

const githubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() });
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
const githubProfile = githubUser.extend({ emails: githubEmails });

function github({ clientId, clientSecret }: ProviderClient): OAuthConfig<unknown> {
  return {
    id: "github",
    name: "GitHub",
    type: "oauth",
    authorization: {
      url: "https://github.com/login/oauth/authorize",
      params: { scope: "read:user user:email" },
    },
    token: "https://github.com/login/oauth/access_token",
    issuer: "https://github.com/login/oauth",
    checks: ["pkce", "state"],
    httpOptions: HTTP_OPTIONS,
    clientId,
    clientSecret,
    userinfo: {
      url: "https://api.github.com/user",
      // The address on the profile is whatever the person shows; only the list says which one is verified.
      async request({ client, tokens }) {
        const token = tokens.access_token ?? "";
        const user = await client.userinfo(token);
        const { body } = await client.requestResource("https://api.github.com/user/emails", token);
        return { ...user, emails: JSON.parse(String(body)) };
      },
    },
    profile(raw): ProviderProfile {
      const user = githubProfile.parse(raw);
      const primary = user.emails.find((email) => email.primary);
      return {
        id: String(user.id),
        name: user.name || user.login,
        email: primary?.email ?? null,
        isEmailVerified: primary?.verified === true,
      };
    },
  };
}

/** next-auth's provider list for what is set up. */
export function oauthProviders(settings: SignInProviders): OAuthConfig<unknown>[] {
  return [
    ...(settings.github ? [github(settings.github)] : []),
    ...(settings.google
      ? [
          openIdConnect({
            id: "google",
            name: "Google",
            issuer: "https://accounts.google.com",
            ...settings.google,
          }),
        ]
      : []),
    ...(settings.oidc ? [openIdConnect({ id: "oidc", ...settings.oidc })] : []),
  ];
}
