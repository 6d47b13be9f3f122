// Who still gets a message when the world has changed since it was decided: until the last attempt lies up to a day.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteChannel } from "@/lib/server/services/alerts/delete-channel";
import { listMails, sendMailAgain } from "@/lib/server/services/alerts/mails";
import { testChannel } from "@/lib/server/services/alerts/test-channel";
import { updateChannel } from "@/lib/server/services/alerts/update-channel";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { type AlertWorld, createAlertWorld } from "../support/alert-world";

const MINUTE = 60_000;

let world: AlertWorld;
beforeEach(async () => {
  world = await createAlertWorld();
});
afterEach(() => world.close());

/** Written, refused for now, and waiting for its second attempt in a minute. */
async function refusedOnce(code = 451): Promise<void> {
  world.smtp.refuseWith({ code, message: "no" });
  const endpoint = await world.target("/ok");
  await rotateSecret(world.ctx, world.actor, endpoint.id, { overlap_seconds: 0 });
  await world.tell();
  world.smtp.refuseWith(null);
  world.clock.ms += 2 * MINUTE;
}

const emailChannel = (...addresses: string[]) =>
  world.channel({ via: "email", addresses, kinds: ["secret.rotated"], min_severity: "info" });
const mails = async () => (await listMails(world.ctx, world.actor, { limit: 50 })).data;
const sentTo = () => world.smtp.mails.flatMap(({ to }) => to).sort();

describe("a message that waits for its next attempt", () => {
  it("does not go to somebody who has left the workspace, and is not sent again to them", async () => {
    const userId = await world.member("owner", "owner@example.com");
    await refusedOnce(550);
    const [failed] = await mails();
    await world.ctx.db.prisma.member.deleteMany({ where: { userId } });
    await expect(sendMailAgain(world.ctx, world.actor, failed?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("no member"),
    });
    expect(await mails()).toMatchObject([{ state: "failed" }]);

    await world.member("admin", "admin@example.com");
    world.clock.ms += 20 * MINUTE;
    await refusedOnce();
    await world.ctx.db.prisma.member.deleteMany({ where: { role: "admin" } });
    expect(await world.tell()).toBe(0);
    expect(sentTo()).toEqual([]);
    expect((await mails())[0]).toMatchObject({ to: "admin@example.com", state: "cancelled" });
  });

  it("follows a member to a new address", async () => {
    const id = await world.member("owner", "old@example.com");
    await refusedOnce();
    await world.ctx.db.prisma.user.update({ where: { id }, data: { email: "new@example.com" } });
    expect(await world.tell()).toBe(1);
    expect(sentTo()).toEqual(["new@example.com"]);
    expect(await mails()).toMatchObject([{ to: "new@example.com", state: "sent" }]);
  });

  it("does not go to an address that was taken out of its channel, and does to the one that stays", async () => {
    const { id } = await emailChannel("gone@example.com", "stays@example.com");
    await refusedOnce();
    await updateChannel(world.ctx, world.actor, id, { addresses: ["stays@example.com", "new@example.com"] });
    expect((await mails()).map(({ to, state }) => [to, state]).sort()).toEqual([
      ["gone@example.com", "cancelled"],
      ["stays@example.com", "ready"],
    ]);
    expect(await world.tell()).toBe(1);
    expect(sentTo()).toEqual(["stays@example.com"]);
    const [gone] = (await mails()).filter(({ state }) => state === "cancelled");
    await expect(sendMailAgain(world.ctx, world.actor, gone?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("does not go through a channel that was turned off, nor does what comes out of a crash", async () => {
    const { id } = await emailChannel("ops@example.com");
    await refusedOnce();
    await updateChannel(world.ctx, world.actor, id, { enabled: false });
    expect(await mails()).toMatchObject([{ state: "cancelled" }]);
    // As if it had been turned off between taking the message and sending it.
    const { prisma } = world.ctx.db;
    await prisma.notification.updateMany({
      data: { state: "ready", nextAttemptAt: new Date(world.clock.ms), finishedAt: null },
    });
    expect(await world.tell()).toBe(0);
    expect(sentTo()).toEqual([]);
    expect(await mails()).toMatchObject([{ state: "cancelled" }]);
  });

  it("an address that was taken out before anything was written gets nothing", async () => {
    const { id } = await emailChannel("gone@example.com");
    await refusedOnce();
    await refusedOnce();
    await updateChannel(world.ctx, world.actor, id, { addresses: ["new@example.com"] });
    world.clock.ms += 60 * MINUTE;
    expect(await world.tell()).toBe(0);
    const waiting = await world.ctx.db.prisma.notification.count({
      where: { state: { in: ["waiting", "ready"] } },
    });
    expect(waiting).toBe(0);
  });
});

describe("the button that sends a test", () => {
  /** A channel that is made for one test; its address may be a stranger's. */
  async function testOnce(address: string): Promise<unknown> {
    const { id } = await world.channel({ via: "email", addresses: [address] });
    try {
      return await testChannel(world.ctx, world.actor, id);
    } finally {
      await deleteChannel(world.ctx, world.actor, id);
    }
  }

  it("is bound for each address, however many channels are made and deleted", async () => {
    for (let count = 0; count < 10; count++) await testOnce("Victim@example.com");
    await expect(testOnce("victim@example.com")).rejects.toMatchObject({ code: "rate_limited" });
    expect(world.smtp.mails).toHaveLength(10);
  });

  it("is bound for each workspace", async () => {
    for (let count = 0; count < 20; count++) await testOnce(`somebody-${count}@example.com`);
    await expect(testOnce("else@example.com")).rejects.toMatchObject({ code: "rate_limited" });
    expect(world.smtp.mails).toHaveLength(20);
    world.clock.ms += 61 * MINUTE;
    await testOnce("else@example.com");
    expect(world.smtp.mails).toHaveLength(21);
  });
});
