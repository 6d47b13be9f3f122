// Fetching a subject's events instead of receiving them: in order, byte for byte, and never past one that is on its way.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bumpEndpointVersion } from "@/lib/server/repositories/endpoints";
import { insertEvents } from "@/lib/server/repositories/hot-path/ingest-statement";
import type { HotClient } from "@/lib/server/repositories/hot-path/transaction";
import { setRuntime } from "@/lib/server/runtime";
import { ingestBatch, ingestEvent } from "@/lib/server/services/ingest-events";
import { type ApiClient, openApiClient } from "../support/api-client";
import { createTestContext, type TestContext } from "../support/context";
import { eventually } from "../support/world";

let test: TestContext;
let api: ApiClient;
let unique = 0;

beforeAll(async () => {
  test = await createTestContext({ inlineAttempts: false });
  setRuntime({ ...test.ctx, stop: async () => undefined });
  api = await openApiClient(test.ctx, test.owner());
});
afterAll(async () => {
  setRuntime(null);
  await test.close();
});

const freshSubject = () => `wallet-${unique++}`;
const send = async (subject: string, fields: Record<string, unknown> = {}, data = "1") => {
  const head = JSON.stringify({ type: "score.updated", subject, ...fields }).slice(1, -1);
  const { answer } = await ingestEvent(test.ctx, test.owner(), Buffer.from(`{${head},"data":${data}}`), null);
  return answer.id;
};
const poll = (subject: string, search = "") =>
  api.call("GET", `/api/v1/subjects/${encodeURIComponent(subject)}/events${search}`);
const idsOf = (answer: { json: { data: { id: string }[] } }) => answer.json.data.map(({ id }) => id);

/** Polls on from a cursor until a page has something. The horizon is a few milliseconds behind. */
async function next(subject: string, cursor: string | null, limit = 50) {
  for (;;) {
    const from = cursor === null ? "" : `&cursor=${cursor}`;
    const page = await poll(subject, `?limit=${limit}${from}`);
    expect(page.status).toBe(200);
    if (page.json.data.length > 0) return page;
    cursor = page.json.next_cursor;
  }
}

describe("a subject's events", () => {
  it("come oldest first, page by page, and a cursor goes on where it stopped, also after an empty page", async () => {
    const subject = freshSubject();
    const empty = await poll(subject);
    expect(empty.json).toMatchObject({ data: [], has_more: false });
    const sent: string[] = [];
    for (let index = 0; index < 5; index++) sent.push(await send(subject));
    await send(freshSubject());
    const got: string[] = [];
    let cursor: string = empty.json.next_cursor;
    while (got.length < 5) {
      const page = await next(subject, cursor, 2);
      got.push(...idsOf(page));
      cursor = page.json.next_cursor;
    }
    expect(got).toEqual(sent);
    const end = await poll(subject, `?cursor=${cursor}`);
    expect(end.json).toMatchObject({ data: [], has_more: false });
    const later = await send(subject);
    expect(idsOf(await next(subject, end.json.next_cursor))).toEqual([later]);
    // The first cursor still means the same place.
    expect(idsOf(await next(subject, empty.json.next_cursor))[0]).toBe(sent[0]);
  });

  it("carry the bytes that were posted", async () => {
    const subject = freshSubject();
    const data = '{ "z":1.10, "a":12345678901234567890, "a":"\\u0041😀" }';
    await send(subject, { attributes: { k: "v" } }, data);
    await send(subject, {}, "null");
    const page = await next(subject, null);
    const whole = page.json.data.length === 2 ? page : await next(subject, null);
    expect(whole.text).toContain(`"data":${data}}`);
    expect(whole.json.data[0]).toMatchObject({ subject, attributes: { k: "v" }, test: false });
  });

  it("can be of one type, and tests are not among them", async () => {
    const subject = freshSubject();
    await send(subject);
    const wanted = await send(subject, { type: "monitoring.alert" });
    const endpoint = await api.call("POST", "/api/v1/endpoints", {
      url: "https://example.com/hook",
      event_types: ["*"],
      subjects: [subject],
    });
    await api.call("POST", `/api/v1/endpoints/${endpoint.json.id}/test`, { type: "monitoring.alert" });
    await send(freshSubject());
    let page = await poll(subject, "?type=monitoring.alert");
    while (page.json.data.length === 0) page = await poll(subject, "?type=monitoring.alert");
    expect(idsOf(page)).toEqual([wanted]);
  });

  it("a name with any characters is one subject", async () => {
    const subject = `50%2F off/á ?#${unique++}`;
    const id = await send(subject);
    expect(idsOf(await next(subject, null))).toEqual([id]);
  });

  it("belong to their environment", async () => {
    const subject = freshSubject();
    await send(subject);
    await next(subject, null);
    const sandbox = await openApiClient(test.ctx, test.owner(test.environments.sandbox));
    const page = await sandbox.call("GET", `/api/v1/subjects/${subject}/events`);
    expect(page.json.data).toEqual([]);
  });

  it("large payloads make short pages, and one alone still fits", async () => {
    const subject = freshSubject();
    const big = JSON.stringify("x".repeat(250 * 1024));
    const events = Array.from({ length: 18 }, () => `{"type":"a.b","subject":"${subject}","data":${big}}`);
    const body = `{"events":[${events.join(",")}]}`;
    await ingestBatch(test.ctx, test.owner(), Buffer.from(body), null);
    const first = await next(subject, null, 250);
    expect(first.json.data).toHaveLength(16);
    expect(first.json.has_more).toBe(true);
    expect((await next(subject, first.json.next_cursor)).json.data).toHaveLength(2);
  });

  it.each([
    ["?cursor=abc", "cursor"],
    [`?cursor=${Buffer.from("1.x|y").toString("base64url")}`, "cursor"],
    ["?limit=0", "limit"],
    ["?limit=251", "limit"],
    ["?type=a..b", "type"],
    ["?since=now", "since"],
  ])("%s is refused by name", async (search, path) => {
    const refused = await poll("anything", search);
    expect([refused.status, refused.json.errors[0].path]).toEqual([400, path]);
  });
});

describe("events that are being accepted while somebody asks", () => {
  /** A transaction that has begun; it writes one event and commits when the test says so. */
  async function begin() {
    const client = await test.ctx.db.hot.connect();
    await client.query("BEGIN");
    return {
      write: (subject: string, id: string) => writeOne(client, subject, id),
      commit: async () => {
        await client.query("COMMIT");
        client.release();
      },
    };
  }

  async function writeOne(client: HotClient, subject: string, id: string) {
    const { version } = await test.ctx.ingest.snapshotFor(test.environments.live);
    const [written] = await insertEvents(client, [
      {
        environmentId: test.environments.live,
        version,
        id,
        type: "score.updated",
        tenant: null,
        subject,
        attributes: null,
        data: Buffer.from("1"),
        isTest: false,
        requestHash: Buffer.from("x"),
        occurredAtMs: Date.now(),
        idempotency: null,
        deliveries: [],
      },
    ]);
    expect(written?.written).toBe(true);
  }

  it("a cursor waits for one that is written but not committed, and gives it in its place", async () => {
    const subject = freshSubject();
    const before = await send(subject);
    const first = await next(subject, null);
    expect(idsOf(first)).toEqual([before]);
    const slow = await begin();
    await slow.write(subject, `slow-${subject}`);
    const after = await send(subject);
    for (let times = 0; times < 20; times++) {
      const page = await poll(subject, `?cursor=${first.json.next_cursor}`);
      expect(page.json.data).toEqual([]);
    }
    await slow.commit();
    const got: string[] = [];
    let cursor: string = first.json.next_cursor;
    while (got.length < 2) {
      const page = await next(subject, cursor);
      got.push(...idsOf(page));
      cursor = page.json.next_cursor;
    }
    expect(got).toEqual([`slow-${subject}`, after]);
  });

  it("a transaction that began long ago writes young events, which no cursor has passed", async () => {
    const subject = freshSubject();
    const slow = await begin();
    const before = await send(subject);
    const first = await next(subject, null);
    expect(idsOf(first)).toEqual([before]);
    await slow.write(subject, `late-${subject}`);
    await slow.commit();
    expect(idsOf(await next(subject, first.json.next_cursor))).toEqual([`late-${subject}`]);
  });

  it("a change of endpoints, under which events wait for their turn, makes none of them old", async () => {
    const subject = freshSubject();
    const start = await poll(subject);
    const sending: Promise<string>[] = [];
    await test.ctx.db.prisma.$transaction(async (tx) => {
      await bumpEndpointVersion(tx, test.environments.live);
      sending.push(send(subject));
      await eventually(async () => {
        const [{ n } = { n: 0 }] = await tx.$queryRaw<{ n: number }[]>`
          SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
        return n > 0;
      });
      const meanwhile = await poll(subject, `?cursor=${start.json.next_cursor}`);
      expect(meanwhile.json.data).toEqual([]);
      start.json.next_cursor = meanwhile.json.next_cursor;
    });
    const [id] = await Promise.all(sending);
    expect(idsOf(await next(subject, start.json.next_cursor))).toEqual([id]);
  });

  it("with many writers, every poller gets every event exactly once and in one order", async () => {
    const subject = freshSubject();
    let writing = true;
    const sent = new Set<string>();
    const write = async (own: number) => {
      for (let index = 0; index < 40; index++) {
        if (index % 10 === own % 10) {
          const events = Array.from({ length: 5 }, () => ({ type: "a.b", subject, data: 1 }));
          const body = Buffer.from(JSON.stringify({ events }));
          const { answer } = await ingestBatch(test.ctx, test.owner(), body, null);
          for (const { id } of answer.data) sent.add(id);
        } else sent.add(await send(subject));
      }
    };
    const follow = async (limit: number) => {
      const got: string[] = [];
      let cursor = "";
      let isDone = false;
      for (;;) {
        const page = await poll(subject, `?limit=${limit}${cursor === "" ? "" : `&cursor=${cursor}`}`);
        got.push(...idsOf(page));
        cursor = page.json.next_cursor;
        if (isDone && got.length >= sent.size) return got;
        isDone = !writing;
      }
    };
    const followers = [follow(3), follow(50)];
    await Promise.all(Array.from({ length: 8 }, (_, own) => write(own)));
    writing = false;
    const [small = [], large = []] = await Promise.all(followers);
    expect(small).toHaveLength(sent.size);
    expect(new Set(small)).toEqual(sent);
    expect(large).toEqual(small);
  });
});
