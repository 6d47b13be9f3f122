// No setting of who is told what without a message that it changes: each test sets one thing and looks at what arrives.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertContent } from "@/lib/domain/alerts/facts";
import { ALERT_KINDS, type AlertKind, KIND_INFO, type Severity } from "@/lib/domain/alerts/kinds";
import { inTransaction } from "@/lib/server/repositories/database";
import { listAlerts } from "@/lib/server/services/alerts/list-alerts";
import { raiseAlert } from "@/lib/server/services/alerts/raise-alert";
import { rotateChannelSecret } from "@/lib/server/services/alerts/rotate-channel-secret";
import { sendAlertsOf } from "@/lib/server/services/alerts/send-alerts";
import { testChannel } from "@/lib/server/services/alerts/test-channel";
import { updateChannel } from "@/lib/server/services/alerts/update-channel";
import { type AlertWorld, createAlertWorld, kindsOf, subjectOf, textOf } from "../support/alert-world";
import { createTestContext } from "../support/context";

const AT = "2026-11-24T14:05:00.000Z";
const endpoint = { name: "Shop", host: "shop.example.com" };
const CONTENT: { [Kind in AlertKind]: Extract<AlertContent, { kind: Kind }>["facts"] } = {
  "endpoint.disabled": {
    endpoint,
    reason: "failing",
    failing_since: AT,
    failed_attempts: 9,
    last_error_class: null,
  },
  "endpoint.failing": {
    endpoint,
    percent: 50,
    failing_since: AT,
    failing_hours: 60,
    after_hours: 120,
    disables_at: AT,
    failed_attempts: 9,
    failing_deliveries: 5,
    last_error_class: null,
  },
  "endpoint.recovered": { endpoint, failing_since: AT, recovered_at: AT },
  "delivery.exhausted": { endpoint, count: 3 },
  "certificate.expiring": { endpoint, whose: "receiver", expires_at: AT },
  "secret.rotated": { endpoint, by: "Olivia", secret_hint: "…abcd", overlap_seconds: 0 },
  "egress.down": { since: AT, until: null, endpoints: 3 },
};

let world: AlertWorld;
beforeEach(async () => {
  world = await createAlertWorld();
});
afterEach(() => world.close());

let happened = 0;
type Place = { environment?: "live" | "sandbox" | null; severity?: Severity };

/** Something of this kind happens, and whoever wants to know is told; the quiet time since the last one is over. */
async function happen(kind: AlertKind, { environment = "live", severity }: Place = {}): Promise<void> {
  world.clock.ms += 61 * 60_000;
  await inTransaction(world.ctx.db, (tx) =>
    raiseAlert(tx, world.ctx, {
      workspaceId: world.workspaceId,
      environmentId: environment === null ? null : world.environments[environment],
      endpointId: null,
      dedupeKey: `test:${happened++}`,
      severity,
      content: { kind, facts: CONTENT[kind] } as AlertContent,
    }),
  );
  await world.tell();
}

/** Who got a mail about it. */
async function readersOf(kind: AlertKind, place?: Place): Promise<string[]> {
  const before = world.smtp.mails.length;
  await happen(kind, place);
  return world.smtp.mails
    .slice(before)
    .flatMap(({ to }) => to)
    .sort();
}

/** Which alerts a webhook got. */
async function postedFor(kind: AlertKind, place?: Place): Promise<string[]> {
  const before = world.receiver.requests.length;
  await happen(kind, place);
  return world.receiver.requests.slice(before).map(({ body }) => JSON.parse(body.toString("utf8")).type);
}

describe("a member's own e-mails", () => {
  it("by role: owners and admins get everything but deliveries that gave up, others nothing", async () => {
    for (const role of ["owner", "admin", "operator", "viewer"] as const)
      await world.member(role, `${role}@example.com`);
    for (const kind of ALERT_KINDS) {
      const expected = kind === "delivery.exhausted" ? [] : ["admin@example.com", "owner@example.com"];
      expect(await readersOf(kind), kind).toEqual(expected);
    }
  });

  it.each(ALERT_KINDS)(
    "%s is turned off by one and on by another, and nothing else changes",
    async (kind) => {
      const owner = await world.member("owner", "owner@example.com");
      const viewer = await world.member("viewer", "viewer@example.com");
      await world.prefer(owner, "owner", { kinds: kindsOf({ [kind]: false }), sandbox: false });
      await world.prefer(viewer, "viewer", { kinds: kindsOf({ [kind]: true }, false), sandbox: false });
      const other = kind === "secret.rotated" ? "endpoint.disabled" : "secret.rotated";
      expect(await readersOf(kind)).toEqual(["viewer@example.com"]);
      expect(await readersOf(other)).toEqual(["owner@example.com"]);
    },
  );

  it("the sandbox is told to those who ask for it; what is about everything, to all", async () => {
    const one = await world.member("owner", "one@example.com");
    await world.member("owner", "two@example.com");
    await world.prefer(one, "owner", { kinds: kindsOf(), sandbox: true });
    expect(await readersOf("secret.rotated", { environment: "sandbox" })).toEqual(["one@example.com"]);
    expect(await readersOf("secret.rotated")).toEqual(["one@example.com", "two@example.com"]);
    expect(await readersOf("egress.down", { environment: null })).toEqual([
      "one@example.com",
      "two@example.com",
    ]);
  });

  it("a choice that follows the role changes with the role; one of their own stays", async () => {
    const id = await world.member("owner", "owner@example.com");
    await world.prefer(id, "owner", { kinds: kindsOf({ "endpoint.failing": false }), sandbox: false });
    const become = (role: string) =>
      world.ctx.db.prisma.member.updateMany({ where: { userId: id }, data: { role } });
    await become("viewer");
    expect(await readersOf("endpoint.disabled")).toEqual([]);
    // Chosen against the default of owners, and still a choice.
    expect(await readersOf("delivery.exhausted")).toEqual(["owner@example.com"]);
    await become("admin");
    expect(await readersOf("endpoint.disabled")).toEqual(["owner@example.com"]);
    expect(await readersOf("endpoint.failing")).toEqual([]);
  });

  it("who leaves the workspace gets nothing, not even what was decided before", async () => {
    const id = await world.member("owner", "owner@example.com");
    await happen("secret.rotated");
    await inTransaction(world.ctx.db, (tx) =>
      raiseAlert(tx, world.ctx, {
        workspaceId: world.workspaceId,
        environmentId: world.environments.live,
        endpointId: null,
        dedupeKey: "test:before-leaving",
        content: { kind: "secret.rotated", facts: CONTENT["secret.rotated"] },
      }),
    );
    // Within the quiet time: decided, and waiting.
    await world.tell();
    await world.ctx.db.prisma.member.deleteMany({ where: { userId: id } });
    world.clock.ms += 16 * 60_000;
    await world.tell();
    expect(world.smtp.mails).toHaveLength(1);
  });
});

describe("a channel's settings", () => {
  const webhook = (input: object = {}) =>
    world.channel({ via: "webhook", url: `${world.receiver.url}/ok`, ...input });

  it.each(ALERT_KINDS)("%s: carried when chosen, not when not", async (kind) => {
    const made = await webhook({ kinds: [kind] });
    expect(await postedFor(kind)).toEqual([kind]);
    const others = ALERT_KINDS.filter((other) => other !== kind);
    await updateChannel(world.ctx, world.actor, made.id, { kinds: others });
    expect(await postedFor(kind)).toEqual([]);
    expect(await postedFor(others[0] ?? kind)).toEqual([others[0]]);
  });

  it("environments: live, sandbox, both; what is about the workspace goes through in any case", async () => {
    const made = await webhook();
    const reached = async () => [
      (await postedFor("secret.rotated", { environment: "live" })).length,
      (await postedFor("secret.rotated", { environment: "sandbox" })).length,
      (await postedFor("egress.down", { environment: null })).length,
    ];
    expect(await reached(), "live alone unless told").toEqual([1, 0, 1]);
    await updateChannel(world.ctx, world.actor, made.id, { environments: ["sandbox"] });
    expect(await reached()).toEqual([0, 1, 1]);
    await updateChannel(world.ctx, world.actor, made.id, { environments: ["live", "sandbox"] });
    expect(await reached()).toEqual([1, 1, 1]);
  });

  it("the least severity, of the alert and not of its kind", async () => {
    const made = await webhook();
    const reached = async () => {
      const counts = [];
      for (const severity of ["info", "warning", "critical"] as const)
        counts.push((await postedFor("certificate.expiring", { severity })).length);
      return counts;
    };
    expect(await reached()).toEqual([1, 1, 1]);
    await updateChannel(world.ctx, world.actor, made.id, { min_severity: "warning" });
    expect(await reached()).toEqual([0, 1, 1]);
    await updateChannel(world.ctx, world.actor, made.id, { min_severity: "critical" });
    expect(await reached()).toEqual([0, 0, 1]);
  });

  it("off, it gets nothing, and what happened meanwhile is not told later", async () => {
    const made = await webhook();
    await updateChannel(world.ctx, world.actor, made.id, { enabled: false });
    expect(await postedFor("secret.rotated")).toEqual([]);
    await updateChannel(world.ctx, world.actor, made.id, { enabled: true });
    expect(await postedFor("endpoint.disabled")).toEqual(["endpoint.disabled"]);
  });

  it("addresses: each gets its own mail, and others after a change; the name is in the test", async () => {
    const made = await world.channel({
      via: "email",
      name: "Night shift",
      addresses: ["a@example.com", "b@example.com"],
    });
    expect(await readersOf("secret.rotated")).toEqual(["a@example.com", "b@example.com"]);
    await updateChannel(world.ctx, world.actor, made.id, { addresses: ["c@example.com"] });
    expect(await readersOf("secret.rotated")).toEqual(["c@example.com"]);
    await updateChannel(world.ctx, world.actor, made.id, { name: "Day shift" });
    await testChannel(world.ctx, world.actor, made.id);
    const test = world.smtp.mails.at(-1);
    expect(test?.to).toEqual(["c@example.com"]);
    expect(subjectOf(test)).toBe("[Acme] This is a test alert");
    expect(textOf(test)).toContain("“Day shift” works");
  });

  it("a new secret signs from then on", async () => {
    const made = await webhook();
    const signatureOf = () =>
      world.receiver.requests.at(-1)?.rawHeaders.find(([name]) => name === "webhook-signature")?.[1];
    await happen("secret.rotated");
    const { Webhook } = await import("standardwebhooks");
    const verifies = (secret: string | null) => {
      const request = world.receiver.requests.at(-1);
      const headers = Object.fromEntries(
        (request?.rawHeaders ?? []).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const seconds = Number(headers["webhook-timestamp"]);
      // The library's own clock is not the test's: the signature is computed again with the time that was sent.
      const expected = new Webhook(secret ?? "").sign(
        headers["webhook-id"] ?? "",
        new Date(seconds * 1000),
        request?.body.toString("utf8") ?? "",
      );
      return expected === signatureOf();
    };
    expect(verifies(made.secret)).toBe(true);
    const { secret } = await rotateChannelSecret(world.ctx, world.actor, made.id);
    await happen("secret.rotated");
    expect([verifies(made.secret), verifies(secret)]).toEqual([false, true]);
  });

  it("S-15 an address that is not allowed any more is refused when sending, and its page says so", async () => {
    const strict = await createTestContext({
      connectionString: world.connectionString,
      encryptionKeys: world.encryptionKeys,
      allowedTargets: "10.0.0.0/8",
      now: () => world.clock.ms,
    });
    for (const via of ["webhook", "slack"] as const) {
      await world.channel({ name: via, via, url: `${world.receiver.url}/ok` });
    }
    await inTransaction(world.ctx.db, (tx) =>
      raiseAlert(tx, world.ctx, {
        workspaceId: world.workspaceId,
        environmentId: world.environments.live,
        endpointId: null,
        dedupeKey: "test:refused",
        content: { kind: "secret.rotated", facts: CONTENT["secret.rotated"] },
      }),
    );
    expect(await sendAlertsOf(strict.ctx)).toMatchObject({ announced: 1, composed: 2, sent: 0 });
    expect(world.receiver.heads).toEqual([]);
    const rows = await world.ctx.db.prisma.notification.findMany();
    expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual([
      ["ready", 1],
      ["ready", 1],
    ]);
    for (const { lastError } of rows) expect(lastError).toMatch(/not allowed/i);
    await strict.close();
    // Allowed again, the next attempt arrives.
    world.clock.ms += 61_000;
    expect(await world.tell()).toBe(2);
  });
});

describe("the list of alerts", () => {
  it("kind and open narrow it; each says how many were told", async () => {
    await world.member("owner", "owner@example.com");
    for (const kind of ALERT_KINDS) await happen(kind);
    const kinds = async (query: object) =>
      (await listAlerts(world.ctx, world.actor, { limit: 50, ...query })).data.map(({ kind }) => kind).sort();
    expect(await kinds({})).toEqual([...ALERT_KINDS].sort());
    expect(await kinds({ kind: "egress.down" })).toEqual(["egress.down"]);
    expect(await kinds({ open: "true" })).toEqual([
      "certificate.expiring",
      "egress.down",
      "endpoint.disabled",
      "endpoint.failing",
    ]);
    const { data } = await listAlerts(world.ctx, world.actor, { limit: 50 });
    for (const alert of data) {
      expect(alert.told.sent, alert.kind).toBe(alert.kind === "delivery.exhausted" ? 0 : 1);
      expect(alert.severity).toBe(KIND_INFO[alert.kind].severity);
    }
  });
});
