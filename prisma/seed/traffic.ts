// The demo's producer: posts events to the ingest API over HTTP, as a shop's backend would, about one each second at
// first, in bursts. Refuses to know what is in an event and what becomes of it.
import { setTimeout as sleep } from "node:timers/promises";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { createOutbound } from "@/lib/server/outbound/send";
import type { DemoEvent } from "./events";
import { between, type Random } from "./random";

const TIMEOUT_MS = 10_000;
/** Ten minutes at full pace, for people who look; then a quarter of it, so that the last hour does not dwarf the day. */
const LIVELY_EVENTS = 600;
const CALM_FACTOR = 4;
/** Over twenty hours: a forgotten demo does not fill the disk. */
const MAX_EVENTS = 20_000;
const MAX_FAILURES = 30;

export interface Producer {
  /** Posts one event with a key; gives the status of the answer, null when there was none. */
  post(key: string, event: DemoEvent): Promise<number | null>;
  close(): void;
}

/** A producer for the instance on this machine's `port`. */
export function createProducer(port: number): Producer {
  // Through the one way out like everything else, and open to nothing but this machine.
  const { cidrs } = parseAllowedTargets("127.0.0.1");
  const outbound = createOutbound({
    policy: { allowHttp: false, allowedCidrs: cidrs, allowedHosts: [], selfInbox: null },
  });
  return {
    async post(key, event) {
      const result = await outbound.send({
        url: `http://127.0.0.1:${port}/api/v1/events`,
        headers: [
          ["authorization", `Bearer ${key}`],
          ["content-type", "application/json"],
        ],
        body: Buffer.from(JSON.stringify(event)),
        timeoutMs: TIMEOUT_MS,
      });
      return result.outcome === "response" ? result.status : null;
    },
    close: () => outbound.close(),
  };
}

export interface Traffic {
  /** Resolves when the last request has been answered. */
  stop(): Promise<void>;
}

export interface TrafficOptions {
  /** Sends the next event; true when it was accepted. */
  readonly send: () => Promise<boolean>;
  readonly random: Random;
  /** Called when the traffic ends by itself. */
  readonly ended: (why: string) => void;
}

async function flow({ send, random }: TrafficOptions, signal: AbortSignal): Promise<string> {
  let failures = 0;
  for (let sent = 0; sent < MAX_EVENTS; ) {
    const burst = between(random, 1, 4);
    for (let i = 0; i < burst && !signal.aborted; i++) {
      failures = (await send()) ? 0 : failures + 1;
      if (failures >= MAX_FAILURES) return "its events are refused";
      await sleep(between(random, 20, 250), undefined, { signal });
    }
    sent += burst;
    const pause = burst * between(random, 550, 1_250) * (sent < LIVELY_EVENTS ? 1 : CALM_FACTOR);
    await sleep(pause, undefined, { signal });
  }
  return `${MAX_EVENTS} events were sent`;
}

/** Sends events until `stop`, until MAX_EVENTS were sent, or until too many in a row were refused. */
export function startTraffic(options: TrafficOptions): Traffic {
  const aborter = new AbortController();
  const { signal } = aborter;
  const running = flow(options, signal).then(options.ended, (error: unknown) => {
    if (!signal.aborted) options.ended(error instanceof Error ? error.message : String(error));
  });
  return {
    stop() {
      aborter.abort();
      return running;
    },
  };
}
