import { describe, expect, it } from "vitest";
import { type EgressFact, judgeEgress } from "@/lib/domain/health/egress";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1, 12);
const ago = (minutes: number) => NOW - minutes * MINUTE;

const silent = (name: string, change: Partial<EgressFact> = {}): EgressFact => ({
  origin: `https://${name}.example`,
  failingSinceMs: ago(5),
  lastFailureAtMs: ago(1),
  lastErrorClass: "connect_timeout",
  lastSuccessAtMs: ago(10),
  ...change,
});
const well = (name: string, minutes: number): EgressFact => ({
  origin: `https://${name}.example`,
  failingSinceMs: null,
  lastFailureAtMs: null,
  lastErrorClass: null,
  lastSuccessAtMs: ago(minutes),
});

describe("whether anything gets out", () => {
  it("C-27 three receivers that fall silent together, and nobody who answers: it is us", () => {
    const facts = [silent("a"), silent("b", { lastErrorClass: "dns_error" }), silent("c")];
    expect(judgeEgress(facts, null, NOW)).toEqual({ verdict: "down", sinceMs: ago(5) });
  });

  it("C-27 one that answers proves the opposite, also with an error", () => {
    const facts = [silent("a"), silent("b"), silent("c")];
    expect(judgeEgress([...facts, well("d", 0.5)], null, NOW).verdict).toBe("works");
    const refusing = silent("d", { lastErrorClass: "server_error", lastFailureAtMs: ago(0.5) });
    expect(judgeEgress([...facts, refusing], null, NOW).verdict).toBe("works");
  });

  it("two receivers, or three endpoints of one receiver, prove nothing", () => {
    expect(judgeEgress([silent("a"), silent("b")], null, NOW).verdict).not.toBe("down");
    expect(judgeEgress([silent("a"), silent("a"), silent("a")], null, NOW).verdict).not.toBe("down");
  });

  it("receivers that have been dead for days are no sign of anything", () => {
    const dead = { failingSinceMs: ago(3 * 24 * 60), lastSuccessAtMs: ago(4 * 24 * 60) };
    const facts = [silent("a", dead), silent("b", dead), silent("c", dead)];
    expect(judgeEgress(facts, null, NOW).verdict).toBe("unknown");
  });

  it("a success of the last minute may not be in the database yet", () => {
    const facts = [silent("a"), silent("b"), silent("c")].map((fact) => ({
      ...fact,
      lastFailureAtMs: ago(1),
    }));
    const answered = (minutes: number) =>
      silent("d", { failingSinceMs: ago(1), lastSuccessAtMs: ago(minutes) });
    expect(judgeEgress([...facts, answered(1.5)], null, NOW).verdict).toBe("works");
    expect(judgeEgress([...facts, answered(2.5)], null, NOW).verdict).toBe("down");
  });

  it("receivers that had not answered for an hour before they were tried are dead, not cut off", () => {
    const dead = (lastSuccessAtMs: number | null) =>
      ["a", "b", "c"].map((name) => silent(name, { lastSuccessAtMs }));
    expect(judgeEgress(dead(null), null, NOW).verdict).toBe("unknown");
    expect(judgeEgress(dead(ago(66)), null, NOW).verdict).toBe("unknown");
    expect(judgeEgress(dead(ago(64)), null, NOW).verdict).toBe("down");
  });

  it("while those who answered last have not been asked again, it is not known to be us", () => {
    const facts = [silent("a"), silent("b"), silent("c")];
    expect(judgeEgress([...facts, well("d", 6)], null, NOW).verdict).toBe("works");
    const asked = silent("d", { failingSinceMs: ago(2), lastSuccessAtMs: ago(6) });
    expect(judgeEgress([...facts, asked], null, NOW)).toEqual({ verdict: "down", sinceMs: ago(5) });
  });

  it("an egress proxy that cannot be used is enough by itself", () => {
    const blocked = silent("a", { failingSinceMs: null, lastErrorClass: "proxy_error" });
    expect(judgeEgress([blocked], null, NOW)).toEqual({ verdict: "down", sinceMs: ago(1) });
  });

  it("an outage lasts until something is answered, however little is tried", () => {
    expect(judgeEgress([], ago(300), NOW)).toEqual({ verdict: "down", sinceMs: ago(300) });
    expect(judgeEgress([silent("a")], ago(6), NOW).verdict).toBe("down");
    expect(judgeEgress([silent("a"), well("b", 1)], ago(6), NOW).verdict).toBe("works");
  });
});
