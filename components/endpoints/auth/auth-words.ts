// Owns the words for the ways of authentication.
import type { AuthKind } from "@/lib/contracts/endpoint-auth";

export const AUTH_WORDS: Record<AuthKind, { label: string; description: string }> = {
  bearer: { label: "Bearer token", description: "A token that the receiver gave you." },
  basic: { label: "Basic", description: "A user name and a password." },
  api_key: { label: "API key", description: "A header of the receiver's choice with a fixed value." },
  oauth2: {
    label: "OAuth 2.0",
    description: "Access tokens from a token server, by client credentials. Renewed before they end.",
  },
};

/** In the order in which they are offered. */
export const AUTH_CHOICES: readonly AuthKind[] = ["bearer", "basic", "api_key", "oauth2"];
