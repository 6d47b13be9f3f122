import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkEncryptionKeys } from "@/bin/key-check";
import { countSealedByKey } from "@/lib/server/repositories/sealed-records";
import { createSecretBox } from "@/lib/server/secrets/secret-box";
import { reencryptSecrets } from "@/lib/server/services/reencrypt-secrets";
import { setClientCertificate } from "@/lib/server/services/set-client-certificate";
import { setEndpointAuth } from "@/lib/server/services/set-endpoint-auth";
import { testAuthority } from "../support/receiver/tls-modes";
import { createWorld, eventually, type World } from "../support/world";

describe("changing the encryption key", () => {
  const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
  const box = (...keys: Buffer[]) => createSecretBox(keys, randomBytes);
  let world: World;
  beforeAll(async () => {
    // The running instance has both keys, as it does in the middle of a rotation.
    world = await createWorld({ encryptionKeys: [oldKey, newKey] });
  });
  afterAll(() => world.close());

  it("K-05 stopped half-way it can be run again, ends with nothing under the old key, and every signature verifies", async () => {
    const endpoint = await world.endpoint("/ok", { headers: { "x-token": "abc" } });
    for (let n = 0; n < 9; n++)
      await world.endpoint("/ok", { event_types: [`other.${n}`], headers: { "x-token": "abc" } });
    const verify = async () => {
      const { id } = await world.send("key.case");
      await world.waitForDelivery(id, (row) => row.state === "succeeded");
      const request = world.receiver.requests.find((one) => one.rawHeaders.some(([, value]) => value === id));
      const headers = Object.fromEntries(request?.rawHeaders ?? []);
      expect(() =>
        new Webhook(endpoint.secret).verify(request?.body.toString() ?? "", headers),
      ).not.toThrow();
      expect(headers["x-token"]).toBe("abc");
      world.ctx.pump.forgetEndpoint(endpoint.id);
    };
    await verify();
    const target = { db: world.ctx.db, secrets: box(newKey, oldKey) };
    // Killed after some records: the next call of `seal` never comes back.
    let left = 8;
    const dying = {
      ...target.secrets,
      seal: (...args: Parameters<typeof target.secrets.seal>) => {
        if (left-- === 0) throw new Error("killed");
        return target.secrets.seal(...args);
      },
    };
    await expect(reencryptSecrets({ db: world.ctx.db, secrets: dying })).rejects.toThrow("killed");
    expect((await countSealedByKey(world.ctx.db)).size).toBe(2);
    await verify();
    await expect(checkEncryptionKeys(world.connectionString, [newKey])).rejects.toThrow(
      /not given|not the one/,
    );
    expect(await reencryptSecrets(target)).toEqual({ reencrypted: 12, unreadable: 0 });
    expect([...(await countSealedByKey(world.ctx.db)).keys()]).toEqual([target.secrets.currentKeyId]);
    await verify();
  });

  it("K-05 covers authentication and client certificates, each under its own name although they share an id", async () => {
    const endpoint = await world.endpoint("/ok?auth", {
      event_types: ["auth.case"],
      headers: { "x-own": "1" },
    });
    const { cert, key } = await (await testAuthority()).issue({ names: ["client.example"] });
    const { prisma } = world.ctx.db;
    await setEndpointAuth(world.ctx, world.actor, endpoint.id, {
      kind: "bearer",
      token: "token-of-the-test",
    });
    const tls = await world.endpoint("", { url: "https://127.0.0.1:1/", event_types: ["tls.case"] });
    await setClientCertificate(world.ctx, world.actor, tls.id, { certificate: cert, key });
    // One record of the endpoint that no key opens must not hide its others.
    const strange = box(randomBytes(32)).seal("{}", {
      table: "endpoint",
      rowId: endpoint.id,
      field: "headers_ciphertext",
    });
    await prisma.endpoint.update({
      where: { id: endpoint.id },
      data: { headersCiphertext: new Uint8Array(strange) },
    });
    const target = { db: world.ctx.db, secrets: box(newKey, oldKey) };
    expect(await reencryptSecrets(target)).toEqual({ reencrypted: 4, unreadable: 1 });
    await prisma.endpoint.update({
      where: { id: endpoint.id },
      data: { headersCiphertext: null, headerNames: [] },
    });
    expect([...(await countSealedByKey(world.ctx.db)).keys()]).toEqual([target.secrets.currentKeyId]);
    world.ctx.pump.forgetEndpoint(endpoint.id);
    const { id } = await world.send("auth.case");
    await eventually(async () =>
      (await world.deliveriesOf(id)).find(
        (one) => one.endpoint_id === endpoint.id && one.state === "succeeded",
      ),
    );
    const request = world.receiver.requests.find((one) => one.target === "/ok?auth");
    expect(Object.fromEntries(request?.rawHeaders ?? []).authorization).toBe("Bearer token-of-the-test");
  });

  it("K-04 K-07 a database is refused with a key that is not its own, and nothing is changed", async () => {
    await checkEncryptionKeys(world.connectionString, [newKey]);
    await expect(checkEncryptionKeys(world.connectionString, [randomBytes(32)])).rejects.toThrow(
      /encryption key is not the one/,
    );
    await checkEncryptionKeys(world.connectionString, [newKey]);
  });

  it("K-03 a secret that no key opens is left alone and counted, and nothing is sent unsigned", async () => {
    const endpoint = await world.endpoint("/ok?unsigned", { event_types: ["unsigned.case"] });
    const sealed = box(randomBytes(32)).seal("whsec_x", {
      table: "endpoint_secret",
      rowId: "x",
      field: "ciphertext",
    });
    await world.ctx.db.prisma.endpointSecret.updateMany({
      where: { endpointId: endpoint.id },
      data: { ciphertext: new Uint8Array(sealed) },
    });
    expect((await reencryptSecrets({ db: world.ctx.db, secrets: box(newKey) })).unreadable).toBe(1);
    const before = world.receiver.requests.length;
    const { id } = await world.send("unsigned.case");
    const delivery = await eventuallyFailed(id);
    expect(delivery.attempts[0]?.error?.class).toBe("secret_unreadable");
    expect(world.receiver.requests.filter((request) => request.target === "/ok?unsigned")).toEqual([]);
    expect(world.receiver.requests.length).toBeGreaterThanOrEqual(before);
  });

  const eventuallyFailed = (eventId: string) =>
    world
      .waitForDelivery(eventId, (row) => row.step === 1)
      .then(async () => {
        const rows = await world.deliveriesOf(eventId);
        const { getDelivery } = await import("@/lib/server/services/get-delivery");
        const own = await world.ctx.db.prisma.attempt.findFirst({
          where: { errorClass: "secret_unreadable", deliveryId: { in: rows.map((row) => row.id) } },
        });
        return getDelivery(world.ctx, world.actor, own?.deliveryId ?? "");
      });
});
