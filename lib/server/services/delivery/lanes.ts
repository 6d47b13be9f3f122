// Owns who goes next: one lane for each endpoint, fair turns between lanes, bounds for each lane and for all.
// Knows no network and no database.
import { Pace } from "@/lib/domain/delivery/pace";
import type { LeasedDelivery } from "./pump";

/** Deliveries that one endpoint may have waiting in memory, for each of its attempts at once: what it works off quickly. */
const QUEUE_PER_ATTEMPT = 20;
/** Deliveries that may wait in memory altogether, and the payload bytes they may hold. */
export const MAX_QUEUED = 5_000;
const MAX_QUEUED_BYTES = 64 * 1024 * 1024;
const DEFAULT_CONCURRENCY = 10;

export type QueuedDelivery = LeasedDelivery & {
  engineCarries: boolean;
  /** Told once, with what became of the lease. */
  done:
    | ((
        result:
          | { outcome: "recorded"; state: string | null; nextAttemptAt: Date | null }
          | { outcome: "released" },
      ) => void)
    | null;
};

export type Lane = {
  endpointId: string;
  queue: QueuedDelivery[];
  inFlight: number;
  maxConcurrency: number;
  /** `setLimits` was called. Until then nobody knows what the endpoint allows, so one delivery goes ahead. */
  isKnown: boolean;
  pace: Pace;
  /** Stands in the ring of lanes that may go. */
  ready: boolean;
  /** Was left out of a claim for being full: more is waiting for it in the database. */
  leftOut: boolean;
  timer: NodeJS.Timeout | null;
};

export type Lanes = {
  room(endpointId: string): number;
  push(item: QueuedDelivery): void;
  /** The next delivery that may start now, with its lane; null when none may. */
  next(nowMs: number): { lane: Lane; item: QueuedDelivery } | null;
  /** What the endpoint allows at once and each second, learnt with its first attempt; a lane that may do more goes again. */
  setLimits(lane: Lane, limits: { maxConcurrency: number; rateLimit: number | null }): void;
  /** Call when an attempt of the lane has ended. */
  finished(lane: Lane): void;
  /** Takes out what has waited too long to be started within its lease, or everything. */
  takeOut(which: (item: QueuedDelivery, lane: Lane) => boolean): QueuedDelivery[];
  /** Endpoints that should get nothing more for now. Once one of them runs low, `more` is called. */
  saturated(nowMs: number): string[];
  queued(): number;
  /** True when the payloads in memory have reached their limit. */
  isFull(): boolean;
};

export type LaneEvents = {
  /** A lane may go again after a wait. */
  kick: () => void;
  /** A lane that was left out of claims runs low. */
  more: () => void;
};

const capacity = (lane: Lane) => lane.maxConcurrency * QUEUE_PER_ATTEMPT;

/** Lanes with nothing in them. */
export function createLanes({ kick, more }: LaneEvents): Lanes {
  const lanes = new Map<string, Lane>();
  const ring: Lane[] = [];
  let queued = 0;
  let queuedBytes = 0;

  const sizeOf = (item: QueuedDelivery) => item.event.data?.length ?? 0;

  function laneOf(endpointId: string): Lane {
    let lane = lanes.get(endpointId);
    if (lane === undefined) {
      lane = {
        endpointId,
        queue: [],
        inFlight: 0,
        maxConcurrency: DEFAULT_CONCURRENCY,
        isKnown: false,
        pace: new Pace(),
        ready: false,
        leftOut: false,
        timer: null,
      };
      lanes.set(endpointId, lane);
    }
    return lane;
  }

  function markReady(lane: Lane): void {
    if (lane.ready || lane.queue.length === 0) return;
    lane.ready = true;
    ring.push(lane);
  }

  function removed(item: QueuedDelivery): void {
    queued--;
    queuedBytes -= sizeOf(item);
  }

  function forgetIfIdle(lane: Lane): void {
    // A lane that has learnt a pace is kept: forgetting it would mean learning it again with failures.
    if (
      lane.queue.length === 0 &&
      lane.inFlight === 0 &&
      lane.timer === null &&
      lane.pace.ratePerSecond === null
    ) {
      lanes.delete(lane.endpointId);
    }
  }

  return {
    queued: () => queued,
    isFull: () => queuedBytes >= MAX_QUEUED_BYTES,
    room(endpointId) {
      if (queuedBytes >= MAX_QUEUED_BYTES) return 0;
      const lane = lanes.get(endpointId);
      const free =
        lane === undefined ? DEFAULT_CONCURRENCY * QUEUE_PER_ATTEMPT : capacity(lane) - lane.queue.length;
      return Math.max(0, Math.min(free, MAX_QUEUED - queued));
    },
    push(item) {
      const lane = laneOf(item.endpointId);
      lane.queue.push(item);
      queued++;
      queuedBytes += sizeOf(item);
      if (lane.timer === null) markReady(lane);
    },
    next(nowMs) {
      for (let turns = ring.length; turns > 0; turns--) {
        const lane = ring.shift();
        if (lane === undefined) return null;
        lane.ready = false;
        if (lane.queue.length === 0) {
          forgetIfIdle(lane);
          continue;
        }
        // A full lane comes back into the ring when one of its attempts ends.
        if (lane.inFlight >= (lane.isKnown ? lane.maxConcurrency : 1)) continue;
        const waitMs = lane.pace.waitMs(nowMs);
        if (waitMs > 0) {
          lane.timer ??= setTimeout(() => {
            lane.timer = null;
            markReady(lane);
            kick();
          }, waitMs);
          continue;
        }
        const item = lane.queue.shift();
        if (item === undefined) continue;
        removed(item);
        lane.inFlight++;
        if (lane.leftOut && lane.queue.length <= capacity(lane) / 4) {
          lane.leftOut = false;
          more();
        }
        lane.pace.started(nowMs);
        markReady(lane);
        return { lane, item };
      }
      return null;
    },
    setLimits(lane, { maxConcurrency, rateLimit }) {
      lane.pace.setMost(rateLimit);
      if (lane.isKnown && lane.maxConcurrency === maxConcurrency) return;
      lane.isKnown = true;
      lane.maxConcurrency = maxConcurrency;
      if (lane.timer !== null || lane.queue.length === 0) return;
      markReady(lane);
      // Later: this is called while an attempt is being started.
      queueMicrotask(kick);
    },
    finished(lane) {
      lane.inFlight--;
      if (lane.timer === null) markReady(lane);
      forgetIfIdle(lane);
    },
    takeOut(which) {
      const out: QueuedDelivery[] = [];
      for (const lane of lanes.values()) {
        if (lane.queue.length === 0) continue;
        const kept: QueuedDelivery[] = [];
        for (const item of lane.queue) {
          if (which(item, lane)) {
            removed(item);
            out.push(item);
          } else kept.push(item);
        }
        lane.queue = kept;
        forgetIfIdle(lane);
      }
      return out;
    },
    saturated(nowMs) {
      const full: string[] = [];
      for (const lane of lanes.values()) {
        if (lane.queue.length < capacity(lane) / 2 && lane.pace.waitMs(nowMs) <= 2_000) continue;
        lane.leftOut = true;
        full.push(lane.endpointId);
      }
      return full;
    },
  };
}
