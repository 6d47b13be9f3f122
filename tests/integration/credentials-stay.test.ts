// What is stored write-only stays with the receiver that it was stored for: a new address of another origin gets none of it
// unless somebody says so.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putCallbackInput } from "@/lib/contracts/callbacks";
import type { UpdateEndpointInput } from "@/lib/contracts/endpoints";
import { putCallback } from "@/lib/server/services/callbacks/put-callback";
import { setClientCertificate } from "@/lib/server/services/set-client-certificate";
import { setEndpointAuth } from "@/lib/server/services/set-endpoint-auth";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { headerOf } from "../support/receiver/http-reader";
import { testAuthority } from "../support/receiver/tls-modes";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
let unique = 0;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const BEARER = { kind: "bearer", token: "canary-bearer-token" } as const;
/** Nothing is sent there; a client certificate needs https. */
const TLS = "https://127.0.0.1:1/hook";
const REFUSED = { code: "conflict", errors: [{ path: "keep_credentials" }] };
/** The same receiver under another name: another origin. */
const elsewhere = (path: string) => `${world.receiver.url.replace("127.0.0.1", "localhost")}${path}`;
const change = (id: string, input: UpdateEndpointInput) => updateEndpoint(world.ctx, world.actor, id, input);
const urlOf = async (id: string) =>
  (await world.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } })).url;
const lastAudit = (targetId: string) =>
  world.ctx.db.prisma.auditEntry.findFirstOrThrow({ where: { targetId }, orderBy: { id: "desc" } });
async function endpoint(more: Record<string, unknown> = {}) {
  const type = `stay.t${++unique}`;
  const { id, url } = await world.endpoint(`/200?${unique}`, { event_types: [type], ...more });
  return { id, url, type };
}
async function authorizationAt(mark: string) {
  const request = await eventually(async () =>
    world.receiver.requests.find(({ target }) => target.endsWith(mark)),
  );
  return headerOf(request, "authorization");
}

describe("a new address of another origin", () => {
  it("is refused while there is authentication, and nothing changes", async () => {
    const { id, url } = await endpoint();
    await setEndpointAuth(world.ctx, world.actor, id, BEARER);
    await expect(change(id, { url: elsewhere("/200"), description: "x" })).rejects.toMatchObject(REFUSED);
    // Headers given anew say nothing about the authentication.
    await expect(change(id, { url: elsewhere("/200"), headers: {} })).rejects.toMatchObject(REFUSED);
    expect(await urlOf(id)).toBe(url);
  });

  it("is refused for custom headers, unless they are given anew or removed", async () => {
    const { id } = await endpoint({ headers: { "X-Own": "canary-header" } });
    await expect(change(id, { url: elsewhere("/200") })).rejects.toMatchObject(REFUSED);
    await change(id, { url: elsewhere("/200"), headers: { "X-Own": "for the new one" } });
    await change(id, { url: `${world.receiver.url}/200`, headers: null });
    expect(await urlOf(id)).toBe(`${world.receiver.url}/200`);
  });

  it("is refused for a client certificate", async () => {
    const { id } = await endpoint({ url: TLS });
    const { cert, key } = await (await testAuthority()).issue({ names: ["caller.example"] });
    await setClientCertificate(world.ctx, world.actor, id, { certificate: cert, key });
    await expect(change(id, { url: elsewhere("/200") })).rejects.toMatchObject(REFUSED);
  });

  it("is taken when the call says so, is in the audit log, and then gets them", async () => {
    const { id, type } = await endpoint({ headers: { "X-Own": "1" } });
    await setEndpointAuth(world.ctx, world.actor, id, BEARER);
    await change(id, { url: elsewhere("/200?kept"), keep_credentials: true });
    expect(await lastAudit(id)).toMatchObject({
      action: "endpoint.updated",
      detail: { kept_credentials: ["authentication", "headers"] },
    });
    await world.send(type);
    expect(await authorizationAt("?kept")).toBe("Bearer canary-bearer-token");
  });

  it("needs no word when there is nothing to tell, and another path is the same receiver", async () => {
    const bare = await endpoint();
    await change(bare.id, { url: elsewhere("/200") });
    const { id } = await endpoint();
    await setEndpointAuth(world.ctx, world.actor, id, BEARER);
    await change(id, { url: `${world.receiver.url}/200?other-path` });
    expect((await lastAudit(id)).detail).not.toHaveProperty("kept_credentials");
  });
});

describe("a callback that is put again", () => {
  const put = (subject: string, url: string) =>
    putCallback(world.ctx, world.actor, subject, putCallbackInput.parse({ callback_url: url }));

  it("with another origin loses authentication, headers and certificate, and the audit log says so", async () => {
    const subject = `lost-${++unique}`;
    const { callback } = await put(subject, TLS);
    const id = callback.endpoint_id;
    await setEndpointAuth(world.ctx, world.actor, id, BEARER);
    await change(id, { headers: { "X-Own": "canary-header" } });
    const { cert, key } = await (await testAuthority()).issue({ names: ["caller.example"] });
    await setClientCertificate(world.ctx, world.actor, id, { certificate: cert, key });
    await put(subject, elsewhere(`/200?${subject}`));
    expect(await lastAudit(id)).toMatchObject({
      action: "callback.replaced",
      detail: { dropped_credentials: ["authentication", "headers", "client certificate"] },
    });
    await world.send("a.b", "{}", { subject });
    expect(await authorizationAt(subject)).toBeNull();
    const request = world.receiver.requests.find(({ target }) => target.endsWith(subject));
    expect(request && headerOf(request, "x-own")).toBeNull();
    expect(await world.ctx.db.prisma.endpointClientCertificate.count({ where: { endpointId: id } })).toBe(0);
  });

  it("with another path keeps them", async () => {
    const subject = `kept-${++unique}`;
    const { callback } = await put(subject, `${world.receiver.url}/200`);
    await setEndpointAuth(world.ctx, world.actor, callback.endpoint_id, BEARER);
    await put(subject, `${world.receiver.url}/200?${subject}`);
    await world.send("a.b", "{}", { subject });
    expect(await authorizationAt(subject)).toBe("Bearer canary-bearer-token");
  });
});
