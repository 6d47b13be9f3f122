import { describe, expect, test } from "vitest";
import { assertEngineEnv, engineMode, isInngestDev } from "@/inngest/mode";

describe("which engine the environment asks for", () => {
  test.each([
    [{}, "embedded"],
    [{ INNGEST_DEV: "0" }, "embedded"],
    [{ INNGEST_DEV: "false" }, "embedded"],
    [{ INNGEST_EVENT_KEY: "" }, "embedded"],
    [{ INNGEST_BASE_URL: "http://engine:8288" }, "inngest"],
    [{ INNGEST_EVENT_KEY: "key" }, "inngest"],
    [{ INNGEST_DEV: "1" }, "inngest"],
    [{ INNGEST_DEV: "http://127.0.0.1:8288" }, "inngest"],
  ])("%j → %s", (env, mode) => {
    expect(engineMode(env)).toBe(mode);
  });
});

describe("N-11 start-up refuses an engine that strangers could call", () => {
  const server = { INNGEST_BASE_URL: "http://engine:8288", INNGEST_EVENT_KEY: "key" };

  test("a signing key must be there unless it is a development server", () => {
    expect(() => assertEngineEnv(server)).toThrow("INNGEST_SIGNING_KEY must be set");
    expect(() => assertEngineEnv({ ...server, INNGEST_SIGNING_KEY: " " })).toThrow("INNGEST_SIGNING_KEY");
    expect(() =>
      assertEngineEnv({ INNGEST_BASE_URL: "http://engine:8288", INNGEST_SIGNING_KEY: "abcd" }),
    ).toThrow("INNGEST_EVENT_KEY must be set");
    expect(() => assertEngineEnv({ ...server, INNGEST_SIGNING_KEY: "abcd" })).not.toThrow();
    expect(() => assertEngineEnv({ INNGEST_DEV: "1" })).not.toThrow();
    expect(() => assertEngineEnv({})).not.toThrow();
  });

  test("INNGEST_DEV is refused in production, with or without keys", () => {
    const production = { NODE_ENV: "production", INNGEST_DEV: "1" };
    expect(() => assertEngineEnv(production)).toThrow("INNGEST_DEV is set in production");
    expect(() => assertEngineEnv({ ...production, ...server, INNGEST_SIGNING_KEY: "abcd" })).toThrow(
      "INNGEST_DEV",
    );
    expect(isInngestDev(production)).toBe(true);
  });

  test("a signing key without an event key is a mistake, not the embedded engine", () => {
    expect(() => assertEngineEnv({ INNGEST_SIGNING_KEY: "abcd" })).toThrow("INNGEST_EVENT_KEY");
  });

  test("no message carries a value", () => {
    const secret = "very-secret-value";
    const environments = [
      { INNGEST_SIGNING_KEY: secret },
      { INNGEST_EVENT_KEY: secret },
      { NODE_ENV: "production", INNGEST_DEV: "1", INNGEST_EVENT_KEY: secret },
    ];
    for (const env of environments) {
      expect(() => assertEngineEnv(env)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining(secret) }),
      );
    }
  });
});
