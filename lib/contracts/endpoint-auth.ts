// Owns the wire shapes of endpoint authentication: how a receiver knows that it is us, beside the signature.
// All of it is write-only: answers have the kind and a hint.
import { z } from "zod";
import type { Instant } from "./common";

export const AUTH_KINDS = ["basic", "bearer", "api_key", "oauth2"] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];

/** Limits keep a whole header below the 4 KiB that custom headers may have as well. */
const MAX_NAME = 256;
const MAX_SECRET = 2_048;
export const MAX_PEM_CHARACTERS = 32_768;

const noControls = (value: string) =>
  value.isWellFormed() && ![...value].some((char) => char < " " || char === "\u007f");

const secret = z
  .string()
  .min(1)
  .max(MAX_SECRET)
  .refine(noControls, "must not contain line breaks or control characters");

/** RFC 6749, appendix A.4: tokens of printable ASCII without quotes and backslashes, one space between. */
const scope = z
  .string()
  .min(1)
  .max(1_024)
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/,
    "must be scopes with one space between them",
  );

const basicAuth = z.strictObject({
  kind: z.literal("basic"),
  username: z
    .string()
    .min(1)
    .max(MAX_NAME)
    .refine(noControls, "must not contain line breaks or control characters")
    .refine((value) => !value.includes(":"), "must not contain a colon")
    .describe("Sent with the password as Authorization: Basic (RFC 7617, UTF-8)"),
  password: z
    .string()
    .max(MAX_SECRET)
    .refine(noControls, "must not contain line breaks or control characters"),
});

const bearerAuth = z.strictObject({
  kind: z.literal("bearer"),
  token: z
    .string()
    .min(1)
    .max(MAX_SECRET)
    .regex(/^[\x21-\x7e]+$/, "must be the token alone, in visible ASCII characters, without the word Bearer")
    .describe("Sent as Authorization: Bearer"),
});

const apiKeyAuth = z.strictObject({
  kind: z.literal("api_key"),
  header: z.string().min(1).max(128).describe("Name of the header, such as X-Api-Key"),
  value: z.string().trim().pipe(secret),
});

const oauth2Auth = z.strictObject({
  kind: z.literal("oauth2"),
  token_url: z
    .string()
    .min(1)
    .max(2_048)
    .describe("Where access tokens come from (client credentials grant); checked like an endpoint's URL"),
  client_id: z
    .string()
    .min(1)
    .max(512)
    .refine(noControls, "must not contain line breaks or control characters"),
  client_secret: secret,
  scope: scope.optional(),
  audience: z
    .string()
    .min(1)
    .max(1_024)
    .refine(noControls, "must not contain line breaks or control characters")
    .optional()
    .describe("For servers that ask for it"),
  client_auth: z
    .enum(["basic", "body"])
    .default("basic")
    .describe("How the client identifies itself: HTTP Basic, or client_id and client_secret in the body"),
});

/** One way of authentication, whole: nothing of an earlier one is kept. */
export const endpointAuthInput = z.discriminatedUnion("kind", [
  basicAuth,
  bearerAuth,
  apiKeyAuth,
  oauth2Auth,
]);
export type EndpointAuthInput = z.infer<typeof endpointAuthInput>;
export type OAuth2Input = z.infer<typeof oauth2Auth>;

const pem = z.string().min(1).max(MAX_PEM_CHARACTERS);

export const clientCertificateInput = z.strictObject({
  certificate: pem.describe("PEM: the client certificate; its intermediates may follow"),
  key: pem.describe("PEM: its private key, RSA or EC, not encrypted"),
  chain: pem.optional().describe("PEM: intermediates, when they are not in `certificate`"),
});
export type ClientCertificateInput = z.infer<typeof clientCertificateInput>;

export type EndpointAuthDto = {
  kind: AuthKind;
  /** What may be shown of it: a user name, the last characters of a token, a client and its server. */
  hint: string;
  updated_at: Instant;
};

export type ClientCertificateDto = {
  /** Subject and day of expiry. */
  hint: string;
  subject: string;
  issuer: string;
  /** SHA-256 of the certificate, hexadecimal. */
  fingerprint: string;
  expires_at: Instant;
  updated_at: Instant;
};

/** Everything with which an endpoint's requests say who is calling. */
export type EndpointCredentialsDto = {
  auth: EndpointAuthDto | null;
  client_certificate: ClientCertificateDto | null;
};
