// Owns a real OAuth 2.0 token server for tests: client credentials by Basic or body, tokens that expire or are revoked, and
// a receiver beside it that asks for them. It can be told to refuse, redirect, be slow or answer nonsense.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type TokenRequest = { form: URLSearchParams; headers: IncomingMessage["headers"] };
type TokenReply = (response: ServerResponse) => void;

export type TokenServer = {
  /** Where tokens come from. */
  url: string;
  origin: string;
  /** A receiver that answers 204 to a valid token and 401 to anything else. */
  hook: string;
  client: { id: string; secret: string };
  requests: TokenRequest[];
  /** The tokens that were given out, oldest first. */
  issued: string[];
  /** Requests at the receiver: the Authorization header and the answer. */
  calls: { authorization: string | undefined; status: number }[];
  /** `expires_in` of new tokens, in seconds; null leaves it out. */
  expiresIn: number | string | null;
  /** Replaces the answer of the token endpoint; null is the honest one. */
  reply: TokenReply | null;
  /** The receiver takes none of the tokens given out so far. */
  revokeAll(): void;
  /** The receiver refuses whatever it gets. */
  refuseEverything: boolean;
  /** Holds answers of the token endpoint until `open`. */
  gate(): { open(): void };
  close(): Promise<void>;
};

const json = (status: number, body: unknown): TokenReply => {
  return (response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};

/** Answers that are wrong in one way each. */
export const badReplies: Record<string, { reply: (server: TokenServer) => TokenReply; says: RegExp }> = {
  "401 invalid_client": {
    reply: () => json(401, { error: "invalid_client", error_description: "canary-description" }),
    says: /answered 401 \(invalid_client\)\.$/,
  },
  "400 with an error of its own making": {
    reply: () => json(400, { error: "canary-error" }),
    says: /answered 400\.$/,
  },
  "500 in HTML": {
    reply: () => (response) => void response.writeHead(500).end("<h1>canary</h1>"),
    says: /500/,
  },
  redirect: {
    reply: (server) => (response) => void response.writeHead(307, { location: server.hook }).end(),
    says: /redirects are not followed/,
  },
  "no JSON": {
    reply: () => (response) => void response.end("access_token=canary"),
    says: /not a JSON object/,
  },
  "JSON list": { reply: () => json(200, []), says: /not a JSON object/ },
  "no token": { reply: () => json(200, { token_type: "Bearer" }), says: /has no access_token/ },
  "token with a line break": {
    reply: () => json(200, { access_token: "a\r\nx-injected: 1", token_type: "Bearer" }),
    says: /cannot be sent in a header/,
  },
  "token of 9 KiB": {
    reply: () => json(200, { access_token: "t".repeat(9_216) }),
    says: /cannot be sent in a header/,
  },
  "type mac": { reply: () => json(200, { access_token: "t", token_type: "mac" }), says: /not Bearer/ },
  "1 MiB": {
    reply: () => json(200, { access_token: "t", padding: "x".repeat(1_048_576) }),
    says: /too large/,
  },
  "cut off": {
    reply: () => (response) => {
      response.writeHead(200, { "content-length": 500 }).write('{"access_token":');
      setImmediate(() => response.destroy());
    },
    says: /cut off/,
  },
  closes: {
    reply: () => (response) => void response.destroy(),
    says: /The token server closed the connection|The token server reset the connection/,
  },
};

/** Starts on a free port of 127.0.0.1. */
export async function startTokenServer(): Promise<TokenServer> {
  const valid = new Map<string, number>();
  let gate: Promise<void> | null = null;

  function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
    const [scheme, credentials = ""] = request.headers.authorization?.split(" ") ?? [];
    const basic = Buffer.from(credentials, "base64").toString().split(":");
    const [id, secret] =
      scheme === "Basic"
        ? basic.map((part) => new URLSearchParams(`x=${part}`).get("x"))
        : [form.get("client_id"), form.get("client_secret")];
    return id === state.client.id && secret === state.client.secret;
  }

  async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    state.requests.push({ form, headers: request.headers });
    await gate;
    if (state.reply !== null) return state.reply(response);
    if (!isClient(request, form)) return json(401, { error: "invalid_client" })(response);
    if (form.get("grant_type") !== "client_credentials")
      return json(400, { error: "invalid_grant" })(response);
    const token = `tok-${state.issued.length + 1}-${randomBytes(12).toString("hex")}`;
    state.issued.push(token);
    const lifetime = Number(state.expiresIn ?? 3_600);
    valid.set(token, Date.now() + lifetime * 1000);
    const expires = state.expiresIn === null ? {} : { expires_in: state.expiresIn };
    json(200, { access_token: token, token_type: "bearer", ...expires })(response);
  }

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const { authorization } = request.headers;
    const until = valid.get(authorization?.replace(/^Bearer /, "") ?? "") ?? 0;
    const status = !state.refuseEverything && until > Date.now() ? 204 : 401;
    state.calls.push({ authorization, status });
    request.resume().once("end", () => response.writeHead(status).end());
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith("/hook")) receive(request, response);
    else void giveToken(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const state: TokenServer = {
    url: `${origin}/token`,
    origin,
    hook: `${origin}/hook`,
    client: { id: "shop & co", secret: "canary+client/secret%:ü" },
    requests: [],
    issued: [],
    calls: [],
    expiresIn: 3_600,
    reply: null,
    refuseEverything: false,
    revokeAll: () => valid.clear(),
    gate() {
      const openers: (() => void)[] = [];
      gate = new Promise((resolve) => openers.push(resolve));
      return {
        open() {
          gate = null;
          for (const open of openers) open();
        },
      };
    },
    async close() {
      gate = null;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return state;
}
