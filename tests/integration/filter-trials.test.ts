// Trying things out before they are saved: counts over past events, before and after of a mapping; as the API answers.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FilterTrialDto, TransformPreviewDto } from "@/lib/contracts/trials";
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import { handlePreviewTransform, handleTestFilter } from "@/lib/server/http/trial-handlers";
import { ingestEvent } from "@/lib/server/services/ingest-events";
import { createTestContext, type TestContext } from "@/tests/support/context";

let test: TestContext;
let actor: Actor;

const send = async (type: string, data: string, fields: Record<string, unknown> = {}, by: Actor = actor) => {
  const rest = JSON.stringify({ type, ...fields }).slice(1, -1);
  const body = Buffer.from(`{${rest},"data":${data}}`);
  return (await ingestEvent(test.ctx, by, body, null)).answer.id;
};

beforeAll(async () => {
  test = await createTestContext();
  actor = test.owner();
  for (let n = 1; n <= 60; n++) {
    await send("order.paid", `{"amount":${n * 10}}`, { subject: n % 2 ? "odd" : "even", tenant: "acme" });
  }
  for (let n = 1; n <= 60; n++) await send("order.noted", "{}");
  await send("order.paid", '{"amount":1000000}', {}, test.owner(test.environments.sandbox));
});

afterAll(() => test.close());

const call = (handle: typeof handleTestFilter, body: unknown, by: Actor = actor) =>
  handle({
    ctx: test.ctx,
    actor: by,
    params: {},
    request: new Request("http://signpost.test/", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
const trial = async (body: unknown) => (await (await call(handleTestFilter, body)).json()) as FilterTrialDto;
const preview = async (body: unknown) =>
  (await (await call(handlePreviewTransform, body)).json()) as TransformPreviewDto;
async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error(`not refused: ${String(error)}`);
  return { code: error.code, errors: error.errors };
}

describe("a trial of a filter", () => {
  it("counts over the newest hundred events of the environment, with reasons and samples of both kinds", async () => {
    const answer = await trial({ filter: "event.data.amount > 500" });
    expect(answer).toMatchObject({ matched: 10, of: 100, reasons: { false: 30, missing_member: 60 } });
    const matching = answer.samples.filter((sample) => sample.matched);
    const others = answer.samples.filter((sample) => !sample.matched);
    expect([matching.length, others.length]).toEqual([5, 5]);
    expect(matching[0]).toMatchObject({ type: "order.paid", reason: null, detail: null });
    expect(others[0]).toMatchObject({ type: "order.noted", reason: "missing_member" });
    expect(others[0]?.detail).toContain("amount");
  });

  it("looks only at events that the endpoint would be asked about", async () => {
    const filter = "event.data.amount > 300";
    expect(await trial({ filter, event_types: ["order.paid"] })).toMatchObject({ matched: 30, of: 60 });
    expect(await trial({ filter, event_types: ["order.*"], subjects: ["odd"] })).toMatchObject({ of: 30 });
    expect(await trial({ filter, event_types: ["*"], tenant: "acme" })).toMatchObject({ of: 60 });
    expect(await trial({ filter, event_types: ["orde"] })).toMatchObject({ matched: 0, of: 0, samples: [] });
    expect(await trial({ filter, limit: 7 })).toMatchObject({ of: 7 });
  });

  it("refuses a filter that cannot be used, with every problem and its place", async () => {
    const refused = await refusal(call(handleTestFilter, { filter: "event.dat.amount > 1" }));
    expect(refused.code).toBe("invalid_request");
    expect(refused.errors?.[0]).toMatchObject({ path: "filter" });
    expect(refused.errors?.[0]?.message).toMatch(/Did you mean “data”.*character \d+/);
    const pattern = await refusal(call(handleTestFilter, { filter: 'event.type.matches("(")' }));
    expect(pattern.errors?.[0]?.path).toBe("filter");
    expect((await refusal(call(handleTestFilter, { filter: "true", limit: 101 }))).errors?.[0]?.path).toBe(
      "limit",
    );
  });

  it("needs the permission to read events, not only endpoints", async () => {
    const key = { kind: "api_key", keyId: "key_x", label: "k", ip: null } as const;
    const { workspaceId, environmentId } = actor;
    const reader: Actor = { ...key, scopes: ["endpoints:read"], workspaceId, environmentId };
    expect((await refusal(call(handleTestFilter, { filter: "true" }, reader))).code).toBe("forbidden");
    const body = { rules: [], data_text: "{}" };
    expect((await refusal(call(handlePreviewTransform, body, reader))).code).toBe("forbidden");
  });
});

describe("a preview of a mapping", () => {
  const rules = [
    { op: "rename", from: "$.amount", to: "$.total" },
    { op: "delete", path: "$.nothing" },
  ];

  it("gives before and after of an event, byte for byte, with what each rule did and what changed", async () => {
    const data = '{ "amount":12345678901234567890.10, "b":[1.0 ,2] }';
    const event_id = await send("order.big", data);
    const answer = await preview({ rules, event_id });
    expect(answer.before).toBe(data);
    expect(answer.after).toBe('{ "total":12345678901234567890.10, "b":[1.0 ,2] }');
    expect(answer.applied).toEqual([{ rule: 0, places: 1, replaced: 0 }]);
    expect(answer.skipped).toMatchObject([{ rule: 1, reason: "missing", path: "$.nothing" }]);
    expect(answer.changes.map((change) => `${change.kind} ${change.path}`)).toEqual([
      "removed $.amount",
      "added $.total",
    ]);
    expect(answer.changes_truncated).toBe(false);
    expect((await preview({ rules, data_text: data })).after).toBe(answer.after);
  });

  it("refuses rules with the field that is wrong, events of others, and anything but one example", async () => {
    const wrong = { rules: [{ op: "delete", path: "$" }], data_text: "{}" };
    expect((await refusal(call(handlePreviewTransform, wrong))).errors?.[0]?.path).toBe("rules[0].path");
    const foreign = await send("order.paid", "{}", {}, test.owner(test.environments.sandbox));
    expect((await refusal(call(handlePreviewTransform, { rules, event_id: foreign }))).code).toBe(
      "not_found",
    );
    for (const body of [{ rules }, { rules, event_id: "x", data_text: "{}" }, { rules, data_text: "{" }]) {
      expect((await refusal(call(handlePreviewTransform, body))).code).toBe("invalid_request");
    }
  });

  it("says what a delivery would fail with, and that a payload is cleared", async () => {
    const long = "x".repeat(200_000);
    const grow = ["a", "b"].map((name) => ({ op: "copy", from: "$.long", to: `$.${name}` }));
    const refused = await refusal(
      call(handlePreviewTransform, { rules: grow, data_text: JSON.stringify({ long }) }),
    );
    expect(refused.errors?.[0]?.message).toContain("larger than");
    const cleared = await send("order.old", "{}");
    await test.ctx.db.prisma.event.updateMany({
      where: { id: cleared },
      data: { data: null, payloadClearedAt: new Date() },
    });
    expect((await refusal(call(handlePreviewTransform, { rules, event_id: cleared }))).code).toBe("conflict");
  });
});
