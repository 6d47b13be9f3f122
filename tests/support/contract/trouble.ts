// Instances in trouble: requests that would succeed are prepared while all is well, then something breaks.
import net from "node:net";
import { Client } from "pg";
import { API_RATE_LIMIT, createRateLimiter } from "@/lib/server/http/rate-limit";
import type { TestDatabase } from "../postgres";
import type { TestContext } from "../service-context";
import { openContractContext, send, type WireRequest } from "./caller";
import { nameOfAnswer } from "./document";
import type { Scene } from "./scene";

type Prepared = { scene: Scene; wire: WireRequest & { keyId: string } };
type PrepareAll = (ctx: TestContext) => Promise<Prepared[]>;

const LIMITER = Symbol.for("signpost.api-rate-limiter");

/**
 * Prepares, makes the keys known (the clock stands still, so they stay known and the trouble is met behind the door), lets
 * `breakIt` do its work, and sends all. Gives `operation: answer` for each.
 */
async function sendBroken(
  connectionString: string,
  prepareAll: PrepareAll,
  breakIt: (ctx: TestContext, prepared: Prepared[]) => Promise<() => Promise<void>>,
): Promise<string[]> {
  const now = Date.now();
  const ctx = openContractContext(connectionString, { now: () => now });
  try {
    const prepared = await prepareAll(ctx);
    for (const { wire } of prepared) await warm(ctx, wire);
    const mend = await breakIt(ctx, prepared);
    const answers: string[] = [];
    try {
      for (const { wire } of prepared) {
        answers.push(`${wire.operationId}: ${nameOfAnswer(await send(ctx, wire))}`);
      }
    } finally {
      await mend();
    }
    return answers;
  } finally {
    await ctx.stop();
  }
}

/** Lets the key be read; its answer to an unknown profile says nothing more. */
async function warm(ctx: TestContext, wire: WireRequest): Promise<void> {
  const at = { operationId: "getProfile", method: "GET", path: "/api/v1/profiles/{profile}" };
  const { authorization = "" } = wire.headers;
  await send(ctx, {
    ...at,
    params: { profile: "nothing" },
    address: "http://signpost.test/api/v1/profiles/nothing",
    headers: { authorization },
    body: null,
  });
}

async function withClient(connectionString: string, statements: readonly string[]): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  return client;
}

/** The connections break, and new ones are refused. */
export async function withoutDatabase({ connectionString }: TestDatabase, prepareAll: PrepareAll) {
  const target = new URL(connectionString);
  const sockets = new Set<net.Socket>();
  const relay = net.createServer((socket) => {
    const upstream = net.connect(Number(target.port), target.hostname);
    for (const each of [socket, upstream]) {
      sockets.add(each);
      each.on("error", () => undefined);
      each.on("close", () => sockets.delete(each));
    }
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const through = new URL(connectionString);
  through.hostname = "127.0.0.1";
  through.port = String((relay.address() as net.AddressInfo).port);
  return sendBroken(through.toString(), prepareAll, async () => {
    relay.close();
    for (const socket of sockets) socket.destroy();
    return async () => undefined;
  });
}

/** The tables are not where they were. */
export function withoutTables({ connectionString }: TestDatabase, prepareAll: PrepareAll) {
  return sendBroken(connectionString, prepareAll, async () => {
    const client = await withClient(connectionString, ["ALTER SCHEMA public RENAME TO hidden"]);
    return async () => {
      await client.query("ALTER SCHEMA hidden RENAME TO public");
      await client.end();
    };
  });
}

/** Somebody holds every table, and the server lets nobody wait for a lock. */
export function withRowsLocked({ connectionString }: TestDatabase, prepareAll: PrepareAll) {
  const impatient = new URL(connectionString);
  impatient.searchParams.set("options", "-c lock_timeout=20");
  return sendBroken(impatient.toString(), prepareAll, async () => {
    const client = await withClient(connectionString, ["BEGIN"]);
    const { rows } = await client.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    await client.query(`LOCK TABLE ${rows.map(({ name }) => name).join(", ")} IN ACCESS EXCLUSIVE MODE`);
    return async () => {
      await client.query("ROLLBACK");
      await client.end();
    };
  });
}

/** Each key has made all the calls that it may make at once, and time stands still. */
export function withSpentBudget({ connectionString }: TestDatabase, prepareAll: PrepareAll) {
  const holder = globalThis as { [LIMITER]?: ReturnType<typeof createRateLimiter> };
  return sendBroken(connectionString, prepareAll, async (_, prepared) => {
    const limiter = createRateLimiter(API_RATE_LIMIT, () => 0);
    holder[LIMITER] = limiter;
    for (const { wire } of prepared) {
      for (let call = 0; call < API_RATE_LIMIT.burst; call++) limiter.take(wire.keyId);
    }
    return async () => {
      delete holder[LIMITER];
    };
  });
}

/** The environments of the keys are removed, while the keys are still remembered. */
export function withoutEnvironment({ connectionString }: TestDatabase, prepareAll: PrepareAll) {
  return sendBroken(connectionString, prepareAll, async (_, prepared) => {
    const ids = prepared.map(({ scene }) => scene.actor.environmentId);
    const client = await withClient(connectionString, []);
    await client.query("SET session_replication_role = replica").catch(() => undefined);
    await client.query("DELETE FROM environment WHERE id = ANY($1)", [ids]);
    return () => client.end();
  });
}
