import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createApiKeyInput } from "@/lib/contracts/api-keys";
import { pageQuery } from "@/lib/contracts/common";
import { listDeliveriesQuery } from "@/lib/contracts/deliveries";
import { createEndpointInput, updateEndpointInput } from "@/lib/contracts/endpoints";
import { type AppError, isAppError } from "@/lib/domain/errors";
import { parseJsonBody, parseQuery } from "@/lib/server/http/parse";

const schema = z.strictObject({ name: z.string(), tags: z.array(z.string()).optional() });

function post(
  body: BodyInit | null,
  headers: Record<string, string> = { "content-type": "application/json" },
): Request {
  return new Request("http://signpost.test/api", {
    method: "POST",
    body,
    headers,
    duplex: "half",
  } as RequestInit);
}

async function refusal(work: () => unknown): Promise<AppError> {
  try {
    await work();
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

const bodyRefusal = (request: Request, options = {}) =>
  refusal(() => parseJsonBody(request, schema, options));
const queryRefusal = (query: string, of: z.ZodObject = pageQuery) =>
  refusal(() => parseQuery(new Request(`http://signpost.test/api?${query}`), of));

describe("parseJsonBody", () => {
  it.each(["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])(
    "takes %s",
    async (type) => {
      expect(await parseJsonBody(post('{"name":"a"}', { "content-type": type }), schema)).toEqual({
        name: "a",
      });
    },
  );

  it.each([
    "text/plain",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "application/json, text/html",
    "application/jsonp",
    "multipart/form-data; boundary=x",
  ])("I-01 refuses %s with 415", async (type) => {
    expect((await bodyRefusal(post('{"name":"a"}', { "content-type": type }))).code).toBe(
      "unsupported_media_type",
    );
  });

  it.each(["gzip", "br", "gzip, identity"])("I-01 refuses Content-Encoding %s", async (encoding) => {
    const headers = { "content-type": "application/json", "content-encoding": encoding };
    expect((await bodyRefusal(post('{"name":"a"}', headers))).code).toBe("unsupported_media_type");
  });

  it("I-01 stops reading above the limit, without trusting Content-Length", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
    });
    const error = await bodyRefusal(post(endless), { maxBytes: 10 * 1024 });
    expect(error.code).toBe("payload_too_large");
    expect(pulled).toBeLessThan(20);
  });

  it("takes a body of exactly the limit", async () => {
    const text = '{"name":"a"}';
    expect(await parseJsonBody(post(text), schema, { maxBytes: text.length })).toEqual({ name: "a" });
    expect((await bodyRefusal(post(`${text} `), { maxBytes: text.length })).code).toBe("payload_too_large");
  });

  it("I-02 refuses unknown fields and names them", async () => {
    const error = await bodyRefusal(post('{"name":"a","role":"owner","createdAt":1}'));
    expect(error.code).toBe("invalid_request");
    expect(error.errors?.[0]?.message).toMatch(/role.*createdAt/);
  });

  it("I-02 refuses __proto__ at any depth and pollutes nothing", async () => {
    for (const text of [
      '{"name":"a","__proto__":{"polluted":1}}',
      '{"name":"a","tags":[{"__proto__":{"x":1}}]}',
    ]) {
      expect((await bodyRefusal(post(text))).code).toBe("invalid_request");
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("I-03 refuses operator objects where a scalar is expected, with the field's path", async () => {
    for (const value of ['{"not":""}', '{"contains":""}', "[]", "null", "1", "true"]) {
      expect((await bodyRefusal(post(`{"name":${value}}`))).errors?.[0]?.path).toBe("name");
    }
    expect((await bodyRefusal(post('{"name":"a","tags":["b",{"not":1}]}'))).errors?.[0]?.path).toBe(
      "tags[1]",
    );
  });

  it("I-24 refuses NUL and lone surrogates before PostgreSQL would", async () => {
    for (const text of ['"a\\u0000b"', '"\\ud800"']) {
      expect((await bodyRefusal(post(`{"name":${text}}`))).errors?.[0]?.path).toBe("name");
    }
  });

  it("takes no body as {} only where that is meant", async () => {
    const defaults = z.strictObject({ held: z.string().default("release") });
    expect(await parseJsonBody(post(null, {}), defaults, { allowEmpty: true })).toEqual({ held: "release" });
    expect((await bodyRefusal(post(null, {}))).code).toBe("unsupported_media_type");
    expect((await bodyRefusal(post(""))).code).toBe("invalid_json");
    expect((await refusal(() => parseJsonBody(post("x", {}), defaults, { allowEmpty: true }))).code).toBe(
      "unsupported_media_type",
    );
  });

  it("I-01 any JSON value against any input schema is validated or refused, never an unknown error", async () => {
    const schemas = [createApiKeyInput, createEndpointInput, updateEndpointInput];
    const keys = fc.constantFrom(
      "url",
      "event_types",
      "name",
      "scopes",
      "headers",
      "retry_policy",
      "tenant",
      "x",
    );
    const body = fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...schemas), async (value, chosen) => {
        try {
          await parseJsonBody(post(JSON.stringify(value)), chosen);
        } catch (error) {
          expect(isAppError(error) && error.code).toMatch(/^(invalid_request|body_too_deep)$/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("I-01 arbitrary bytes are refused with a documented code", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        const error = await bodyRefusal(post(new Uint8Array(bytes)));
        expect(error.code).toMatch(/^(invalid_request|invalid_json|invalid_utf8)$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe("parseQuery", () => {
  it("gives defaults and numbers", () => {
    expect(parseQuery(new Request("http://signpost.test/api?limit=5"), pageQuery)).toEqual({ limit: 5 });
    expect(parseQuery(new Request("http://signpost.test/api"), pageQuery)).toEqual({ limit: 50 });
  });

  it.each([
    "limit=-1",
    "limit=0",
    "limit=1e9",
    "limit=abc",
    "limit=9007199254740993",
    "limit=",
    "limit=1.5",
    "cursor=",
  ])("I-06 refuses ?%s", async (query) => {
    expect((await queryRefusal(query)).code).toBe("invalid_request");
  });

  it.each([
    "id[not]=x",
    "id[]=x",
    "limit[gt]=1",
    "unknown=1",
    "limit=1&limit=2",
    "__proto__=1",
    "constructor=1",
  ])("I-03 refuses ?%s", async (query) => {
    expect((await queryRefusal(query, listDeliveriesQuery)).errors?.[0]?.path).toBeTruthy();
  });

  it("I-05 refuses NUL, and takes SQL meta characters as plain text", async () => {
    expect((await queryRefusal("type=%00", listDeliveriesQuery)).code).toBe("invalid_request");
    const request = new Request(
      `http://signpost.test/api?type=${encodeURIComponent("';DROP TABLE event;--")}`,
    );
    expect(parseQuery(request, listDeliveriesQuery).type).toBe("';DROP TABLE event;--");
  });

  it("K-10 refuses a key in the query string", async () => {
    expect((await queryRefusal("api_key=sp_live_x")).errors?.[0]?.path).toBe("api_key");
  });

  it("I-23 refuses impossible and ambiguous times", async () => {
    for (const value of [
      "yesterday",
      "2026-02-30T00:00:00Z",
      "2026-01-01T24:00:00Z",
      "1700000000",
      "2026-01-01T00:00:00",
    ]) {
      expect(
        (await queryRefusal(`from=${encodeURIComponent(value)}`, listDeliveriesQuery)).errors?.[0]?.path,
      ).toBe("from");
    }
  });
});
