import { describe, expect, test } from "vitest";
import { headerProblems } from "@/components/endpoints/form/headers-editor";
import { coveringPattern, groupTypes, togglePattern } from "@/components/endpoints/form/type-groups";
import { activityFacts, activityWords } from "@/components/endpoints/page/activity-words";
import { changeOf, formOf } from "@/components/endpoints/page/settings-form";
import { failureRate, formatShare, stateReason } from "@/lib/client/endpoints/endpoint-words";
import type { AuditEntryDto } from "@/lib/contracts/audit";
import { type EndpointDto, updateEndpointInput } from "@/lib/contracts/endpoints";

const type = (name: string, description = "", archivedAt: string | null = null) => ({
  id: null,
  name,
  description,
  sources: [],
  pack: null,
  has_example: false,
  endpoints: 0,
  last_seen_at: null,
  archived_at: archivedAt,
});

describe("the picker of events", () => {
  const types = [
    type("order.paid", "Money came in"),
    type("order.shipped"),
    type("ping"),
    type("invoice.paid"),
    type("order.lost", "", "2026-01-01T00:00:00.000Z"),
  ];

  test("groups by first word; names without a dot have no wildcard", () => {
    expect(groupTypes(types, "").map((group) => [group.name, group.pattern, group.types.length])).toEqual([
      ["", null, 1],
      ["invoice", "invoice.*", 1],
      ["order", "order.*", 2],
    ]);
  });

  test("a search looks into names and descriptions", () => {
    expect(groupTypes(types, "MONEY").flatMap((group) => group.types.map(({ name }) => name))).toEqual([
      "order.paid",
    ]);
    expect(groupTypes(types, "nothing")).toEqual([]);
  });

  test("a group takes the place of what it covers, and covers it from then on", () => {
    const patterns = togglePattern(["order.paid", "order.eu.*", "invoice.paid"], "order.*", true);
    expect(patterns).toEqual(["invoice.paid", "order.*"]);
    expect(coveringPattern(patterns, "order.paid")).toBe("order.*");
    expect(coveringPattern(patterns, "invoice.paid")).toBeNull();
    expect(togglePattern(patterns, "order.*", false)).toEqual(["invoice.paid"]);
    expect(togglePattern(["a.b", "c.*"], "*", true)).toEqual(["*"]);
    expect(togglePattern(["a.b"], "a.b", true)).toEqual(["a.b"]);
  });
});

const endpoint: EndpointDto = {
  id: "ep_1",
  url: "https://receiver.test/hook",
  description: "Orders",
  tenant: "t1",
  event_types: ["order.*"],
  headers: { "X-Key": "••••••••" },
  timeout_ms: 15_000,
  retry_policy: { preset: "standard" },
  max_concurrency: 10,
  rate_limit: null,
  profile: {
    version_id: null,
    slug: "standard-webhooks",
    name: "Standard Webhooks",
    version: 1,
    latest_version: 1,
  },
  overrides: [],
  auto_disable: false,
  filter: null,
  transform: null,
  subjects: [],
  auth: null,
  client_certificate: null,
  kind: "endpoint",
  callback: null,
  state: "active",
  state_reason: null,
  state_changed_at: "2026-01-01T00:00:00.000Z",
  secrets: [],
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
};

describe("the settings form", () => {
  test("nothing changed is nothing to send; masked header values are never sent back", () => {
    expect(changeOf(formOf(endpoint), endpoint)).toEqual({});
  });

  test("only what differs is sent, in the shape of the API", () => {
    const form = { ...formOf(endpoint), tenant: "", timeoutMs: 5_000, url: " https://receiver.test/new " };
    const change = changeOf(form, endpoint);
    expect(change).toEqual({ url: "https://receiver.test/new", tenant: null, timeout_ms: 5_000 });
    expect(updateEndpointInput.parse(change)).toEqual(change);
  });

  test("what was set for the endpoint alone can follow the profile again", () => {
    const own: EndpointDto = {
      ...endpoint,
      timeout_ms: 4_000,
      retry_policy: { preset: "quick" },
      overrides: ["timeout_ms", "retry_policy"],
    };
    const form = formOf(own);
    expect(form).toMatchObject({ timeoutMs: 4_000, retryPolicy: { preset: "quick" } });
    expect(changeOf(form, own)).toEqual({});
    const change = changeOf({ ...form, timeoutMs: null, retryPolicy: null }, own);
    expect(change).toEqual({ timeout_ms: null, retry_policy: null });
    expect(updateEndpointInput.parse(change)).toEqual(change);
    // The same value as the profile's is still one of its own.
    expect(changeOf({ ...formOf(endpoint), timeoutMs: 15_000 }, endpoint)).toEqual({ timeout_ms: 15_000 });
  });

  test("headers are replaced as a whole; none left removes them", () => {
    const rows = [{ id: 1, name: "X-New", value: "v" }];
    expect(changeOf({ ...formOf(endpoint), headers: rows }, endpoint)).toEqual({ headers: { "X-New": "v" } });
    expect(changeOf({ ...formOf(endpoint), headers: [] }, endpoint)).toEqual({ headers: null });
  });

  test("H-03 H-05 headers are judged while they are typed", () => {
    const row = (id: number, name: string, value = "v") => ({ id, name, value });
    expect(headerProblems([row(1, "X-A"), row(2, "", "")])).toEqual([]);
    expect(headerProblems([row(1, "Host")])[0]).toMatch(/^Host: /);
    expect(headerProblems([row(1, "X-A"), row(2, "x-a")])).toContain("x-a: the name occurs twice.");
    expect(headerProblems([row(1, "X-A", "")])[0]).toMatch(/empty/);
  });
});

describe("words", () => {
  test.each([
    [0, "0 %"],
    [1, "100 %"],
    [0.0004, "< 0.1 %"],
    [0.9999, "> 99.9 %"],
    [0.034, "3.4 %"],
    [0.999, "99 %"],
  ])("a share of %d reads %j", (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  test("no finished delivery is no rate, not a good one", () => {
    expect(failureRate({ succeeded_24h: 0, failed_24h: 0 })).toBeNull();
    expect(failureRate({ succeeded_24h: 3, failed_24h: 1 })).toBe(0.25);
  });

  test("every state that stops deliveries says why and how it goes on", () => {
    expect(stateReason(endpoint)).toBeNull();
    for (const [state, state_reason] of [
      ["paused", null],
      ["disabled", "manual"],
      ["disabled", "receiver_gone"],
    ] as const) {
      expect(stateReason({ state, state_reason })).toMatch(/held until it is enabled/);
    }
    expect(stateReason({ state: "disabled", state_reason: "receiver_gone" })).toContain("410 Gone");
  });

  test("an audit entry reads as a sentence with what changed", () => {
    const entry: AuditEntryDto = {
      id: "aud_1",
      action: "endpoint.updated",
      actor: { kind: "user", id: "usr_1", label: "ana@acme.test" },
      target: { kind: "endpoint", id: "ep_1" },
      detail: { before: { tenant: null, timeout_ms: 1 }, after: { tenant: "t", timeout_ms: 2 } },
      ip: null,
      created_at: "2026-01-01T00:00:00.000Z",
    };
    expect(activityWords(entry)).toBe("changed the settings");
    expect(activityFacts(entry)).toEqual([
      { name: "Tenant", before: "none", after: "t" },
      { name: "Timeout (ms)", before: "1", after: "2" },
    ]);
    expect(activityWords({ ...entry, action: "endpoint.something_new" })).toBe("something new");
  });
});
