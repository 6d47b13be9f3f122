// The functions `health` and `alerts` as they are, on the embedded executor and, when the environment names an Inngest
// server, on that server too: their own schedule warns about one failing endpoint, disables another,
// and brings the mails to a mail server that first refuses them.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engineMode } from "@/inngest/mode";
import { EngineApp } from "@/tests/engine/support/engine-app";
import { createHealthWorld, type HealthWorld } from "@/tests/support/health-world";
import { startSmtp, type TestSmtp } from "@/tests/support/smtp";
import { eventually } from "@/tests/support/world";

const engines: ("embedded" | "inngest")[] =
  engineMode(process.env) === "inngest" ? ["embedded", "inngest"] : ["embedded"];

/** Both run every minute, in either order, and a busy machine may miss one. */
const RUNS_MS = 200_000;
const MINUTE_MS = 60_000;

describe.each(engines)("health and alerts on the %s engine", (engine) => {
  let world: HealthWorld;
  let smtp: TestSmtp;
  let app: EngineApp;

  beforeAll(async () => {
    const encryptionKey = randomBytes(32);
    smtp = await startSmtp();
    world = await createHealthWorld({ encryptionKeys: [encryptionKey] });
    app = new EngineApp(engine, world.connectionString, {
      smtpUrl: smtp.url,
      encryptionKey: encryptionKey.toString("base64"),
    });
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await smtp.close();
  });

  test("F-07 one endpoint is warned about, one disabled, and each mail arrives once though the server refuses first", async () => {
    const { prisma } = world.ctx.db;
    await world.member("owner", "owner@example.com");
    const failing = (name: string) =>
      world.endpoint("/500", {
        description: name,
        event_types: [`for.${name}`],
        retry_policy: { delays_seconds: [0, 86_400] },
        auto_disable: { after_hours: 2, min_failures: 1, warn_at_percent: [50] },
      });
    const half = await failing("half");
    const whole = await failing("whole");
    await world.deliver(half);
    await world.deliver(whole);
    const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);
    await prisma.endpointHealth.update({
      where: { endpointId: half.id },
      data: { failingSince: ago(70) },
    });
    const failingSince = ago(180);
    await prisma.endpointHealth.update({
      where: { endpointId: whole.id },
      data: { failingSince, warnedSince: failingSince, warnedAt: ago(110), warnedPercent: 50 },
    });
    smtp.refuseWith({ code: 451, message: "come back later" });
    await app.start();

    const refused = await eventually(async () => {
      const rows = await prisma.notification.findMany({ orderBy: { kind: "asc" } });
      return rows.length === 2 && rows.every(({ lastError }) => lastError !== null) && rows;
    }, RUNS_MS);
    expect(refused.map(({ kind, state, attempts }) => [kind, state, attempts])).toEqual([
      ["endpoint.disabled", "ready", 1],
      ["endpoint.failing", "ready", 1],
    ]);
    expect(refused[0]?.lastError).toContain("451");
    expect(smtp.mails).toHaveLength(0);
    const states = await prisma.endpoint.findMany({ orderBy: { description: "asc" } });
    expect(states.map(({ state, stateReason }) => [state, stateReason])).toEqual([
      ["active", null],
      ["disabled", "failing"],
    ]);

    // The pause is over; the next run finds them.
    smtp.refuseWith(null);
    await prisma.notification.updateMany({ data: { nextAttemptAt: new Date() } });
    await eventually(
      async () => (await prisma.notification.count({ where: { state: "sent" } })) === 2,
      RUNS_MS,
    );
    // Both functions have run again since: what was done is not done again.
    const runs = (name: string) => app.effects(name).length;
    await eventually(async () => runs("health") >= 2 && runs("alerts") >= 2, RUNS_MS);
    expect(await prisma.alert.count()).toBe(2);
    expect(await prisma.notification.count()).toBe(2);
    const messageIds = smtp.mails.map(({ raw }) => /^Message-ID: <(ntf_\w+)@/im.exec(raw)?.[1]);
    expect(messageIds.sort()).toEqual(refused.map(({ id }) => id).sort());
  }, 480_000);
});
