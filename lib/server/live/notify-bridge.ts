// Owns the way of live messages between processes: taps the bus, sends batches by NOTIFY, hands in what others sent.
// Best effort like the bus: when a batch is lost the browser's next read has the truth.
import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { StreamMessage } from "@/lib/contracts/deliveries";
import { openNotifyChannel } from "../repositories/notify";
import type { Bus } from "./bus";

const CHANNEL = "signpost_live";
/** At most five batches a second leave this process. */
const BATCH_MS = 200;
/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_900;
/** More ids than this for one environment are told as "many": about 100 fit beside another environment's. */
const MAX_IDS = 100;

const streamMessage = z.union([
  z.object({ kind: z.literal("deliveries"), ids: z.array(z.string()) }),
  z.object({ kind: z.literal("endpoints") }),
  z.object({ kind: z.literal("inbox"), inbox_id: z.string() }),
]);
const envelope = z.object({ o: z.string(), m: z.array(z.tuple([z.string(), streamMessage])) });

type Addressed = [environmentId: string, message: StreamMessage];

export type NotifyBridgeOptions = { connectionString: string; bus: Bus; logger: Logger };

/** Joins this process to the others on the same database; `stop()` leaves again. */
export function startNotifyBridge({ connectionString, bus, logger }: NotifyBridgeOptions): {
  stop(): Promise<void>;
} {
  const origin = randomBytes(9).toString("base64url");
  const outbox = createOutbox();
  let isSending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const channel = openNotifyChannel({
    connectionString,
    channel: CHANNEL,
    onError: (error) => logger.warn({ err: error }, "live messages between processes are interrupted"),
    onListening: (isAgain) => {
      // Nobody can say what was missed while the connection was away.
      if (isAgain) bus.receiveEverywhere({ kind: "deliveries", ids: [] });
      if (isAgain) bus.receiveEverywhere({ kind: "endpoints" });
    },
    onMessage: (payload) => {
      const parsed = envelope.safeParse(parseJson(payload));
      if (!parsed.success || parsed.data.o === origin) return;
      for (const [environmentId, message] of parsed.data.m) bus.receive(environmentId, message);
    },
  });

  const sendBatch = async () => {
    timer = undefined;
    if (isSending) return schedule();
    isSending = true;
    const payload = outbox.take(origin);
    if (payload !== null) await channel.notify(payload);
    isSending = false;
    if (!outbox.isEmpty()) schedule();
  };
  const schedule = () => {
    timer ??= setTimeout(() => void sendBatch(), BATCH_MS);
  };
  const untap = bus.onPublish((environmentId, message) => {
    outbox.add(environmentId, message);
    schedule();
  });

  return {
    async stop() {
      untap();
      clearTimeout(timer);
      await channel.stop();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What still has to be told to other processes, merged: one entry for each environment and kind. */
function createOutbox() {
  const entries = new Map<string, Addressed>();
  return {
    isEmpty: () => entries.size === 0,
    add(environmentId: string, message: StreamMessage) {
      const key = `${environmentId} ${message.kind}${message.kind === "inbox" ? ` ${message.inbox_id}` : ""}`;
      const waiting = entries.get(key)?.[1];
      if (message.kind !== "deliveries" || waiting?.kind !== "deliveries") {
        entries.set(key, [environmentId, message]);
        return;
      }
      const ids = [...new Set([...waiting.ids, ...message.ids])];
      const isMany = waiting.ids.length === 0 || message.ids.length === 0 || ids.length > MAX_IDS;
      entries.set(key, [environmentId, { kind: "deliveries", ids: isMany ? [] : ids }]);
    },
    /** One payload under the limit, taking out what it carries; null when there is nothing. */
    take(origin: string): string | null {
      const batch: Addressed[] = [];
      let payload: string | null = null;
      for (const [key, [environmentId, message]] of entries) {
        const isTooLong = message.kind === "deliveries" && message.ids.length > MAX_IDS;
        batch.push([environmentId, isTooLong ? { kind: "deliveries", ids: [] } : message]);
        const candidate = JSON.stringify({ o: origin, m: batch });
        if (Buffer.byteLength(candidate) > MAX_PAYLOAD_BYTES) break;
        payload = candidate;
        entries.delete(key);
      }
      return payload;
    },
  };
}
