// Owns with what an attempt authenticates itself beside its signature: opened from the endpoint's sealed rows, made into
// one header, or a token that is asked for first. Plaintext credentials live in targets only, as the signing keys do.
import { createHash } from "node:crypto";
import type { EndpointAuthInput } from "@/lib/contracts/endpoint-auth";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import type { ClientIdentity } from "../../outbound/client-identity";
import type { SecretBox } from "../../secrets/secret-box";
import { authPlace, certificatePlace } from "../endpoint/credentials";
import type { OAuthAuth, TokenCache } from "./token-cache";

type TargetAuth = { kind: "header"; name: string; value: string } | OAuthAuth;

/** Sealed, as the rows have it; null where the endpoint has none. */
type SealedCredentials = { authCiphertext: Buffer | null; certificateCiphertext: Buffer | null };

export type TargetCredentials = { auth: TargetAuth | null; identity: ClientIdentity | null };

const digestOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

function authOf(input: EndpointAuthInput, version: string): TargetAuth {
  switch (input.kind) {
    case "basic": {
      const credentials = Buffer.from(`${input.username}:${input.password}`, "utf8").toString("base64");
      return { kind: "header", name: "authorization", value: `Basic ${credentials}` };
    }
    case "bearer":
      return { kind: "header", name: "authorization", value: `Bearer ${input.token}` };
    case "api_key":
      return { kind: "header", name: input.header, value: input.value };
    case "oauth2":
      return { kind: "oauth2", settings: input, version };
  }
}

/** Opens what an endpoint authenticates itself with. Throws `SecretUnreadableError`. */
export function openCredentials(
  endpointId: string,
  sealed: SealedCredentials,
  secrets: SecretBox,
): TargetCredentials {
  const { authCiphertext, certificateCiphertext } = sealed;
  const open = <T>(ciphertext: Buffer, place: ReturnType<typeof authPlace>) =>
    JSON.parse(secrets.open(ciphertext, place)) as T;
  return {
    auth:
      authCiphertext === null
        ? null
        : authOf(open<EndpointAuthInput>(authCiphertext, authPlace(endpointId)), digestOf(authCiphertext)),
    identity:
      certificateCiphertext === null
        ? null
        : {
            // The endpoint's own id keeps its sockets apart even from another endpoint with the same certificate.
            id: `${endpointId} ${digestOf(certificateCiphertext)}`,
            ...open<Omit<ClientIdentity, "id">>(certificateCiphertext, certificatePlace(endpointId)),
          },
  };
}

export type Authorization = {
  /** Set when nothing may be sent, because the receiver could not know who is calling. */
  failure: { errorClass: AttemptErrorClass; message: string } | null;
  /** To be sent with the request, and masked wherever it is shown. */
  headers: [string, string][];
  /** Milliseconds of the attempt that it took. */
  spentMs: number;
  /** To be told the receiver's status: a 401 ends the life of a token. */
  answered(status: number): void;
};

/** Of an endpoint that relies on its signature alone. */
export const NO_AUTHORIZATION: Authorization = {
  failure: null,
  headers: [],
  spentMs: 0,
  answered: () => undefined,
};

type AuthorizedTarget = { endpointId: string; timeoutMs: number; auth: TargetAuth | null };

const failedWith = (errorClass: AttemptErrorClass, message: string): Authorization => ({
  ...NO_AUTHORIZATION,
  failure: { errorClass, message },
});

/**
 * The header that authenticates an attempt whose own headers are `own`. OAuth 2.0 may have to wait for a token; then and
 * only then time passes. A 401 to a token makes the next attempt ask for a fresh one: no request is ever sent twice in
 * one attempt.
 */
export function authorize(
  tokens: TokenCache,
  target: AuthorizedTarget,
  own: readonly [string, string][],
): Authorization | Promise<Authorization> {
  const { auth } = target;
  if (auth === null) return NO_AUTHORIZATION;
  const name = auth.kind === "header" ? auth.name.toLowerCase() : "authorization";
  // Only with a profile that the endpoint no longer has: new ones are held against the authentication.
  if (own.some(([taken]) => taken.toLowerCase() === name)) {
    return failedWith(
      "auth_failed",
      `Nothing was sent: the profile of this delivery sends the header ${name} itself, which the endpoint's authentication needs.`,
    );
  }
  return auth.kind === "header"
    ? { ...NO_AUTHORIZATION, headers: [[auth.name, auth.value]] }
    : withToken(tokens, target, auth);
}

async function withToken(
  tokens: TokenCache,
  { endpointId, timeoutMs }: AuthorizedTarget,
  auth: OAuthAuth,
): Promise<Authorization> {
  const startedAt = performance.now();
  const answer = await tokens.get(endpointId, auth, timeoutMs);
  if (answer.outcome === "failed") return failedWith(answer.errorClass, answer.message);
  const { token } = answer;
  return {
    failure: null,
    headers: [["authorization", `Bearer ${token}`]],
    spentMs: Math.floor(performance.now() - startedAt),
    answered: (status) => {
      if (status === 401) tokens.refused(endpointId, token);
    },
  };
}
