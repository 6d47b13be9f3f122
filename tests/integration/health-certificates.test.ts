// Certificates that run out: who is warned, and when an alert about one is over.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEndingCertificates } from "@/lib/server/repositories/endpoint-health";
import { claimOne } from "@/lib/server/repositories/hot-path/lease-statements";
import { recordAttempts } from "@/lib/server/repositories/hot-path/record-statement";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { evaluateHealthOf } from "@/lib/server/services/health/evaluate-health";
import { failedAttempt } from "../support/attempt-record";
import { createHealthWorld, type HealthWorld } from "../support/health-world";

const DAY = 86_400_000;

let world: HealthWorld;
beforeAll(async () => {
  world = await createHealthWorld();
});
afterAll(() => world.close());

const inDays = (days: number) => new Date(world.clock.ms + days * DAY);

/** What the receiver shows: a certificate with so many days left, met so many days ago. */
const shows = (endpointId: string, leftDays: number, metDaysAgo: number) => {
  const certificate = { certificateExpiresAt: inDays(leftDays), certificateSeenAt: inDays(-metDaysAgo) };
  return world.ctx.db.prisma.endpointHealth.upsert({
    where: { endpointId },
    create: { endpointId, ...certificate },
    update: certificate,
  });
};

/** The certificate that we show to the receiver. */
const isAskedFor = (endpointId: string, leftDays: number) => {
  const certificate = { expiresAt: inDays(leftDays), updatedAt: inDays(-80) };
  return world.ctx.db.prisma.endpointClientCertificate.upsert({
    where: { endpointId },
    create: {
      endpointId,
      subject: "us",
      issuer: "them",
      fingerprint: "ab",
      ciphertext: new Uint8Array(1),
      ...certificate,
    },
    update: certificate,
  });
};

const openAbout = async (endpointId: string) => {
  const rows = await world.ctx.db.prisma.alert.findMany({
    where: { endpointId, kind: "certificate.expiring", resolvedAt: null },
    orderBy: { id: "asc" },
  });
  return rows.map(({ facts }) => (facts as { whose: string }).whose).sort();
};

describe("alerts about certificates", () => {
  it("the receiver's is over an hour after it was renewed", async () => {
    const { id } = await world.target("/ok", "Renewed");
    await shows(id, 5, 80);
    await evaluateHealthOf(world.ctx);
    expect(await openAbout(id)).toEqual(["receiver"]);
    await shows(id, 90, 0);
    await world.after(0.9);
    expect(await openAbout(id)).toEqual(["receiver"]);
    await world.after(0.2);
    expect(await openAbout(id)).toEqual([]);
  });

  it("ours and the receiver's stand beside each other, and ours is over when it is replaced or removed", async () => {
    const { id } = await world.target("/ok", "Both");
    await shows(id, 5, 80);
    await isAskedFor(id, 6);
    await evaluateHealthOf(world.ctx);
    expect(await openAbout(id)).toEqual(["client", "receiver"]);
    await world.after(5 * 24);
    expect(await openAbout(id)).toEqual(["client", "receiver"]);
    await isAskedFor(id, 90);
    await world.after(0.1);
    expect(await openAbout(id)).toEqual(["receiver"]);
    await isAskedFor(id, 3);
    await world.after(0.1);
    expect(await openAbout(id)).toEqual(["client", "receiver"]);
    await world.ctx.db.prisma.endpointClientCertificate.delete({ where: { endpointId: id } });
    await world.after(0.1);
    expect(await openAbout(id)).toEqual(["receiver"]);
  });

  it("with the endpoint, whatever was told about it is over", async () => {
    const { id } = await world.target("/ok", "Deleted");
    await shows(id, 5, 80);
    await evaluateHealthOf(world.ctx);
    await deleteEndpoint(world.ctx, world.actor, id);
    await evaluateHealthOf(world.ctx);
    expect(await openAbout(id)).toEqual([]);
  });

  it("a receiver that shows two certificates in turn is warned about the one that ends", async () => {
    const endpoint = await world.endpoint("/ok", {
      description: "Two servers",
      event_types: ["two.servers"],
      retry_policy: { delays_seconds: [3600] },
    });
    const expiries = { old: inDays(90).getTime(), fresh: inDays(165).getTime() };
    /** A success with this certificate. */
    const meets = async (which: "old" | "fresh") => {
      world.clock.ms += 2 * 60_000;
      const { id } = await world.send("two.servers");
      const delivery = await world.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId: id } });
      const claimed = await claimOne(world.ctx.db.hot, delivery.id, true);
      const record = failedAttempt({
        deliveryId: delivery.id,
        endpointId: endpoint.id,
        leaseToken: BigInt(claimed?.lease_token ?? "0"),
        succeeded: true,
        errorClass: null,
        next: { state: "succeeded", reason: null, delayMs: null },
      });
      const tally = {
        endpointId: endpoint.id,
        lastSuccessAtMs: world.clock.ms,
        failingSinceMs: null,
        failures: 0,
        lastFailureAtMs: null,
        lastErrorClass: null,
        exhausted: 0,
        certificateExpiresAtMs: expiries[which],
      };
      await recordAttempts(world.ctx.db.hot, [record], [tally]);
    };
    await meets("old");
    world.clock.ms += 75 * DAY;
    for (const which of ["fresh", "old", "fresh", "old"] as const) await meets(which);
    await evaluateHealthOf(world.ctx);
    expect(await openAbout(endpoint.id)).toEqual([]);
    world.clock.ms += 9 * DAY;
    for (const which of ["fresh", "old"] as const) await meets(which);
    await evaluateHealthOf(world.ctx);
    expect(await openAbout(endpoint.id)).toEqual(["receiver"]);
    await meets("fresh");
    await world.after(0.1);
    expect(await openAbout(endpoint.id)).toEqual(["receiver"]);
  });

  it("are looked for page by page, without a gap and without a repeat", async () => {
    const { prisma } = world.ctx.db;
    for (const name of ["Page one", "Page two", "Page three"]) {
      const { id } = await world.target("/ok", name);
      await shows(id, 5, 80);
      await isAskedFor(id, 5);
    }
    const all = await listEndingCertificates(prisma, inDays(14), {
      after: { endpointId: "", whose: "" },
      take: 500,
    });
    expect(all.length).toBeGreaterThanOrEqual(6);
    const paged: typeof all = [];
    let after = { endpointId: "", whose: "" };
    for (;;) {
      const page = await listEndingCertificates(prisma, inDays(14), { after, take: 1 });
      paged.push(...page);
      if (page[0] === undefined) break;
      after = page[0];
    }
    expect(paged).toEqual(all);
  });
});
