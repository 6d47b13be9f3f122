// Owns the variables of sign-in through providers: which belong together, and what they mean. Read by env.ts only.
import { z } from "zod";

const name = z.string().optional();

/** The variables, as part of the environment's schema; names are the ones that next-auth users know. */
export const signInVariables = {
  GITHUB_ID: name,
  GITHUB_SECRET: name,
  GOOGLE_CLIENT_ID: name,
  GOOGLE_CLIENT_SECRET: name,
  OIDC_ISSUER: z
    .string()
    .refine(
      (value) => /^https?:\/\/[^/\s]/.test(value) && URL.canParse(value),
      "must look like https://id.example.com",
    )
    .transform((value) => value.replace(/\/+$/, ""))
    .optional(),
  OIDC_CLIENT_ID: name,
  OIDC_CLIENT_SECRET: name,
  OIDC_NAME: z.string().max(40).optional(),
};

type Values = { [Name in keyof typeof signInVariables]?: string | undefined };

export type ProviderClient = { readonly clientId: string; readonly clientSecret: string };

/** A provider is there when all of its variables are. */
export interface SignInProviders {
  readonly github?: ProviderClient;
  readonly google?: ProviderClient;
  readonly oidc?: ProviderClient & { readonly issuer: string; readonly name: string };
}

const BELONG_TOGETHER = [
  ["GITHUB_ID", "GITHUB_SECRET"],
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
] as const;

/** One line for each variable that is missing beside its siblings. */
export function signInProblems(values: Values): string[] {
  return BELONG_TOGETHER.flatMap((group) => {
    const given = group.filter((variable) => values[variable]);
    if (given.length === 0 || given.length === group.length) return [];
    const missing = group.filter((variable) => !values[variable]);
    return missing.map((variable) => `${variable} is needed beside ${given.join(" and ")}`);
  });
}

/** The providers that are set up completely. */
export function signInProviders(values: Values): SignInProviders {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = values;
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = values;
  return {
    ...(GITHUB_ID && GITHUB_SECRET && { github: { clientId: GITHUB_ID, clientSecret: GITHUB_SECRET } }),
    ...(GOOGLE_CLIENT_ID &&
      GOOGLE_CLIENT_SECRET && { google: { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET } }),
    ...(OIDC_ISSUER &&
      OIDC_CLIENT_ID &&
      OIDC_CLIENT_SECRET && {
        oidc: {
          issuer: OIDC_ISSUER,
          clientId: OIDC_CLIENT_ID,
          clientSecret: OIDC_CLIENT_SECRET,
          name: OIDC_NAME ?? "single sign-on",
        },
      }),
  };
}
