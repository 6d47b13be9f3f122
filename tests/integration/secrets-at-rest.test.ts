import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { setupFirstOwner } from "@/lib/server/services/set-up-first-owner";
import { createWorld, type World } from "../support/world";

const PASSWORD = "canary lighthouse 42 drizzle";
const HEADER = "canary-header-value-7f3a";

describe("secrets at rest", () => {
  let world: World;
  const logLines: string[] = [];
  beforeAll(async () => {
    world = await createWorld();
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logLines.push(chunk.toString());
        done();
      },
    });
    Object.assign(world.ctx, { logger: pino({ level: "trace" }, stream) });
  });
  afterAll(() => world.close());

  /** Every row of every table as text; bytea comes out as hexadecimal. */
  async function dump(): Promise<string> {
    const { hot } = world.ctx.db;
    const { rows: tables } = await hot.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    let text = "";
    for (const { name } of tables) {
      const { rows } = await hot.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      text += rows.map(({ row }) => row).join("\n");
    }
    return text;
  }

  it("K-01 no secret stands in the database or the log in clear, base64, hexadecimal or URL form", async () => {
    await setupFirstOwner(world.ctx, {
      email: "canary@example.com",
      name: "Canary",
      password: PASSWORD,
      workspaceName: "Canary",
    });
    const endpoint = await world.endpoint("/flaky/1", {
      headers: { "x-token": HEADER },
      retry_policy: { delays_seconds: [0, 0] },
    });
    const rotated = await rotateSecret(world.ctx, world.actor, endpoint.id, { overlap_seconds: 3600 });
    const { key } = await createApiKey(world.ctx, world.actor, { name: "canary", scopes: ["events:write"] });
    const { id } = await world.send("canary.case");
    await world.waitForDelivery(id, (row) => row.step === 1);
    const haystack = `${await dump()}\n${logLines.join("\n")}`;
    expect(haystack).toContain("canary.case");
    for (const secret of [endpoint.secret, rotated.secret, HEADER, key, PASSWORD]) {
      const bytes = Buffer.from(secret);
      const inner = secret.startsWith("whsec_") ? [Buffer.from(secret.slice(6), "base64")] : [];
      for (const form of [bytes, ...inner]) {
        expect(haystack.includes(form.toString("hex"))).toBe(false);
        expect(haystack.includes(form.toString("base64"))).toBe(false);
      }
      expect(haystack.includes(secret)).toBe(false);
      expect(haystack.includes(encodeURIComponent(secret))).toBe(false);
    }
  });

  it("K-02 every sealed record has its own nonce", async () => {
    for (let n = 0; n < 20; n++) await world.endpoint("/ok", { event_types: [`nonce.${n}`] });
    const { rows } = await world.ctx.db.hot.query<{ nonce: string }>(
      "SELECT encode(substring(ciphertext FROM 6 FOR 12), 'hex') AS nonce FROM endpoint_secret",
    );
    expect(rows.length).toBeGreaterThanOrEqual(20);
    expect(new Set(rows.map(({ nonce }) => nonce)).size).toBe(rows.length);
  });
});
