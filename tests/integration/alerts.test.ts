import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/access/permissions";
import { announceAlerts } from "@/lib/server/services/alerts/announce-alerts";
import { deleteChannel } from "@/lib/server/services/alerts/delete-channel";
import { listAlerts } from "@/lib/server/services/alerts/list-alerts";
import { listChannels } from "@/lib/server/services/alerts/list-channels";
import { getMail, listMails, sendMailAgain } from "@/lib/server/services/alerts/mails";
import { getPreferences, updatePreferences } from "@/lib/server/services/alerts/preferences";
import { rotateChannelSecret } from "@/lib/server/services/alerts/rotate-channel-secret";
import { testChannel } from "@/lib/server/services/alerts/test-channel";
import { updateChannel } from "@/lib/server/services/alerts/update-channel";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { type AlertWorld, createAlertWorld, headersOf, kindsOf, textOf } from "../support/alert-world";
import type { TestSmtp } from "../support/smtp";

const MINUTE_HOURS = 1 / 60;

let world: AlertWorld;
let smtp: TestSmtp;

async function open(withMail: boolean): Promise<void> {
  world = await createAlertWorld(withMail ? {} : { mailer: null });
  smtp = world.smtp;
}

afterEach(() => world.close());

/** Something that people are told about, at once. */
async function rotate(name: string): Promise<string> {
  const endpoint = await world.target("/ok", name);
  await rotateSecret(world.ctx, world.actor, endpoint.id, { overlap_seconds: 0 });
  return endpoint.id;
}
describe("e-mails", () => {
  beforeEach(() => open(true));

  it("F-07 owners and admins are told without configuring anything, others are not", async () => {
    for (const role of ["owner", "admin", "operator", "viewer"] as const)
      await world.member(role, `${role}@example.com`);
    await rotate("Shop");
    expect(await world.tell()).toBe(2);
    expect(smtp.mails.map(({ to }) => to[0]).sort()).toEqual(["admin@example.com", "owner@example.com"]);
    const [mail] = smtp.mails;
    expect(headersOf(mail)).toMatch(/multipart\/alternative/);
    expect(headersOf(mail)).toMatch(/Auto-Submitted: auto-generated/);
    expect(textOf(mail)).toContain("https://hooks.example.com/acme/live/endpoints/");
    expect(await world.tell()).toBe(0);
  });

  it("the mail about a disabled endpoint leads to the choice what becomes of held deliveries", async () => {
    await world.member("owner", "owner@example.com");
    const endpoint = await world.target("/500", "Broken");
    await world.deliver(endpoint, 5);
    await world.deliver(await world.target("/ok"));
    for (const hours of [61, 24, 24, 13]) await world.after(hours);
    await world.tell();
    const link = `https://hooks.example.com/acme/live/endpoints/${endpoint.id}?decide=enable`;
    const disabled = smtp.mails.find((mail) => textOf(mail).includes("was disabled"));
    expect(textOf(disabled)).toContain(link);
    // Three warnings within one window are one mail.
    expect(smtp.mails).toHaveLength(2);
  });

  it("later ones within the window are folded into one digest", async () => {
    await world.member("owner", "owner@example.com");
    await rotate("First");
    await world.tell();
    for (const name of ["Second", "Third", "Fourth"]) await rotate(name);
    expect(await world.tell()).toBe(0);
    world.clock.ms += 14 * 60_000;
    expect(await world.tell()).toBe(0);
    world.clock.ms += 61_000;
    expect(await world.tell()).toBe(1);
    expect(smtp.mails).toHaveLength(2);
    const digest = textOf(smtp.mails[1]);
    expect(headersOf(smtp.mails[1])).toContain("3 secrets were rotated");
    for (const name of ["Second", "Third", "Fourth"]) expect(digest).toContain(name);
    const { data } = await listAlerts(world.ctx, world.actor, { limit: 50 });
    expect(data.map(({ told }) => told.sent)).toEqual([1, 1, 1, 1]);
  });

  it("each member turns kinds off, and asks for the sandbox", async () => {
    const id = await world.member("owner", "owner@example.com");
    const actor = world.memberActor(id, "owner");
    await updatePreferences(world.ctx, actor, {
      kinds: kindsOf({ "secret.rotated": false }),
      sandbox: false,
    });
    expect((await getPreferences(world.ctx, actor)).kinds).toMatchObject({
      "secret.rotated": false,
      "delivery.exhausted": true,
    });
    await rotate("Silent");
    expect(await world.tell()).toBe(0);
    await updatePreferences(world.ctx, actor, { kinds: kindsOf(), sandbox: false });
    await rotate("Told");
    expect(await world.tell()).toBe(1);
  });

  it("exactly one mail after a crash between deciding and sending, however often it is repeated", async () => {
    await world.member("owner", "owner@example.com");
    await rotate("Once");
    await Promise.all([announceAlerts(world.ctx), announceAlerts(world.ctx), announceAlerts(world.ctx)]);
    await Promise.all([world.tell(), world.tell()]);
    await world.tell();
    expect(smtp.mails).toHaveLength(1);
  });

  it("X-10 line ends and markup in a name change neither headers nor HTML", async () => {
    await world.member("owner", "owner@example.com");
    const id = await rotate("Evil");
    const evil = 'x\r\nBcc: victim@example.com\r\n\r\n<img src="https://evil.example/p">';
    await world.ctx.db.prisma.endpoint.update({ where: { id }, data: { description: evil } });
    await rotateSecret(world.ctx, world.actor, id, { overlap_seconds: 0 });
    await world.tell();
    const [mail] = smtp.mails;
    expect(mail?.to).toEqual(["owner@example.com"]);
    expect(headersOf(mail)).not.toMatch(/^bcc:/im);
    const { data } = await listMails(world.ctx, world.actor, { limit: 10 });
    const { html } = await getMail(world.ctx, world.actor, data[0]?.id ?? "");
    expect(html).not.toContain("<img");
    const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) expect(link).toMatch(/^https:\/\/hooks\.example\.com\//);
  });

  it("a server that is away is tried again and then given up; a refused reader is given up at once", async () => {
    await world.member("owner", "owner@example.com");
    smtp.refuseWith({ code: 451, message: "come back later" });
    await rotate("Late");
    await world.tell();
    const [waiting] = (await listMails(world.ctx, world.actor, { limit: 1 })).data;
    expect(waiting).toMatchObject({ state: "ready", attempts: 1, error: expect.stringContaining("451") });
    expect(await world.tell()).toBe(0);
    smtp.refuseWith(null);
    world.clock.ms += MINUTE_HOURS * 3_600_000 + 1;
    expect(await world.tell()).toBe(1);

    smtp.refuseWith({ code: 550, message: "no such person" });
    world.clock.ms += 16 * 60_000;
    await rotate("Refused");
    await world.tell();
    const [failed] = (await listMails(world.ctx, world.actor, { limit: 1 })).data;
    expect(failed).toMatchObject({ state: "failed", attempts: 1, error: expect.stringContaining("550") });
    smtp.refuseWith(null);
    await sendMailAgain(world.ctx, world.actor, failed?.id ?? "");
    expect(await world.tell()).toBe(1);
  });
});

describe("without SMTP_URL", () => {
  beforeEach(() => open(false));

  it("mails are written all the same, kept, and readable", async () => {
    await world.member("owner", "owner@example.com");
    await rotate("Kept");
    expect(await world.tell()).toBe(0);
    const { data } = await listMails(world.ctx, world.actor, { limit: 10, state: "kept" });
    expect(data).toMatchObject([{ to: "owner@example.com", state: "kept", kind: "secret.rotated" }]);
    const mail = await getMail(world.ctx, world.actor, data[0]?.id ?? "");
    expect(mail.text).toContain("Kept");
    expect(mail.html).toContain("<html");
    await expect(sendMailAgain(world.ctx, world.actor, mail.id)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("channels", () => {
  beforeEach(() => open(false));

  it("a webhook is signed so that Standard Webhooks libraries accept it; its secret is shown once", async () => {
    const made = await world.channel({ via: "webhook", url: `${world.receiver.url}/ok` });
    expect(made.secret).toMatch(/^whsec_/);
    const id = await rotate("Signed");
    expect(await world.tell()).toBe(1);
    const [request] = world.receiver.requests;
    const headers = Object.fromEntries((request?.rawHeaders ?? []).map(([k, v]) => [k.toLowerCase(), v]));
    const body = request?.body.toString("utf8") ?? "";
    // Its own tolerance is about the real clock, which is this test's too.
    expect(new Webhook(made.secret ?? "").verify(body, headers)).toMatchObject({
      type: "secret.rotated",
      data: { environment: "live", endpoint: { id, name: "Signed" } },
    });
    expect(JSON.stringify(await listChannels(world.ctx, world.actor))).not.toContain("whsec_");
    const rotated = await rotateChannelSecret(world.ctx, world.actor, made.id);
    expect(rotated.secret).not.toBe(made.secret);
  });

  it("X-10 Slack gets blocks whose text is plain and whose links lead to us", async () => {
    await world.channel({ via: "slack", url: `${world.receiver.url}/ok` });
    const id = await rotate("A");
    await world.ctx.db.prisma.endpoint.update({
      where: { id },
      data: { description: "<!channel> & <https://evil.example|x>" },
    });
    await world.tell();
    world.clock.ms += 16 * 60_000;
    await rotateSecret(world.ctx, world.actor, id, { overlap_seconds: 0 });
    await world.tell();
    const payload = JSON.parse(world.receiver.requests.at(-1)?.body.toString("utf8") ?? "{}");
    expect(payload.text).not.toMatch(/<!channel>|<https:/);
    expect(payload.text).toContain("&lt;!channel&gt; &amp;");
    const texts = JSON.stringify(payload.blocks).match(/"type":"(mrkdwn|plain_text)"/g) ?? [];
    expect(new Set(texts)).toEqual(new Set(['"type":"plain_text"']));
    for (const [, url] of JSON.stringify(payload.blocks).matchAll(/"url":"([^"]*)"/g))
      expect(url).toMatch(/^https:\/\/hooks\.example\.com\/acme\//);
  });

  it("a failing channel is tried again, and its page says what is wrong", async () => {
    const made = await world.channel({ via: "webhook", url: `${world.receiver.url}/503` });
    await rotate("Failing");
    await world.tell();
    const [shown] = (await listChannels(world.ctx, world.actor)).data;
    expect(shown?.last_result).toMatchObject({
      state: "ready",
      attempts: 1,
      error: "The address answered 503.",
    });
    await updateChannel(world.ctx, world.actor, made.id, { url: `${world.receiver.url}/ok` });
    world.clock.ms += 61_000;
    expect(await world.tell()).toBe(1);
  });

  it("a test is sent at once and says what came of it", async () => {
    const good = await world.channel({ via: "webhook", url: `${world.receiver.url}/ok` });
    expect(await testChannel(world.ctx, world.actor, good.id)).toEqual({
      results: [{ recipient: new URL(world.receiver.url).host, outcome: "sent", error: null }],
    });
    const bad = await world.channel({ via: "slack", url: `${world.receiver.url}/404` });
    expect((await testChannel(world.ctx, world.actor, bad.id)).results).toMatchObject([
      { outcome: "failed", error: "The address answered 404." },
    ]);
    const mail = await world.channel({ via: "email", addresses: ["a@example.com", "b@example.com"] });
    expect((await testChannel(world.ctx, world.actor, mail.id)).results).toMatchObject([
      { recipient: "a@example.com", outcome: "kept" },
      { recipient: "b@example.com", outcome: "kept" },
    ]);
  });

  it("S-15 an address that the guard refuses cannot be a channel, and nothing is asked of it", async () => {
    await expect(
      world.channel({ via: "webhook", url: "https://169.254.169.254/latest" }),
    ).rejects.toMatchObject({
      code: "target_not_allowed",
    });
    const made = await world.channel({ via: "slack", url: `${world.receiver.url}/ok` });
    await expect(
      updateChannel(world.ctx, world.actor, made.id, { url: "https://10.0.0.1/" }),
    ).rejects.toMatchObject({ code: "target_not_allowed" });
    expect(world.receiver.requests).toEqual([]);
  });

  it("a deleted channel gets nothing any more; another workspace does not know it", async () => {
    const made = await world.channel({ via: "webhook", url: `${world.receiver.url}/ok` });
    const stranger: Actor = { ...world.owner(), workspaceId: world.ctx.newId("workspace") };
    for (const call of [testChannel, deleteChannel, rotateChannelSecret]) {
      await expect(call(world.ctx, stranger, made.id)).rejects.toMatchObject({ code: "not_found" });
    }
    await rotate("Dropped");
    await announceAlerts(world.ctx);
    await deleteChannel(world.ctx, world.actor, made.id);
    expect(await world.tell()).toBe(0);
    expect(world.receiver.requests).toEqual([]);
  });

  it("viewers read, and change nothing but their own preferences", async () => {
    const made = await world.channel({ via: "webhook", url: `${world.receiver.url}/ok` });
    const id = await world.member("viewer", "viewer@example.com");
    const viewer = world.memberActor(id, "viewer");
    expect((await listChannels(world.ctx, viewer)).data).toHaveLength(1);
    for (const call of [testChannel, deleteChannel, rotateChannelSecret]) {
      await expect(call(world.ctx, viewer, made.id)).rejects.toMatchObject({ code: "forbidden" });
    }
    const chosen = await updatePreferences(world.ctx, viewer, { kinds: kindsOf(), sandbox: true });
    expect(chosen.sandbox).toBe(true);
  });
});
