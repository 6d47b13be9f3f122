// The demo as a whole: receivers, a workspace with a past, and traffic. Idempotent: a second start finds what the first
// one made and goes on from there.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { cancelDelivery } from "@/lib/server/services/cancel-delivery";
import { type KeyStore, LIVE_KEYS, SANDBOX_KEYS, seedApiKeys, trafficKey } from "./api-keys";
import { LIVE_ENDPOINTS, SANDBOX_ENDPOINTS } from "./endpoints";
import { makeEvent } from "./events";
import { seedHistory } from "./history";
import { createRandom, type Random } from "./random";
import { startReceivers } from "./receivers";
import { seedEndpoints } from "./seed-endpoints";
import { createProducer, startTraffic } from "./traffic";
import { type DemoWorkspace, type Owner, seedWorkspace } from "./workspace";

const HISTORY_SEED = 1;
const LIVE_EVENTS = 800;
const SANDBOX_EVENTS = 120;
const SANDBOX_SHARE = 0.12;

export interface DemoOptions {
  readonly ctx: ServiceContext;
  readonly owner: Owner;
  /** Where the instance listens on this machine; the receivers take the next port when it is free. */
  readonly port: number;
  readonly keys: KeyStore;
  /** Called when the traffic ends by itself. */
  readonly ended: (why: string) => void;
}

export interface RunningDemo {
  readonly endpoints: number;
  /** Ends the traffic. Called while the server still works; the receivers go on answering. */
  stop(): Promise<void>;
  /** Ends the receivers too. */
  close(): Promise<void>;
}

/** Somebody has given up on one of the deliveries that wait: so that this state can be seen too. */
async function cancelOne(ctx: ServiceContext, actor: Actor): Promise<void> {
  const waiting = await ctx.db.prisma.delivery.findFirst({
    where: { environmentId: actor.environmentId, state: "pending" },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  if (waiting !== null) await cancelDelivery(ctx, actor, waiting.id);
}

/** Brings everything but the traffic into the database. `receiversOrigin` is where the receivers answer already. */
export async function fillWorkspace(
  ctx: ServiceContext,
  { live, sandbox }: DemoWorkspace,
  receiversOrigin: string,
): Promise<void> {
  await seedEndpoints(ctx, live, LIVE_ENDPOINTS, receiversOrigin);
  await seedEndpoints(ctx, sandbox, SANDBOX_ENDPOINTS, receiversOrigin);
  await seedApiKeys(ctx, live, LIVE_KEYS);
  await seedApiKeys(ctx, sandbox, SANDBOX_KEYS);
  if (await seedHistory(ctx, live, LIVE_EVENTS, createRandom(HISTORY_SEED))) await cancelOne(ctx, live);
  await seedHistory(ctx, sandbox, SANDBOX_EVENTS, createRandom(HISTORY_SEED + 1));
}

/** One event a call, sent with the key of the live environment or, now and then, of the sandbox. */
async function createSender({ ctx, port, keys }: DemoOptions, workspace: DemoWorkspace, random: Random) {
  const liveKey = await trafficKey(ctx, workspace.live, keys);
  const sandboxKey = await trafficKey(ctx, workspace.sandbox, keys);
  const producer = createProducer(port);
  return {
    close: () => producer.close(),
    send: async () => {
      const key = random() < SANDBOX_SHARE ? sandboxKey : liveKey;
      return (await producer.post(key, makeEvent(random))) === 202;
    },
  };
}

/** Starts the demo. Null when the instance belongs to somebody else: then nothing was written. */
export async function runDemo(options: DemoOptions): Promise<RunningDemo | null> {
  const { ctx, owner, port } = options;
  const workspace = await seedWorkspace(ctx, owner);
  if (workspace === null) return null;
  const receivers = await startReceivers(port + 1, ctx.random);
  try {
    await fillWorkspace(ctx, workspace, receivers.origin);
    const sender = await createSender(options, workspace, ctx.random);
    const traffic = startTraffic({ send: sender.send, random: ctx.random, ended: options.ended });
    const stop = async () => {
      await traffic.stop();
      sender.close();
    };
    return {
      endpoints: LIVE_ENDPOINTS.length,
      stop,
      async close() {
        await stop();
        await receivers.close();
      },
    };
  } catch (error) {
    await receivers.close();
    throw error;
  }
}
