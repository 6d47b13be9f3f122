import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError, ERROR_CODES } from "@/lib/domain/errors";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { problemResponse, toProblem } from "@/lib/server/http/problem";
import { newRequestId } from "@/lib/server/http/request-id";

const id = newRequestId();

describe("problem answers", () => {
  it.each(ERROR_CODES)("I-26 %s is a complete problem with a request id", async (code) => {
    const response = problemResponse(new AppError(code, "words"), id);
    const body = await response.json();
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-request-id")).toBe(id);
    expect(body).toMatchObject({ status: response.status, code, detail: "words", request_id: id });
    expect(body.title).not.toBe("");
    if (response.status === 429 || response.status === 503)
      expect(response.headers.get("retry-after")).toBe("1");
  });

  it("I-26 nothing of an unknown error reaches the caller", async () => {
    const secret = "SELECT * FROM api_key WHERE hash = '…' at /srv/app/lib/x.ts:1:1 postgres://u:p@db";
    for (const thrown of [new Error(secret), { message: secret }, secret, null, undefined, Symbol("x")]) {
      const text = await problemResponse(thrown, id).text();
      expect(text).not.toMatch(/SELECT|srv|postgres|stack/);
      expect(JSON.parse(text)).toMatchObject({ status: 500, code: "internal_error", request_id: id });
    }
  });

  it("I-26 an error that leads back to itself ends", () => {
    const loop: Record<string, unknown> = {};
    loop.cause = loop;
    expect(toProblem(loop, id).status).toBe(500);
  });

  it.each([
    { code: "ECONNREFUSED" },
    { code: "57P01" },
    { code: "53300" },
    { code: "08006" },
    { code: "P1001" },
    { code: "P2024" },
    new Error("Connection terminated unexpectedly"),
    new Error("timeout exceeded when trying to connect"),
    { name: "DriverAdapterError", cause: { kind: "DatabaseNotReachable" } },
    { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "57P03" } } } },
    new AggregateError([Object.assign(new Error("connect"), { code: "ECONNREFUSED" })]),
    new Error("outer", { cause: Object.assign(new Error("inner"), { code: "ECONNRESET" }) }),
  ])("I-26 a lost database is 503 with Retry-After (%#)", (thrown) => {
    const problem = toProblem(thrown, id);
    expect(problem).toMatchObject({ status: 503, body: { code: "database_unavailable" }, unexpected: false });
    expect(problem.headers["retry-after"]).toBe("2");
  });

  it("a deadlock asks for the same call again, text with NUL is the caller's mistake", () => {
    expect(toProblem({ code: "40P01" }, id)).toMatchObject({ status: 503, body: { code: "overloaded" } });
    expect(toProblem({ code: "22021" }, id)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
  });

  it("I-01 a zod error names each field", () => {
    const { error } = z.object({ a: z.object({ b: z.array(z.number()) }) }).safeParse({ a: { b: [1, "x"] } });
    const { body, status } = toProblem(error, id);
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ path: "a.b[1]", message: expect.stringContaining("number") }]);
  });

  it("Retry-After is whole seconds, at least one", () => {
    const error = new AppError("rate_limited", "slow down", { retryAfterSeconds: 0.2 });
    expect(toProblem(error, id).headers["retry-after"]).toBe("1");
  });

  it("a 401 says how to authenticate", () => {
    expect(toProblem(new AppError("unauthenticated", "no"), id).headers["www-authenticate"]).toContain(
      "Bearer",
    );
  });

  it("I-09 I-25 refused methods get 405 with Allow and without CORS", () => {
    const handlers = methodNotAllowed(["GET", "POST"]);
    expect(Object.keys(handlers).sort()).toEqual(["DELETE", "HEAD", "OPTIONS", "PATCH", "PUT"]);
    const response = handlers.OPTIONS();
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});
