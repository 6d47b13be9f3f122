import { describe, expect, it } from "vitest";
import { describeAlert, digestTitle, endpointLabel, spanText, utcTime } from "@/lib/domain/alerts/describe";
import { type AlertContent, readContent } from "@/lib/domain/alerts/facts";
import { ALERT_KINDS } from "@/lib/domain/alerts/kinds";

const AT = "2026-11-24T14:05:00.000Z";
const endpoint = { name: "Shop", host: "shop.example.com" };

const CONTENTS: AlertContent[] = [
  {
    kind: "endpoint.disabled",
    facts: {
      endpoint,
      reason: "failing",
      failing_since: AT,
      failed_attempts: 38,
      last_error_class: "connection_refused",
    },
  },
  {
    kind: "endpoint.failing",
    facts: {
      endpoint,
      percent: 50,
      failing_since: AT,
      failing_hours: 60,
      after_hours: 120,
      disables_at: "2026-11-29T14:05:00.000Z",
      failed_attempts: 38,
      failing_deliveries: 12,
      last_error_class: "server_error",
    },
  },
  { kind: "endpoint.recovered", facts: { endpoint, failing_since: AT, recovered_at: AT } },
  { kind: "delivery.exhausted", facts: { endpoint, count: 3 } },
  {
    kind: "certificate.expiring",
    facts: { endpoint, whose: "receiver", expires_at: "2026-12-01T14:05:00.000Z" },
  },
  {
    kind: "secret.rotated",
    facts: { endpoint, by: "a@example.com", secret_hint: "whsec_…x", overlap_seconds: 86_400 },
  },
  { kind: "egress.down", facts: { since: AT, until: null, endpoints: 4 } },
];

const text = (content: AlertContent) => describeAlert(content, "ep_1", Date.parse(AT));

describe("the words of alerts", () => {
  it("there are some for every kind, each with a title, sentences and a way to go", () => {
    expect(CONTENTS.map(({ kind }) => kind).sort()).toEqual([...ALERT_KINDS].sort());
    for (const content of CONTENTS) {
      const { title, text: sentences, action } = text(content);
      expect(title).not.toMatch(/undefined|null|NaN|[!\n]/);
      expect(sentences).toMatch(/\.$/);
      expect(sentences).not.toMatch(/undefined|null|NaN/);
      expect(action.path === "" || action.path.startsWith("/endpoints/ep_1")).toBe(true);
      const sum = content.kind === "delivery.exhausted" ? 3 * content.facts.count : 3;
      expect(digestTitle([content, content, content])).toContain(String(sum));
      expect(readContent(content.kind, JSON.parse(JSON.stringify(content.facts)))).toEqual(content);
    }
  });

  it("F-07 a warning says how far it is and when it will be disabled, in UTC", () => {
    const failing = CONTENTS.find(({ kind }) => kind === "endpoint.failing") as AlertContent;
    expect(text(failing)).toMatchObject({ title: "“Shop” has been failing for 60 h" });
    expect(text(failing).text).toContain("disabled on 29 Nov 2026, 14:05 UTC");
    expect(text(failing).details).toContainEqual({ label: "Time", value: "50 % of 5 days" });
  });

  it("the alert about a disabled endpoint leads to the choice what becomes of held deliveries", () => {
    const disabled = CONTENTS.find(({ kind }) => kind === "endpoint.disabled") as AlertContent;
    expect(text(disabled).action.path).toBe("/endpoints/ep_1?decide=enable");
  });

  it("X-09 what is hidden in a name is made visible, and line ends are gone", () => {
    const label = endpointLabel({ name: "Shop\r\nBcc: x@example.com\u202e\u200b", host: "h" });
    expect(label).toBe("“Shop Bcc: x@example.com\\u{202e}\\u{200b}”");
  });

  it("spans have one unit", () => {
    expect([
      spanText(59_000),
      spanText(90 * 60_000),
      spanText(61 * 3_600_000),
      spanText(120 * 3_600_000),
    ]).toEqual(["0 min", "90 min", "61 h", "5 days"]);
    expect(utcTime(AT)).toBe("24 Nov 2026, 14:05 UTC");
  });

  it("refuses a kind that this version does not know", () => {
    expect(() => readContent("endpoint.exploded", {})).toThrow("no alert kind");
  });
});
