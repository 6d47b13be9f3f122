// What receivers see of an endpoint's authentication, through the real pipeline, and what nobody else does.
import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EndpointAuthInput } from "@/lib/contracts/endpoint-auth";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { removeClientCertificate } from "@/lib/server/services/remove-client-certificate";
import { removeEndpointAuth } from "@/lib/server/services/remove-endpoint-auth";
import { setClientCertificate } from "@/lib/server/services/set-client-certificate";
import { setEndpointAuth } from "@/lib/server/services/set-endpoint-auth";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { startMtlsServer } from "@/tests/support/receiver/mtls-server";
import { testAuthority } from "@/tests/support/receiver/tls-modes";
import { badReplies, startTokenServer, type TokenServer } from "@/tests/support/receiver/token-server";
import { createWorld, eventually, type World } from "@/tests/support/world";

let world: World;
let tokens: TokenServer;
let skewMs = 0;
let types = 0;
const logLines: string[] = [];

beforeAll(async () => {
  const caCertificates = [(await testAuthority()).cert];
  world = await createWorld({ now: () => Date.now() + skewMs, outbound: { caCertificates } });
  tokens = await startTokenServer();
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logLines.push(chunk.toString());
      done();
    },
  });
  Object.assign(world.ctx, { logger: pino({ level: "trace" }, stream) });
});

afterAll(async () => {
  await world.close();
  await tokens.close();
});

/** An endpoint with an event type of its own, so that tests do not meet each other's deliveries. */
async function endpointAt(url: string, auth: EndpointAuthInput | null, more: object = {}) {
  const type = `auth.case.${++types}`;
  const { id } = await world.endpoint("", { url, event_types: [type], ...more });
  if (auth !== null) await setEndpointAuth(world.ctx, world.actor, id, auth);
  return { id, type };
}

/** Sends an event; gives its delivery once it has so many attempts, the later ones made at once. */
async function deliver(type: string, attempts = 1) {
  const { id } = await world.send(type);
  const first = await world.waitForDelivery(id, (row) => row.step >= 1);
  for (let n = 1; n < attempts; n++) await world.ctx.pump.attemptOne(first.id, { force: true });
  return world.waitForDelivery(id, (row) => row.step >= attempts);
}

const oauth = (extra: Partial<Extract<EndpointAuthInput, { kind: "oauth2" }>> = {}): EndpointAuthInput => ({
  kind: "oauth2",
  token_url: tokens.url,
  client_id: tokens.client.id,
  client_secret: tokens.client.secret,
  client_auth: "basic",
  ...extra,
});

describe("a static header", () => {
  it.each<[string, EndpointAuthInput, string, string]>([
    [
      "Basic",
      { kind: "basic", username: "shop", password: "canary pässword:" },
      "authorization",
      `Basic ${Buffer.from("shop:canary pässword:").toString("base64")}`,
    ],
    ["Bearer", { kind: "bearer", token: "canary.token~+/=" }, "authorization", "Bearer canary.token~+/="],
    [
      "an API key",
      { kind: "api_key", header: "X-Api-Key", value: "canary key é" },
      "X-Api-Key",
      "canary key é",
    ],
  ])(
    "%s is sent with the signature, once, and the log shows it masked",
    async (_title, auth, name, value) => {
      const { id, type } = await endpointAt(`${world.receiver.url}/ok`, auth);
      const delivery = await deliver(type);
      const request = world.receiver.requests.find(
        (one) => headerOf(one, "webhook-id") === delivery.event_id,
      );
      const sent = request?.rawHeaders.filter(([key]) => key.toLowerCase() === name.toLowerCase());
      expect(sent).toEqual([[name, value]]);
      expect(request && headerOf(request, "webhook-signature")).toMatch(/^v1,/);
      expect(delivery.attempts[0]?.request.headers).toContainEqual([name, "••••••"]);
      await removeEndpointAuth(world.ctx, world.actor, id);
      const after = await deliver(type);
      const bare = world.receiver.requests.find((one) => headerOf(one, "webhook-id") === after.event_id);
      expect(bare && headerOf(bare, name)).toBeNull();
    },
  );
});

describe("OAuth 2.0 client credentials", () => {
  it.each(["basic", "body"] as const)(
    "a token is asked for once (client by %s), sent, and kept for the next deliveries",
    async (client_auth) => {
      const asked = tokens.requests.length;
      const { type } = await endpointAt(tokens.hook, oauth({ client_auth, scope: "a b", audience: "urn:x" }));
      const first = await deliver(type);
      await deliver(type);
      expect(first).toMatchObject({ state: "succeeded" });
      const requests = tokens.requests.slice(asked);
      expect(requests).toHaveLength(1);
      const form = Object.fromEntries(requests[0]?.form ?? []);
      expect(form).toMatchObject({ grant_type: "client_credentials", scope: "a b", audience: "urn:x" });
      expect("client_secret" in form).toBe(client_auth === "body");
      expect(requests[0]?.headers.authorization === undefined).toBe(client_auth === "body");
      expect(tokens.calls.at(-1)).toEqual({ authorization: `Bearer ${tokens.issued.at(-1)}`, status: 204 });
      expect(first.attempts[0]?.request.headers).toContainEqual(["authorization", "••••••"]);
    },
  );

  it("50 deliveries at once share one request for a token", async () => {
    const asked = tokens.requests.length;
    const called = tokens.calls.length;
    const gate = tokens.gate();
    const { type } = await endpointAt(tokens.hook, oauth(), { max_concurrency: 50 });
    const sent = await Promise.all(Array.from({ length: 50 }, () => world.send(type)));
    await eventually(async () => tokens.requests.length > asked);
    gate.open();
    for (const { id } of sent) await world.waitForDelivery(id, (row) => row.state === "succeeded");
    expect(tokens.requests.length - asked).toBe(1);
    expect(tokens.calls.slice(called).map(({ status }) => status)).toEqual(Array(50).fill(204));
  });

  it("is renewed before it ends, while attempts go on with the old one", async () => {
    const { type } = await endpointAt(tokens.hook, oauth());
    await deliver(type);
    const asked = tokens.requests.length;
    const old = tokens.issued.at(-1);
    skewMs += 3_000_000;
    await deliver(type);
    expect(tokens.calls.at(-1)?.authorization).toBe(`Bearer ${old}`);
    await eventually(async () => tokens.issued.at(-1) !== old);
    await deliver(type);
    expect(tokens.calls.at(-1)?.authorization).toBe(`Bearer ${tokens.issued.at(-1)}`);
    expect(tokens.requests.length - asked).toBe(1);
  });

  it("an ended token is never sent: the attempt waits for the next one", async () => {
    const { type } = await endpointAt(tokens.hook, oauth());
    await deliver(type);
    const old = tokens.issued.at(-1);
    skewMs += 3_595_000;
    expect(await deliver(type)).toMatchObject({ state: "succeeded" });
    expect(tokens.calls.at(-1)?.authorization).not.toBe(`Bearer ${old}`);
  });

  it("without expires_in, or with it as text, a token is kept for a while", async () => {
    for (const expiresIn of [null, "1800"]) {
      tokens.expiresIn = expiresIn;
      const asked = tokens.requests.length;
      const { type } = await endpointAt(tokens.hook, oauth());
      await deliver(type);
      await deliver(type);
      expect(tokens.requests.length - asked).toBe(1);
    }
    tokens.expiresIn = 3_600;
  });

  it("a token of no life at all serves the attempt that it was given for", async () => {
    tokens.expiresIn = 0;
    const asked = tokens.requests.length;
    const { type } = await endpointAt(`${world.receiver.url}/ok`, oauth());
    expect(await deliver(type)).toMatchObject({ state: "succeeded" });
    expect(await deliver(type)).toMatchObject({ state: "succeeded" });
    expect(tokens.requests.length - asked).toBe(2);
    tokens.expiresIn = 3_600;
  });

  it("a 401 of the receiver is one attempt; the next one has a fresh token", async () => {
    const { type } = await endpointAt(tokens.hook, oauth());
    await deliver(type);
    const [asked, called] = [tokens.requests.length, tokens.calls.length];
    tokens.revokeAll();
    const delivery = await deliver(type, 2);
    expect(delivery.attempts.map(({ response }) => response?.status)).toEqual([401, 204]);
    expect(tokens.requests.length - asked).toBe(1);
    expect(tokens.calls.slice(called).map(({ status }) => status)).toEqual([401, 204]);
  });

  it("a receiver that refuses every token costs one more token, not one for each attempt", async () => {
    tokens.refuseEverything = true;
    const asked = tokens.requests.length;
    const { type } = await endpointAt(tokens.hook, oauth());
    const delivery = await deliver(type, 5);
    tokens.refuseEverything = false;
    expect(delivery.attempts.map(({ response }) => response?.status)).toEqual([401, 401, 401, 401, 401]);
    expect(tokens.requests.length - asked).toBe(2);
  });

  it.each(Object.entries(badReplies))(
    "%s: auth_failed, nothing is sent, and it is tried again",
    async (_title, bad) => {
      const called = tokens.calls.length;
      const { type } = await endpointAt(tokens.hook, oauth());
      tokens.reply = bad.reply(tokens);
      const failed = await deliver(type);
      expect(failed).toMatchObject({ state: "pending", last_error_class: "auth_failed" });
      expect(failed.attempts[0]).toMatchObject({ response: null, error: { class: "auth_failed" } });
      expect(failed.attempts[0]?.error?.message).toMatch(bad.says);
      expect(failed.attempts[0]?.error?.message).not.toContain("canary");
      expect(tokens.calls.length).toBe(called);
      tokens.reply = null;
    },
  );

  it("a failing server is not asked again at once, and later attempts recover", async () => {
    const { type } = await endpointAt(tokens.hook, oauth());
    tokens.reply = (response) => void response.writeHead(503).end();
    const asked = tokens.requests.length;
    const delivery = await deliver(type, 3);
    expect(delivery).toMatchObject({ state: "pending", attempt_count: 3 });
    expect(tokens.requests.length - asked).toBe(1);
    tokens.reply = null;
    skewMs += 5_000;
    expect(await deliver(type)).toMatchObject({ state: "succeeded" });
  });

  it("a server that never answers uses up half of the attempt's time, not more", async () => {
    const gate = tokens.gate();
    const { type } = await endpointAt(tokens.hook, oauth(), { timeout_ms: 1_000 });
    const startedAt = performance.now();
    const delivery = await deliver(type);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(delivery.attempts[0]?.error).toMatchObject({
      class: "auth_failed",
      message: expect.stringContaining("The token server did not answer within 0.5 s"),
    });
    gate.open();
  });

  it("S-15 the token URL is behind the same guard, when it is saved and when it is used", async () => {
    const { id } = await endpointAt(tokens.hook, null);
    for (const token_url of [
      "https://10.1.2.3/token",
      "https://169.254.169.254/",
      "ftp://x",
      "https://u:p@e.example/",
    ]) {
      await expect(setEndpointAuth(world.ctx, world.actor, id, oauth({ token_url }))).rejects.toMatchObject({
        code: "target_not_allowed",
        errors: [{ path: "token_url", message: expect.any(String) }],
      });
    }
    expect(await world.ctx.db.prisma.endpointAuth.count({ where: { endpointId: id } })).toBe(0);
    // A name that was fine when it was saved, and is not when it is used.
    const sealed = world.ctx.secrets.seal(JSON.stringify(oauth({ token_url: "https://192.168.1.1/token" })), {
      table: "endpoint_auth",
      rowId: id,
      field: "ciphertext",
    });
    await world.ctx.db.prisma.endpointAuth.create({
      data: {
        endpointId: id,
        kind: "oauth2",
        hint: "",
        headerName: "authorization",
        ciphertext: new Uint8Array(sealed),
      },
    });
    world.ctx.pump.forgetEndpoint(id);
    const { type } = { type: `auth.case.${types}` };
    const delivery = await deliver(type);
    expect(delivery.attempts[0]?.error).toMatchObject({
      class: "auth_failed",
      message: expect.stringContaining("is not allowed"),
    });
  });

  it("changed settings are used at once, also after a failure with the old ones", async () => {
    const { id, type } = await endpointAt(tokens.hook, oauth({ client_secret: "wrong" }));
    expect((await deliver(type)).attempts[0]?.error?.message).toMatch(/401 \(invalid_client\)/);
    await setEndpointAuth(world.ctx, world.actor, id, oauth());
    expect(await deliver(type)).toMatchObject({ state: "succeeded" });
  });
});

describe("a client certificate", () => {
  it("is shown by its own endpoint only, although both call the same origin", async () => {
    const server = await startMtlsServer({ optional: true });
    const authority = await testAuthority();
    const names = ["one.example", "two.example"];
    const endpoints = [];
    for (const name of names) {
      const { id, type } = await endpointAt(`${server.url}/${name}`, {
        kind: "api_key",
        header: "x-endpoint",
        value: name,
      });
      const { cert, key } = await authority.issue({ names: [name] });
      await setClientCertificate(world.ctx, world.actor, id, { certificate: cert, key });
      endpoints.push({ id, type });
    }
    endpoints.push(await endpointAt(`${server.url}/none`, null));
    const sent = [];
    for (let n = 0; n < 60; n++) sent.push(await world.send(endpoints[n % 3]?.type ?? ""));
    for (const { id } of sent) await world.waitForDelivery(id, (row) => row.state === "succeeded");
    expect(server.requests).toHaveLength(60);
    for (const { client, headers } of server.requests) expect(client).toBe(headers["x-endpoint"] ?? null);
    await removeClientCertificate(world.ctx, world.actor, endpoints[0]?.id ?? "");
    await deliver(endpoints[0]?.type ?? "");
    expect(server.requests.at(-1)).toMatchObject({ client: null, headers: { "x-endpoint": "one.example" } });
    await server.close();
  });
});

describe("K-01 secrets of the authentication", () => {
  it("stand nowhere: not in the database, not in the log, not in an answer", async () => {
    const { cert, key } = await (await testAuthority()).issue({ names: ["canary.example"] });
    const { id, type } = await endpointAt(tokens.hook, oauth());
    await setClientCertificate(world.ctx, world.actor, (await endpointAt("https://127.0.0.1:1/", null)).id, {
      certificate: cert,
      key,
    });
    const delivery = await deliver(type);
    const { hot } = world.ctx.db;
    const { rows: tables } = await hot.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    let dump = JSON.stringify(await getDelivery(world.ctx, world.actor, delivery.id));
    for (const { name } of tables) {
      const { rows } = await hot.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      dump += rows.map(({ row }) => row).join("\n");
    }
    dump += logLines.join("\n");
    expect(dump).toContain(delivery.event_id);
    const keyBody = key.split("\n")[1] ?? "";
    const secrets = [
      tokens.client.secret,
      "canary pässword:",
      "canary.token~+/=",
      "canary key é",
      keyBody,
      ...tokens.issued,
    ];
    for (const secret of secrets) {
      const bytes = Buffer.from(secret);
      for (const form of [
        secret,
        bytes.toString("hex"),
        bytes.toString("base64"),
        encodeURIComponent(secret),
      ]) {
        expect([secret, dump.includes(form)]).toEqual([secret, false]);
      }
    }
    await deleteEndpoint(world.ctx, world.actor, id);
    expect(await world.ctx.db.prisma.endpointAuth.count({ where: { endpointId: id } })).toBe(0);
  });

  it("K-03 a sealed record of another endpoint does not open: nothing is sent", async () => {
    const called = tokens.calls.length;
    const a = await endpointAt(tokens.hook, oauth());
    const b = await endpointAt(tokens.hook, oauth());
    const row = await world.ctx.db.prisma.endpointAuth.findUniqueOrThrow({ where: { endpointId: a.id } });
    await world.ctx.db.prisma.endpointAuth.update({
      where: { endpointId: b.id },
      data: { ciphertext: row.ciphertext },
    });
    world.ctx.pump.forgetEndpoint(b.id);
    const delivery = await deliver(b.type);
    expect(delivery.attempts[0]?.error?.class).toBe("secret_unreadable");
    expect(tokens.calls.length).toBe(called);
  });
});
