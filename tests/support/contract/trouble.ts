// An instance in trouble: requests that would succeed are prepared while all is well, then one thing after the other breaks.
// What is refused changes nothing, so the same requests serve for all of it.
import net from "node:net";
import { Client } from "pg";
import { API_RATE_LIMIT, createRateLimiter } from "@/lib/server/http/rate-limit";
import { openContractContext, send, type WireRequest } from "./caller";
import { nameOfAnswer } from "./document";

export type Keyed = WireRequest & { keyId: string };

const LIMITER = Symbol.for("signpost.api-rate-limiter");

/** A way to the database that can be cut. */
async function openRelay(connectionString: string) {
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
  return {
    through,
    cut() {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function whileDone<T>(
  connectionString: string,
  [done, undone]: readonly [string, string],
  work: () => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(done);
    return await work();
  } finally {
    await client.query(undone);
    await client.end();
  }
}

const LOCK_ALL = `BEGIN; DO $$ BEGIN EXECUTE 'LOCK TABLE ' || (
  SELECT string_agg(format('public.%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public'
) || ' IN ACCESS EXCLUSIVE MODE'; END $$`;

/**
 * An instance whose clock stands still, so that keys stay known and trouble is met behind the door. Each of its troubles
 * sends the requests and gives `operation: answer` for each.
 */
export async function openTroubled(connectionString: string) {
  const now = Date.now();
  const relay = await openRelay(connectionString);
  // Nobody waits for a lock.
  relay.through.searchParams.set("options", "-c lock_timeout=10");
  const ctx = openContractContext(relay.through.toString(), { now: () => now });

  async function sendAll(requests: readonly Keyed[]): Promise<string[]> {
    const answers: string[] = [];
    for (const wire of requests) {
      answers.push(`${wire.operationId}: ${nameOfAnswer(await send(ctx, wire))}`);
    }
    return answers;
  }

  return {
    ctx,
    /** Lets the instance read the keys; what it answers about a profile that is not there says nothing more. */
    async learnKeys(requests: readonly Keyed[]): Promise<void> {
      for (const { headers } of requests) {
        await send(ctx, {
          operationId: "getProfile",
          method: "GET",
          path: "/api/v1/profiles/{profile}",
          params: { profile: "nothing" },
          address: "http://signpost.test/api/v1/profiles/nothing",
          headers: { authorization: headers.authorization ?? "" },
          body: null,
        });
      }
    },
    /** Each key has made all the calls that it may make at once. */
    async withSpentBudget(requests: readonly Keyed[]): Promise<string[]> {
      const holder = globalThis as { [LIMITER]?: ReturnType<typeof createRateLimiter> };
      const limiter = createRateLimiter(API_RATE_LIMIT, () => 0);
      for (const { keyId } of requests) {
        for (let call = 0; call < API_RATE_LIMIT.burst; call++) limiter.take(keyId);
      }
      holder[LIMITER] = limiter;
      try {
        return await sendAll(requests);
      } finally {
        delete holder[LIMITER];
      }
    },
    /** Somebody holds every table. */
    withTablesLocked: (requests: readonly Keyed[]) =>
      whileDone(connectionString, [LOCK_ALL, "ROLLBACK"], () => sendAll(requests)),
    /** The tables are not where they were. */
    withoutTables: (requests: readonly Keyed[]) =>
      whileDone(
        connectionString,
        ["ALTER SCHEMA public RENAME TO hidden", "ALTER SCHEMA hidden RENAME TO public"],
        () => sendAll(requests),
      ),
    /** The environments of the keys are removed, while the keys are still remembered. */
    async withoutEnvironments(ids: readonly string[], requests: readonly Keyed[]): Promise<string[]> {
      await ctx.db.prisma.environment.deleteMany({ where: { id: { in: [...ids] } } });
      return sendAll(requests);
    },
    /** Connections break, and new ones are refused; there is no way back. */
    async withoutDatabase(requests: readonly Keyed[]): Promise<string[]> {
      relay.cut();
      return sendAll(requests);
    },
    async close(): Promise<void> {
      await ctx.stop();
      relay.cut();
    },
  };
}

export type Troubled = Awaited<ReturnType<typeof openTroubled>>;
