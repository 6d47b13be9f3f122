// A small OpenID Connect provider for tests: authorisation code flow with PKCE, one person, no screens.
// It checks what a provider checks (redirect address, client, code, verifier) and can be told to misbehave.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export const CLIENT = { id: "signpost", secret: "a client secret of the test" };

export interface OidcPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface OidcServer {
  readonly issuer: string;
  /** Who is signed in at the provider. */
  person: OidcPerson;
  /** Puts another nonce into the ID token, as a replayed token would have. */
  wrongNonce: boolean;
  /** Query of every request to the authorisation endpoint. */
  readonly authorizations: URLSearchParams[];
  close(): Promise<void>;
}

type Grant = { nonce: string; challenge: string; redirectUri: string };

const base64url = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** The client's credentials, by Basic authentication or in the form (RFC 6749, section 2.3.1). */
function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
  const basic = Buffer.from(request.headers.authorization?.replace(/^Basic /, "") ?? "", "base64").toString();
  const [id, secret] = basic
    ? basic.split(":").map((part) => decodeURIComponent(part.replaceAll("+", " ")))
    : [form.get("client_id"), form.get("client_secret")];
  return id === CLIENT.id && secret === CLIENT.secret;
}

/** Listens on 127.0.0.1. `callback` is the one redirect address that the client has registered. */
export async function startOidcServer(callback: string): Promise<OidcServer> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  const accessTokens = new Set<string>();

  const idToken = (grant: Grant): string => {
    const now = Math.floor(Date.now() / 1000);
    const nonce = state.wrongNonce ? "another" : grant.nonce;
    const claims = {
      iss: state.issuer,
      aud: CLIENT.id,
      sub: state.person.sub,
      iat: now,
      exp: now + 300,
      nonce,
    };
    const unsigned = `${base64url({ alg: "RS256", kid: "test", typ: "JWT" })}.${base64url(claims)}`;
    return `${unsigned}.${sign("sha256", Buffer.from(unsigned), privateKey).toString("base64url")}`;
  };

  const authorize = (query: URLSearchParams): string | null => {
    state.authorizations.push(query);
    const challenge = query.get("code_challenge") ?? "";
    const isProper =
      query.get("client_id") === CLIENT.id &&
      query.get("redirect_uri") === callback &&
      query.get("response_type") === "code" &&
      query.get("code_challenge_method") === "S256" &&
      challenge !== "";
    if (!isProper) return null;
    const code = randomBytes(16).toString("hex");
    grants.set(code, { nonce: query.get("nonce") ?? "", challenge, redirectUri: callback });
    return `${callback}?${new URLSearchParams({ code, state: query.get("state") ?? "" })}`;
  };

  const exchange = (form: URLSearchParams): object | null => {
    const code = form.get("code") ?? "";
    const grant = grants.get(code);
    grants.delete(code);
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!grant || grant.challenge !== verifier || form.get("redirect_uri") !== grant.redirectUri) return null;
    const accessToken = randomBytes(16).toString("hex");
    accessTokens.add(accessToken);
    return { access_token: accessToken, token_type: "Bearer", expires_in: 300, id_token: idToken(grant) };
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", state.issuer);
    const json = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (url.pathname === "/.well-known/openid-configuration") {
      return json(200, {
        issuer: state.issuer,
        authorization_endpoint: `${state.issuer}/authorize`,
        token_endpoint: `${state.issuer}/token`,
        userinfo_endpoint: `${state.issuer}/userinfo`,
        jwks_uri: `${state.issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    }
    if (url.pathname === "/jwks") {
      return json(200, {
        keys: [{ ...publicKey.export({ format: "jwk" }), kid: "test", alg: "RS256", use: "sig" }],
      });
    }
    if (url.pathname === "/authorize") {
      const location = authorize(url.searchParams);
      if (location === null) return json(400, { error: "invalid_request" });
      return response.writeHead(302, { location }).end();
    }
    if (url.pathname === "/token") {
      const form = new URLSearchParams(await text(request));
      const tokens = isClient(request, form) ? exchange(form) : null;
      return tokens === null ? json(400, { error: "invalid_grant" }) : json(200, tokens);
    }
    if (url.pathname === "/userinfo") {
      const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
      return accessTokens.has(token) ? json(200, state.person) : json(401, { error: "invalid_token" });
    }
    return json(404, {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const state: OidcServer = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: { sub: "subject-1" },
    wrongNonce: false,
    authorizations: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return state;
}
