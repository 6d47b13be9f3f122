import { Client } from "pg";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { StreamMessage } from "@/lib/contracts/deliveries";
import { type Bus, createBus } from "@/lib/server/live/bus";
import { startNotifyBridge } from "@/lib/server/live/notify-bridge";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";

const logger = pino({ level: "silent" });
let database: TestDatabase;
let admin: Client;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  admin = new Client({ connectionString: database.connectionString });
  await admin.connect();
});

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

/** A process as far as the bridge can tell: its own bus, its own connection. */
function joinAs(environmentId: string): { bus: Bus; heard: StreamMessage[] } {
  const bus = createBus();
  const heard: StreamMessage[] = [];
  bus.subscribe(environmentId, (message) => heard.push(message));
  const bridge = startNotifyBridge({ connectionString: database.connectionString, bus, logger });
  stops.push(() => bridge.stop());
  return { bus, heard };
}

async function listeners(): Promise<number> {
  const { rows } = await admin.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'signpost-notify' AND query LIKE 'LISTEN%' AND datname = current_database()",
  );
  return rows.length;
}

const untilListening = (count: number) => vi.waitFor(async () => expect(await listeners()).toBe(count));

describe("startNotifyBridge", () => {
  it("carries messages to the other process, merged, and does not hear its own", async () => {
    const [a, b] = [joinAs("env_1"), joinAs("env_1")];
    await untilListening(2);
    a.bus.publish("env_1", { kind: "deliveries", ids: ["dlv_1"] });
    a.bus.publish("env_1", { kind: "deliveries", ids: ["dlv_2"] });
    a.bus.publish("env_1", { kind: "inbox", inbox_id: "ibx_1" });
    await vi.waitFor(() => expect(b.heard).toHaveLength(2));
    expect(b.heard).toEqual([
      { kind: "deliveries", ids: ["dlv_1", "dlv_2"] },
      { kind: "inbox", inbox_id: "ibx_1" },
    ]);
    expect(a.heard).toHaveLength(3);
  });

  it("T-03 keeps environments apart", async () => {
    const [a, b] = [joinAs("env_1"), joinAs("env_2")];
    await untilListening(2);
    a.bus.publish("env_1", { kind: "endpoints" });
    a.bus.publish("env_2", { kind: "endpoints" });
    await vi.waitFor(() => expect(b.heard).toHaveLength(1));
    expect(a.heard).toHaveLength(1);
  });

  it("tells of a burst as many, below PostgreSQL's limit for a payload", async () => {
    const [a, b] = [joinAs("env_1"), joinAs("env_1")];
    await untilListening(2);
    for (let i = 0; i < 5_000; i++) a.bus.publish("env_1", { kind: "deliveries", ids: [`dlv_${i}`] });
    for (let i = 0; i < 300; i++) a.bus.publish(`env_${"x".repeat(40)}${i}`, { kind: "endpoints" });
    await vi.waitFor(() => expect(b.heard).toEqual([{ kind: "deliveries", ids: [] }]));
  });

  it("comes back after the connection is lost, and says that something may have been missed", async () => {
    const [a, b] = [joinAs("env_1"), joinAs("env_1")];
    await untilListening(2);
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signpost-notify' AND datname = current_database()",
    );
    await vi.waitFor(
      () => expect(b.heard).toEqual([{ kind: "deliveries", ids: [] }, { kind: "endpoints" }]),
      {
        timeout: 10_000,
      },
    );
    await untilListening(2);
    a.bus.publish("env_1", { kind: "inbox", inbox_id: "ibx_2" });
    await vi.waitFor(() => expect(b.heard.at(-1)).toEqual({ kind: "inbox", inbox_id: "ibx_2" }));
  });

  it("takes what is not ours on the channel as nothing", async () => {
    const a = joinAs("env_1");
    await untilListening(1);
    for (const payload of ["", "{", '{"o":1}', '{"o":"x","m":[["env_1",{"kind":"evil"}]]}']) {
      await admin.query("SELECT pg_notify('signpost_live', $1)", [payload]);
    }
    await admin.query("SELECT pg_notify('signpost_live', $1)", [
      '{"o":"x","m":[["env_1",{"kind":"endpoints"}]]}',
    ]);
    await vi.waitFor(() => expect(a.heard).toEqual([{ kind: "endpoints" }]));
  });
});
