// Each kind of alert from what causes it to the mail that a real SMTP server received, on a clock that the test moves.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { setClientCertificate } from "@/lib/server/services/set-client-certificate";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import {
  type AlertWorld,
  createAlertWorld,
  kindsOf,
  PUBLIC_URL,
  subjectOf,
  textOf,
} from "../support/alert-world";
import { type Receiver, startReceiver } from "../support/receiver/receiver";
import { testAuthority } from "../support/receiver/tls-modes";
import { eventually } from "../support/world";

const MINUTE = 1 / 60;
const DAY = 24;
const READER = "owner@example.com";

describe("mails about what happens", () => {
  let world: AlertWorld;
  beforeEach(async () => {
    world = await createAlertWorld({ outbound: { caCertificates: [(await testAuthority()).cert] } });
    await world.member("owner", READER);
  });
  afterEach(() => world.close());

  const subjects = () => world.smtp.mails.map(subjectOf);
  /** Moves the clock and tells; gives the subjects of the mails that this brought. */
  async function later(hours: number): Promise<string[]> {
    const before = world.smtp.mails.length;
    await world.after(hours);
    await world.tell();
    return subjects().slice(before);
  }
  /** Something that answers, so that the instance is seen to be online. */
  const online = async () => world.deliver(await world.target("/ok"));
  async function answerAt(id: string, path: string): Promise<void> {
    await world.ctx.db.prisma.endpoint.update({
      where: { id },
      data: { url: `${world.receiver.url}${path}` },
    });
    world.ctx.pump.forgetEndpoint(id);
  }

  it("F-07 watched hour by hour for five days: warned after 60, 84 and 108 hours, disabled after 120", async () => {
    const endpoint = await world.target("/500", "Shop");
    await world.deliver(endpoint, 5);
    await online();
    const received: [number, string][] = [];
    // The failing began while the last attempt was under way.
    await later(MINUTE);
    for (let hour = 1; hour <= 122; hour++) {
      for (const subject of await later(1)) received.push([hour, subject]);
    }
    expect(received).toEqual([
      [60, "[Acme, live] “Shop” has been failing for 60 h"],
      [84, "[Acme, live] “Shop” has been failing for 84 h"],
      [108, "[Acme, live] “Shop” has been failing for 4 days"],
      [120, "[Acme, live] “Shop” was disabled because it kept failing"],
    ]);
    const [first, , , last] = world.smtp.mails.map(textOf);
    expect(first).toMatch(/it will be disabled on \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    expect(first).toContain("50 % of 5 days");
    expect(last).toContain(`${PUBLIC_URL}/acme/live/endpoints/${endpoint.id}?decide=enable`);
    expect(world.smtp.mails.every(({ to }) => to[0] === READER)).toBe(true);
  }, 60_000);

  it("whoever was warned is told when it is well again; who was not, is not", async () => {
    const warned = await world.target("/500", "Warned");
    const brief = await world.target("/500", "Brief");
    await world.deliver(warned, 5);
    await online();
    await world.after(61);
    await world.tell();
    await world.deliver(brief, 5);
    for (const endpoint of [warned, brief]) {
      await answerAt(endpoint.id, "/ok");
      await world.deliver(endpoint);
    }
    expect(await later(MINUTE)).toEqual(["[Acme, live] “Warned” is well again"]);
  });

  it("deliveries that gave up: told once an hour with their number, to those who asked for it", async () => {
    const id = await world.member("operator", "operator@example.com");
    const endpoint = await world.endpoint("/500", {
      description: "Once",
      event_types: ["for.once"],
      retry_policy: { delays_seconds: [0] },
    });
    await world.deliver(endpoint, 3);
    expect(await later(MINUTE)).toEqual([]);
    await world.prefer(id, "operator", {
      kinds: kindsOf({ "delivery.exhausted": true }, false),
      sandbox: false,
    });
    await world.deliver(endpoint, 2);
    expect(await later(MINUTE)).toEqual(["[Acme, live] 2 deliveries to “Once” gave up"]);
    expect(world.smtp.mails[0]?.to).toEqual(["operator@example.com"]);
    for (let minute = 0; minute < 5; minute++) {
      await world.deliver(endpoint);
      expect(await later(10 * MINUTE)).toEqual([]);
    }
    expect(await later(11 * MINUTE)).toEqual(["[Acme, live] 5 deliveries gave up"]);
  });

  it("a rotated secret: who did it, how the new one ends, how long both sign; never the secret", async () => {
    const endpoint = await world.target("/ok", "Shop");
    const { secret } = await rotateSecret(world.ctx, world.actor, endpoint.id, { overlap_seconds: 86_400 });
    expect(await later(MINUTE)).toEqual(["[Acme, live] The secret of “Shop” was rotated"]);
    const mail = textOf(world.smtp.mails[0]);
    expect(mail).toContain("Both secrets sign for 24 h");
    expect(mail).toContain("Olivia Owner");
    expect(mail).toContain(`${PUBLIC_URL}/acme/live/endpoints/${endpoint.id}/secret`);
    expect(mail).not.toContain(secret);
  });

  it("a receiver's certificate that runs out: told at each stage, and not again", async () => {
    const receiver: Receiver = await startReceiver({ tls: "good" });
    const endpoint = await createEndpoint(world.ctx, world.actor, {
      url: `${receiver.url}/ok`,
      event_types: ["for.tls"],
      description: "Bank",
    });
    await world.deliver(endpoint);
    await receiver.close();
    // It lives for 30 days, so the stages of 14, 7 and 1 days are shorter in proportion.
    expect(await later(21 * DAY)).toEqual([]);
    const host = `127.0.0.1:${receiver.port}`;
    expect(await later(2.1 * DAY)).toEqual([`[Acme, live] The certificate of ${host} expires in 6 days`]);
    expect(await later(1 * DAY)).toEqual([]);
    expect(await later(3 * DAY)).toEqual([`[Acme, live] The certificate of ${host} expires in 69 h`]);
    expect(await later(2.5 * DAY)).toEqual([`[Acme, live] The certificate of ${host} expires in 9 h`]);
    expect(await later(0.5 * DAY)).toEqual([`[Acme, live] The certificate of ${host} has expired`]);
    expect(await later(3 * DAY)).toEqual([]);
    const alerts = await world.ctx.db.prisma.alert.findMany({ orderBy: { id: "asc" } });
    expect(alerts.map(({ severity, resolvedAt }) => [severity, resolvedAt === null])).toEqual([
      ["warning", false],
      ["warning", false],
      ["critical", false],
      ["critical", true],
    ]);
  });

  it("a client certificate of ours that runs out, until a new one is uploaded", async () => {
    const endpoint = await createEndpoint(world.ctx, world.actor, {
      url: "https://127.0.0.1:1/hook",
      event_types: ["for.partner"],
      description: "Partner",
    });
    const upload = async (days: number) => {
      const notAfter = new Date(world.clock.ms + days * DAY * 3_600_000);
      const { cert, key } = await (await testAuthority()).issue({ names: ["us.example"], notAfter });
      await setClientCertificate(world.ctx, world.actor, endpoint.id, { certificate: cert, key });
    };
    await upload(90);
    expect(await later(75 * DAY)).toEqual([]);
    expect(await later(2 * DAY)).toEqual([
      "[Acme, live] The client certificate for “Partner” expires in 12 days",
    ]);
    const isOpen = async () => (await world.ctx.db.prisma.alert.count({ where: { resolvedAt: null } })) > 0;
    expect(await isOpen()).toBe(true);
    await upload(90);
    expect(await later(13 * DAY)).toEqual([]);
    expect(await isOpen()).toBe(false);
  });

  it("what is told about an endpoint is over when it is deleted; a new address alone does not enable it", async () => {
    const { prisma } = world.ctx.db;
    const endpoint = await world.target("/410", "Gone");
    await world.send("for.gone");
    await eventually(async () => (await prisma.alert.count({ where: { kind: "endpoint.disabled" } })) === 1);
    const isOpen = async () => (await prisma.alert.count({ where: { resolvedAt: null } })) > 0;
    await updateEndpoint(world.ctx, world.actor, endpoint.id, { url: `${world.receiver.url}/ok` });
    await world.after(MINUTE);
    expect(await isOpen()).toBe(true);
    await deleteEndpoint(world.ctx, world.actor, endpoint.id);
    await world.after(MINUTE);
    expect(await isOpen()).toBe(false);
  });

  it("nothing gets out: one mail when it begins, one when it is over, none about the endpoints", async () => {
    const receivers = await Promise.all([1, 2, 3].map(() => startReceiver()));
    const endpoints = [];
    for (const [index, receiver] of receivers.entries()) {
      const endpoint = await createEndpoint(world.ctx, world.actor, {
        url: `${receiver.url}/ok`,
        event_types: [`for.r${index}`],
        retry_policy: { delays_seconds: [0, 86_400] },
      });
      await world.deliver(endpoint);
      endpoints.push(endpoint);
    }
    await world.after(0.1);
    await Promise.all(receivers.map((receiver) => receiver.close()));
    for (const endpoint of endpoints) await world.deliver(endpoint, 5);
    expect(await later(MINUTE)).toEqual(["[Acme] Nothing gets out of Signpost"]);
    for (let day = 0; day < 6; day++) expect(await later(DAY)).toEqual([]);
    await world.deliver(await world.target("/ok", "Answers"));
    expect(await later(MINUTE)).toEqual(["[Acme] Deliveries get out again"]);
  });

  it("a digest instead of a flood: 200 endpoints fail and are disabled, and a reader gets three mails", async () => {
    const auto_disable = { after_hours: 10, min_failures: 1, warn_at_percent: [50, 90] };
    for (let number = 0; number < 200; number++) {
      await world.endpoint("/500", {
        description: `Shop ${number}`,
        event_types: ["for.all"],
        retry_policy: { delays_seconds: [0, 86_400] },
        auto_disable,
      });
    }
    await online();
    const { id, deliveries } = await world.send("for.all");
    expect(deliveries).toBe(200);
    await eventually(
      async () => (await world.ctx.db.prisma.delivery.count({ where: { eventId: id, step: 1 } })) === 200,
      30_000,
    );
    await world.channel({ via: "webhook", url: `${world.receiver.url}/204` });
    // Away from the exact hour: each began to fail when its attempt ended, a few milliseconds apart.
    const told = await later(MINUTE);
    for (let quarter = 0; quarter < 11 * 4; quarter++) told.push(...(await later(15 * MINUTE)));
    expect(told).toEqual([
      "[Acme, live] 200 warnings about failing endpoints",
      "[Acme, live] 200 warnings about failing endpoints",
      "[Acme, live] 200 endpoints were disabled",
    ]);
    expect(textOf(world.smtp.mails[0])).toContain("180 more");
    // Programs are no readers: each alert by itself.
    const posted = world.receiver.requests.filter(({ target }) => target === "/204");
    expect(posted).toHaveLength(600);
  }, 120_000);
});
