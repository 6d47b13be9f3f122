// The way of alerts to people when there is much of it, or when a part of it is broken: nobody waits for somebody else.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertKind } from "@/lib/domain/alerts/kinds";
import { sendAlertsOf } from "@/lib/server/services/alerts/send-alerts";
import { type AlertWorld, createAlertWorld, headersOf, textOf } from "../support/alert-world";

const MINUTE = 60_000;

let world: AlertWorld;
beforeEach(async () => {
  world = await createAlertWorld();
});
afterEach(() => world.close());

const ENDPOINT = { name: "Shop", host: "shop.example" };
const FACTS: Partial<Record<AlertKind, object>> = {
  "delivery.exhausted": { endpoint: ENDPOINT, count: 1 },
  "secret.rotated": { endpoint: ENDPOINT, by: "ada", secret_hint: "…abc", overlap_seconds: 0 },
  "endpoint.disabled": {
    endpoint: ENDPOINT,
    reason: "failing",
    failing_since: null,
    failed_attempts: 5,
    last_error_class: null,
  },
};

/** So many alerts as if they had just been raised. */
async function raise(kind: AlertKind, count = 1, severity = "warning"): Promise<void> {
  const { ctx } = world;
  await ctx.db.prisma.alert.createMany({
    data: Array.from({ length: count }, () => {
      const id = ctx.newId("alert");
      return {
        id,
        workspaceId: world.workspaceId,
        environmentId: world.environments.live,
        kind,
        severity,
        dedupeKey: id,
        facts: FACTS[kind] ?? {},
        createdAt: new Date(world.clock.ms),
      };
    }),
  });
}

const stateCounts = async (kind: AlertKind) => {
  const groups = await world.ctx.db.prisma.notification.groupBy({
    by: ["state"],
    where: { kind },
    _count: true,
  });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]));
};

describe("much to tell", () => {
  it("a thousand notices that wait for their window hold up nothing, and a run announces them all", async () => {
    await world.member("owner", "owner@example.com");
    await world.channel({
      via: "email",
      addresses: ["ops@example.com"],
      kinds: ["delivery.exhausted"],
      min_severity: "info",
    });
    await raise("delivery.exhausted");
    expect(await world.tell()).toBe(1);
    await raise("delivery.exhausted", 1_050);
    expect(await sendAlertsOf(world.ctx)).toEqual({ announced: 1_050, composed: 0, sent: 0 });
    await raise("endpoint.disabled", 1, "critical");
    expect(await world.tell()).toBe(1);
    expect(headersOf(world.smtp.mails.at(-1))).toContain("owner@example.com");
    expect(await stateCounts("delivery.exhausted")).toEqual({ sent: 1, waiting: 1_050 });
    world.clock.ms += 61 * MINUTE;
    await world.tell();
    expect(await stateCounts("delivery.exhausted")).toMatchObject({ sent: 2 });
  });

  it("what is critical is announced, written and sent first", async () => {
    await world.channel({
      via: "webhook",
      url: `${world.receiver.url}/ok`,
      kinds: ["delivery.exhausted", "endpoint.disabled"],
      min_severity: "info",
    });
    await raise("delivery.exhausted", 30);
    await raise("endpoint.disabled", 1, "critical");
    expect(await world.tell()).toBe(31);
    const firstTen = world.receiver.requests.slice(0, 10).map(({ body }) => JSON.parse(body.toString()).type);
    expect(firstTen).toContain("endpoint.disabled");
  });
});

describe("a broken part", () => {
  it("a channel that cannot be read gets nothing; everybody else is told", async () => {
    await world.member("owner", "owner@example.com");
    const { id } = await world.channel({
      via: "email",
      addresses: ["ops@example.com"],
      kinds: ["secret.rotated"],
      min_severity: "info",
    });
    await world.ctx.db.prisma.alertChannel.update({
      where: { id },
      data: { configCiphertext: new Uint8Array(40) },
    });
    await raise("secret.rotated", 3, "info");
    expect(await sendAlertsOf(world.ctx)).toEqual({ announced: 3, composed: 1, sent: 1 });
    expect(textOf(world.smtp.mails[0])).toContain("Shop");
  });

  it("an alert that cannot be written down as a message holds up no other", async () => {
    await world.channel({ via: "webhook", url: `${world.receiver.url}/ok`, kinds: ["endpoint.disabled"] });
    await raise("endpoint.disabled", 1, "critical");
    await world.ctx.db.prisma.alert.updateMany({ data: { facts: { of: "another version" } } });
    await raise("endpoint.disabled", 1, "critical");
    expect(await world.tell()).toBe(1);
    expect(await stateCounts("endpoint.disabled")).toEqual({ sent: 1, waiting: 1 });
  });

  it("what has been written goes out even when nothing can be announced", async () => {
    await world.member("owner", "owner@example.com");
    world.smtp.refuseWith({ code: 451, message: "later" });
    await raise("secret.rotated", 1, "info");
    await world.tell();
    world.smtp.refuseWith(null);
    await world.ctx.db.prisma.$executeRaw`ALTER TABLE alert RENAME COLUMN announced_at TO gone`;
    world.clock.ms += 2 * MINUTE;
    await expect(sendAlertsOf(world.ctx)).rejects.toThrow(/announced_at/);
    expect(world.smtp.mails).toHaveLength(1);
  });
});
