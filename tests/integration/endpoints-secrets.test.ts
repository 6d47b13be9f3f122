import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEndpointInput, MAX_LIVE_SECRETS } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { signingKeyBytes } from "@/lib/domain/signing/standard-webhooks";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { getEndpoint } from "@/lib/server/services/get-endpoint";
import { listEndpoints } from "@/lib/server/services/list-endpoints";
import { retireSecret } from "@/lib/server/services/retire-secret";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { type EndpointFixture, openEndpointFixture } from "@/tests/support/endpoint-fixture";

let fixture: EndpointFixture;
let live: Actor;
let sandbox: Actor;

beforeAll(async () => {
  fixture = await openEndpointFixture();
  ({ live, sandbox } = await fixture.newWorkspace("acme"));
});
afterAll(() => fixture.close());

const create = () =>
  createEndpoint(
    fixture.ctx,
    live,
    createEndpointInput.parse({ url: "https://receiver.test/hook", event_types: ["*"] }),
  );
const rows = (endpointId: string) =>
  fixture.ctx.db.prisma.endpointSecret.findMany({ where: { endpointId }, orderBy: { id: "asc" } });
const rotate = (id: string, overlap_seconds: number) =>
  rotateSecret(fixture.ctx, live, id, { overlap_seconds });
const open = (row: { id: string; ciphertext: Uint8Array }) =>
  fixture.ctx.secrets.open(row.ciphertext, { table: "endpoint_secret", rowId: row.id, field: "ciphertext" });

describe("the secret of an endpoint", () => {
  test("K-11 is shown in the answer that makes it and in no other", async () => {
    const created = await create();
    expect(created.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(signingKeyBytes(created.secret)).toHaveLength(32);
    const later = [
      await getEndpoint(fixture.ctx, live, created.id),
      await listEndpoints(fixture.ctx, live, { limit: 250 }),
      await fixture.ctx.db.prisma.auditEntry.findMany({ where: { targetId: created.id } }),
    ];
    for (const shown of later) expect(JSON.stringify(shown)).not.toContain(created.secret.slice(6));
    expect(created.secrets).toEqual([
      {
        id: created.secrets[0]?.id,
        hint: `whsec_…${created.secret.slice(-5, -1)}`,
        public_key: null,
        created_at: created.created_at,
        expires_at: null,
      },
    ]);
  });

  test("K-01 K-02 K-03 is sealed in its row and bound to it", async () => {
    const created = await create();
    const other = await create();
    const [row] = await rows(created.id);
    const [foreign] = await rows(other.id);
    if (row === undefined || foreign === undefined) throw new Error("an endpoint has a secret");
    expect(Buffer.from(row.ciphertext).includes(created.secret)).toBe(false);
    expect(open(row)).toBe(created.secret);
    expect(() => open({ id: foreign.id, ciphertext: row.ciphertext })).toThrow(
      "does not belong to this place",
    );
  });

  test("K-15 100 of them are all different", async () => {
    const { id } = await create();
    const seen = new Set<string>();
    for (let i = 0; i < 100; i++) seen.add((await rotate(id, 0)).secret);
    expect(seen.size).toBe(100);
  });
});

describe("rotation", () => {
  test("G-02 with an overlap both are live until it ends, then only the new one", async () => {
    const created = await create();
    const start = Date.now();
    fixture.clock.ms = start;
    try {
      const rotated = await rotate(created.id, 3_600);
      expect(rotated.secret).not.toBe(created.secret);
      expect(rotated.secrets.map(({ hint, expires_at }) => ({ hint, expires_at }))).toEqual([
        { hint: `whsec_…${rotated.secret.slice(-5, -1)}`, expires_at: null },
        {
          hint: `whsec_…${created.secret.slice(-5, -1)}`,
          expires_at: new Date(start + 3_600_000).toISOString(),
        },
      ]);
      expect((await rows(created.id)).map(open)).toEqual([created.secret, rotated.secret]);
      fixture.clock.ms = start + 3_600_001;
      const after = await getEndpoint(fixture.ctx, live, created.id);
      expect(after.secrets.map((secret) => secret.id)).toEqual([rotated.secrets[0]?.id]);
    } finally {
      fixture.clock.ms = null;
    }
  });

  test("G-03 without an overlap every older one ends at once and its key material is wiped", async () => {
    const created = await create();
    await rotate(created.id, 3_600);
    const rotated = await rotate(created.id, 0);
    expect(rotated.secrets).toHaveLength(1);
    const stored = await rows(created.id);
    expect(stored.map((row) => row.ciphertext.length > 0)).toEqual([false, false, true]);
    expect(fixture.told.forgotten.at(-1)).toBe(created.id);
  });

  test("G-02 rotating again keeps the end of a secret that is already retiring", async () => {
    const created = await create();
    const first = await rotate(created.id, 600);
    const again = await rotate(created.id, 86_400);
    const end = (dto: typeof again, id: string | undefined) =>
      dto.secrets.find((secret) => secret.id === id)?.expires_at;
    expect(end(again, created.secrets[0]?.id)).toBe(end(first, created.secrets[0]?.id));
  });

  test("G-05 11 rotations in a row leave at most 10 live secrets, the newest ones", async () => {
    const created = await create();
    let last = created;
    for (let i = 0; i < 11; i++) last = await rotate(created.id, 86_400);
    expect(last.secrets).toHaveLength(MAX_LIVE_SECRETS);
    const newest = (await rows(created.id)).slice(-MAX_LIVE_SECRETS).map((row) => row.id);
    expect(new Set(last.secrets.map((secret) => secret.id))).toEqual(new Set(newest));
  });

  test("G-05 20 rotations at once: one current secret, and each answer's secret is in the table", async () => {
    const { id } = await create();
    const answers = await Promise.all(Array.from({ length: 20 }, () => rotate(id, 3_600)));
    const live = (await rows(id)).filter((row) => row.expiresAt === null || row.expiresAt > new Date());
    expect(live.filter((row) => row.expiresAt === null)).toHaveLength(1);
    expect(live).toHaveLength(MAX_LIVE_SECRETS);
    const made = new Set(answers.map((answer) => answer.secret));
    expect(made.size).toBe(20);
    for (const row of live) expect(made.has(open(row))).toBe(true);
  });

  test("each rotation is in the audit log with the hint only", async () => {
    const created = await create();
    const rotated = await rotate(created.id, 60);
    const entries = await fixture.ctx.db.prisma.auditEntry.findMany({
      where: { targetId: created.id, action: "endpoint.secret_rotated" },
    });
    expect(entries[0]?.detail).toEqual({
      secret_id: rotated.secrets[0]?.id,
      secret_hint: rotated.secrets[0]?.hint,
      overlap_seconds: 60,
    });
  });
});

describe("retiring", () => {
  test("an overlap can be ended early; the current secret cannot", async () => {
    const created = await create();
    const rotated = await rotate(created.id, 86_400);
    const [current, retiring] = rotated.secrets;
    if (current === undefined || retiring === undefined) throw new Error("two secrets were expected");
    await expect(retireSecret(fixture.ctx, live, created.id, current.id)).rejects.toMatchObject({
      code: "conflict",
    });
    const after = await retireSecret(fixture.ctx, live, created.id, retiring.id);
    expect(after.secrets.map((secret) => secret.id)).toEqual([current.id]);
    expect((await rows(created.id))[0]?.ciphertext).toHaveLength(0);
    await expect(retireSecret(fixture.ctx, live, created.id, retiring.id)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("T-01 secrets of another endpoint or environment are not found", async () => {
    const created = await create();
    const other = await create();
    const rotated = await rotate(created.id, 86_400);
    const retiring = rotated.secrets[1]?.id ?? "";
    const attempts = [
      () => retireSecret(fixture.ctx, live, other.id, retiring),
      () => retireSecret(fixture.ctx, sandbox, created.id, retiring),
      () => rotateSecret(fixture.ctx, sandbox, created.id, { overlap_seconds: 0 }),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await getEndpoint(fixture.ctx, live, created.id)).secrets).toHaveLength(2);
  });
});
