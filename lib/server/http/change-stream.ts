// Owns the server-sent events of one environment: what changed, never the data itself. Bursts become at most four messages
// a second; the reader proves again and again that it may listen, and the stream ends when it may not.
import type { StreamMessage } from "@/lib/contracts/deliveries";
import type { Bus } from "../live/bus";

const FLUSH_MS = 250;
const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 4_000;
const RECONNECT_MS = 2_000;
/** More changed deliveries than this within one flush are told as "many" (no ids). */
const MAX_IDS = 200;

export type ChangeStreamOptions = {
  bus: Bus;
  environmentId: string;
  /** Ends the stream when the client goes away. */
  signal: AbortSignal;
  /** False ends the stream; so does a check that fails, because an unproven right is none. */
  isStillAllowed: () => Promise<boolean>;
};

/** A `text/event-stream` answer (WHATWG HTML, section 9.2) with `change` messages of type `StreamMessage`. */
export function changeStream(options: ChangeStreamOptions): Response {
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      end = runStream(controller, options);
    },
    cancel() {
      end();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // `no-transform` also keeps compressing layers from holding messages back.
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    },
  });
}

function runStream(
  controller: ReadableStreamDefaultController<Uint8Array>,
  { bus, environmentId, signal, isStillAllowed }: ChangeStreamOptions,
): () => void {
  const encoder = new TextEncoder();
  const pending = createPending();
  let sequence = 0;
  let isOpen = true;
  let isChecking = false;
  let flushTimer: ReturnType<typeof setTimeout> | undefined;

  const send = (text: string) => {
    if (isOpen) controller.enqueue(encoder.encode(text));
  };
  const flush = () => {
    flushTimer = undefined;
    if (!isOpen) return;
    // A reader that does not drain gets one message later instead of a queue that grows.
    if ((controller.desiredSize ?? 0) <= -16) {
      flushTimer = setTimeout(flush, FLUSH_MS);
      return;
    }
    for (const message of pending.take()) {
      send(`id: ${++sequence}\nevent: change\ndata: ${JSON.stringify(message)}\n\n`);
    }
  };
  const unsubscribe = bus.subscribe(environmentId, (message) => {
    pending.add(message);
    flushTimer ??= setTimeout(flush, FLUSH_MS);
  });
  const heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
  const check = async () => {
    if (isChecking) return;
    isChecking = true;
    const isAllowed = await isStillAllowed().catch(() => false);
    isChecking = false;
    if (!isAllowed) end();
  };
  const recheck = setInterval(() => void check(), RECHECK_MS);
  const forgetClose = bus.onClose(() => end());

  function end() {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(flushTimer);
    clearInterval(heartbeat);
    clearInterval(recheck);
    unsubscribe();
    forgetClose();
    signal.removeEventListener("abort", end);
    try {
      controller.close();
    } catch {
      // The client has already cancelled the stream.
    }
  }

  send(`retry: ${RECONNECT_MS}\n: connected\n\n`);
  if (signal.aborted) end();
  else signal.addEventListener("abort", end);
  return end;
}

/** What is waiting to be told: one message for each kind (and inbox), however many came in. */
function createPending() {
  let ids = new Set<string>();
  let isMany = false;
  let others = new Map<string, StreamMessage>();
  return {
    add(message: StreamMessage) {
      if (message.kind !== "deliveries") {
        others.set(message.kind === "inbox" ? `inbox ${message.inbox_id}` : message.kind, message);
        return;
      }
      if (message.ids.length === 0) isMany = true;
      for (const id of message.ids) ids.add(id);
      if (ids.size > MAX_IDS) {
        isMany = true;
        ids = new Set();
      }
    },
    take(): StreamMessage[] {
      const messages = [...others.values()];
      if (isMany) messages.push({ kind: "deliveries", ids: [] });
      else if (ids.size > 0) messages.push({ kind: "deliveries", ids: [...ids] });
      ids = new Set();
      isMany = false;
      others = new Map();
      return messages;
    },
  };
}
