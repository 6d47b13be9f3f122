// Owns how authentication goes into its rows and what may be shown of it. The plaintext has one way out: the delivery
// path (services/delivery/authorization).
import type {
  ClientCertificateDto,
  EndpointAuthDto,
  EndpointAuthInput,
  EndpointCredentialsDto,
} from "@/lib/contracts/endpoint-auth";
import type { ClientCertificate } from "@/lib/domain/endpoint/client-certificate";
import { checkCustomHeaders } from "@/lib/domain/endpoint/header-policy";
import { AppError, type FieldError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import type { Database, Tx } from "@/lib/server/repositories/database";
import {
  type AuthView,
  type ClientCertificateView,
  findAuth,
  findClientCertificate,
  type NewClientCertificate,
  type NewEndpointAuth,
} from "@/lib/server/repositories/endpoint-credentials";
import type { SecretPlace } from "@/lib/server/secrets/secret-box";

/** Where the sealed parts live; bound into each ciphertext. */
export const authPlace = (rowId: string): SecretPlace => ({
  table: "endpoint_auth",
  rowId,
  field: "ciphertext",
});
export const certificatePlace = (rowId: string): SecretPlace => ({
  table: "endpoint_client_certificate",
  rowId,
  field: "ciphertext",
});

/** Shorter secrets show nothing of themselves: four characters would be too much of them. */
const SHORTEST_HINTED = 16;

function tailOf(secret: string): string {
  return secret.length < SHORTEST_HINTED ? "••••" : `…${secret.slice(-4)}`;
}

function hintOf(input: EndpointAuthInput): string {
  switch (input.kind) {
    case "basic":
      return input.username;
    case "bearer":
      return tailOf(input.token);
    case "api_key":
      return `${input.header} ${tailOf(input.value)}`;
    case "oauth2":
      return `${input.client_id} at ${new URL(input.token_url).host}`;
  }
}

/** Names that are taken, in the words of the header policy. */
export type TakenHeaders = {
  /** The endpoint's own headers. */
  custom: readonly string[];
  /** Those that its profile sends, lower case. */
  profile: readonly string[];
};

/** Why the header cannot be set: its name or value, or that something else sends it already. */
function headerProblems(input: EndpointAuthInput, name: string, taken: TakenHeaders): FieldError[] {
  const path = input.kind === "api_key" ? "header" : "kind";
  if (input.kind === "api_key") {
    // Name and value are judged apart, so that each problem stands at its own field.
    const verdicts = [
      ["header", checkCustomHeaders({ [input.header]: "x" }, taken.profile)],
      ["value", checkCustomHeaders({ "x-value": input.value })],
    ] as const;
    for (const [field, verdict] of verdicts) {
      if (verdict.outcome === "refused") {
        return verdict.errors.map(({ message }) => ({ path: field, message }));
      }
    }
  } else if (taken.profile.includes(name)) {
    return [{ path, message: `The endpoint's profile sends the header ${name} itself.` }];
  }
  if (!taken.custom.some((own) => own.toLowerCase() === name)) return [];
  const message = `The endpoint has a custom header ${name}; remove it first, so that it is sent once.`;
  return [{ path, message }];
}

/**
 * Resolves and vets the token URL of OAuth 2.0; other kinds have nothing to ask the network. Call it before a transaction.
 * The answer has the URL as it is saved; `prefix` stands before the path in errors. Throws `target_not_allowed`.
 */
export async function acceptTokenUrl(
  ctx: Pick<ServiceContext, "outbound">,
  input: EndpointAuthInput,
  prefix = "",
): Promise<EndpointAuthInput> {
  if (input.kind !== "oauth2") return input;
  const check = await ctx.outbound.checkUrl(input.token_url);
  if (check.outcome === "allowed") return { ...input, token_url: check.url };
  throw new AppError("target_not_allowed", check.message, {
    errors: [{ path: `${prefix}token_url`, message: check.message }],
  });
}

/** The row of an accepted authentication. Throws `invalid_request` when its header cannot be set or is taken. */
export function sealAuth(
  ctx: Pick<ServiceContext, "secrets">,
  endpointId: string,
  input: EndpointAuthInput,
  taken: TakenHeaders,
  prefix = "",
): NewEndpointAuth {
  const headerName = input.kind === "api_key" ? input.header.toLowerCase() : "authorization";
  const problems = headerProblems(input, headerName, taken);
  if (problems.length > 0) {
    throw new AppError("invalid_request", "The authentication cannot be used.", {
      errors: problems.map(({ path, message }) => ({ path: `${prefix}${path}`, message })),
    });
  }
  const sealed = ctx.secrets.seal(JSON.stringify(input), authPlace(endpointId));
  return {
    endpointId,
    kind: input.kind,
    hint: hintOf(input),
    headerName,
    ciphertext: new Uint8Array(sealed),
  };
}

/** The row of a checked client certificate. */
export function sealClientCertificate(
  ctx: Pick<ServiceContext, "secrets">,
  endpointId: string,
  { certificate, key, ...shown }: ClientCertificate,
): NewClientCertificate {
  const sealed = ctx.secrets.seal(JSON.stringify({ certificate, key }), certificatePlace(endpointId));
  return { endpointId, ...shown, ciphertext: new Uint8Array(sealed) };
}

/** What may be shown of an authentication. */
function toAuthDto(row: AuthView): EndpointAuthDto {
  // The column has a check constraint with the same words.
  const kind = row.kind as EndpointAuthDto["kind"];
  return { kind, hint: row.hint, updated_at: row.updatedAt.toISOString() };
}

/** What may be shown of a client certificate. */
function toClientCertificateDto(row: ClientCertificateView): ClientCertificateDto {
  const expiresAt = row.expiresAt.toISOString();
  return {
    hint: `${row.subject}, until ${expiresAt.slice(0, 10)}`,
    subject: row.subject,
    issuer: row.issuer,
    fingerprint: row.fingerprint,
    expires_at: expiresAt,
    updated_at: row.updatedAt.toISOString(),
  };
}

/** What may be shown of both. */
export function toCredentialsDto(row: {
  auth: AuthView | null;
  clientCertificate: ClientCertificateView | null;
}): EndpointCredentialsDto {
  return {
    auth: row.auth && toAuthDto(row.auth),
    client_certificate: row.clientCertificate && toClientCertificateDto(row.clientCertificate),
  };
}

/** Everything with which an endpoint's requests say who is calling. The endpoint has been looked up by the caller. */
export async function readCredentials(
  client: Database["prisma"] | Tx,
  endpointId: string,
): Promise<EndpointCredentialsDto> {
  const auth = await findAuth(client, endpointId);
  return toCredentialsDto({ auth, clientCertificate: await findClientCertificate(client, endpointId) });
}

/**
 * Holds a change of an endpoint against its authentication: `names` are headers that it is about to send in another way
 * (custom ones, those of a new profile). Throws `invalid_request` under `path` when one of them is the authentication's.
 */
export async function requireAuthHeaderFree(
  tx: Tx,
  endpointId: string,
  names: readonly string[],
  path: string,
): Promise<void> {
  if (names.length === 0) return;
  const auth = await findAuth(tx, endpointId);
  const name = names.find((each) => each.toLowerCase() === auth?.headerName);
  if (name === undefined) return;
  const message = `The endpoint's authentication sets ${name}; remove that first, or leave this header out.`;
  throw new AppError("invalid_request", message, { errors: [{ path, message }] });
}
