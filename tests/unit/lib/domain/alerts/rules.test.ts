import { describe, expect, it } from "vitest";
import { certificateStage } from "@/lib/domain/alerts/certificate";
import { planBatches, type WaitingNotice, windowKey } from "@/lib/domain/alerts/digest";
import { ALERT_KINDS, KIND_INFO } from "@/lib/domain/alerts/kinds";
import { MAX_NOTIFICATION_ATTEMPTS, nextPauseMs } from "@/lib/domain/alerts/retry";
import { channelWants, memberWants, type RoutedAlert } from "@/lib/domain/alerts/routing";

const DAY = 86_400_000;
const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1);

const notice = (id: string, change: Partial<WaitingNotice> = {}): WaitingNotice => ({
  id,
  via: "email",
  destination: "usr_1",
  kind: "endpoint.disabled",
  ...change,
});

describe("digests", () => {
  it("what waits for one reader about one kind becomes one message, other readers and kinds their own", () => {
    const batches = planBatches(
      [
        notice("1"),
        notice("2"),
        notice("3", { destination: "usr_2" }),
        notice("4", { kind: "endpoint.failing" }),
        notice("5"),
      ],
      new Map(),
      NOW,
    );
    expect(batches).toEqual([
      { leadId: "1", ids: ["1", "2", "5"] },
      { leadId: "3", ids: ["3"] },
      { leadId: "4", ids: ["4"] },
    ]);
  });

  it("within the window nothing is written; at its end everything together", () => {
    const last = new Map([[windowKey(notice("x")), NOW]]);
    const waiting = [notice("1"), notice("2")];
    expect(planBatches(waiting, last, NOW + 15 * MINUTE - 1)).toEqual([]);
    expect(planBatches(waiting, last, NOW + 15 * MINUTE)).toEqual([{ leadId: "1", ids: ["1", "2"] }]);
  });

  it("a webhook gets each alert by itself and at once, and a test waits for nothing", () => {
    const hook = (id: string) => notice(id, { via: "webhook", destination: "chan_1" });
    const last = new Map([
      [windowKey(hook("x")), NOW],
      [windowKey(notice("x", { kind: "test" })), NOW],
    ]);
    expect(planBatches([hook("1"), hook("2"), notice("3", { kind: "test" })], last, NOW)).toEqual([
      { leadId: "1", ids: ["1"] },
      { leadId: "2", ids: ["2"] },
      { leadId: "3", ids: ["3"] },
    ]);
  });
});

describe("who is told", () => {
  const about = (change: Partial<RoutedAlert> = {}): RoutedAlert => ({
    kind: "endpoint.disabled",
    severity: "critical",
    environment: "live",
    ...change,
  });
  const unchosen = { choices: {}, sandbox: false };

  it.each(["owner", "admin"] as const)("an %s gets what matters without choosing", (role) => {
    const got = ALERT_KINDS.filter((kind) => memberWants({ role, ...unchosen }, about({ kind })));
    expect(got).toEqual(ALERT_KINDS.filter((kind) => kind !== "delivery.exhausted"));
  });

  it.each(["operator", "viewer"] as const)("an %s gets nothing unasked, and what they choose", (role) => {
    expect(ALERT_KINDS.filter((kind) => memberWants({ role, ...unchosen }, about({ kind })))).toEqual([]);
    const chosen = { role, choices: { "endpoint.disabled": true }, sandbox: false };
    expect(memberWants(chosen, about())).toBe(true);
  });

  it("turning a kind off is heeded, the sandbox stays silent unless asked for", () => {
    const owner = { role: "owner" as const, ...unchosen };
    expect(memberWants({ ...owner, choices: { "endpoint.disabled": false } }, about())).toBe(false);
    expect(memberWants(owner, about({ environment: "sandbox" }))).toBe(false);
    expect(memberWants({ ...owner, sandbox: true }, about({ environment: "sandbox" }))).toBe(true);
    expect(memberWants(owner, about({ environment: null, kind: "egress.down" }))).toBe(true);
  });

  it("a channel carries its kinds and environments from its severity on, while it is on", () => {
    const channel = {
      enabled: true,
      kinds: ["endpoint.disabled", "secret.rotated"],
      environments: ["live"],
      minSeverity: "warning" as const,
    };
    expect(channelWants(channel, about())).toBe(true);
    expect(channelWants(channel, about({ kind: "endpoint.failing" }))).toBe(false);
    expect(channelWants(channel, about({ kind: "secret.rotated", severity: "info" }))).toBe(false);
    expect(channelWants(channel, about({ environment: "sandbox" }))).toBe(false);
    expect(channelWants(channel, about({ environment: null }))).toBe(true);
    expect(channelWants({ ...channel, enabled: false }, about())).toBe(false);
  });
});

describe("bounds", () => {
  it("a message is tried for about a day, ever more rarely, and then left", () => {
    const pauses = Array.from({ length: MAX_NOTIFICATION_ATTEMPTS }, (_, i) => nextPauseMs(i + 1));
    expect(pauses.at(-1)).toBeNull();
    const total = pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0);
    expect(total).toBeGreaterThan(20 * 60 * MINUTE);
    expect(total).toBeLessThan(30 * 60 * MINUTE);
    for (const kind of ALERT_KINDS) expect(KIND_INFO[kind].windowMinutes).toBeGreaterThanOrEqual(15);
  });

  it.each([
    [15, null],
    [14, 14],
    [7.5, 14],
    [7, 7],
    [1, 1],
    [0, 0],
    [-3, 0],
  ])("a certificate with %s days left has reached stage %s", (days, stage) => {
    expect(certificateStage(NOW + days * DAY, NOW - 76 * DAY, NOW)).toBe(stage);
  });

  it("a certificate that lives for six days only is no news while it is renewed in time", () => {
    const expires = NOW + 6 * DAY;
    expect(certificateStage(expires, NOW, NOW)).toBeNull();
    expect(certificateStage(expires, NOW, NOW + 3 * DAY)).toBeNull();
    expect(certificateStage(expires, NOW, NOW + 5.9 * DAY)).not.toBeNull();
  });
});
