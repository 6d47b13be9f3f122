// Owns the flow of leased deliveries through lanes, attempts and the recorder, and the claims that feed it.
import type { Logger } from "pino";
import { matchesTenant } from "@/lib/domain/endpoint/event-type-match";
import type { IdKind } from "@/lib/domain/ids";
import type { Outbound } from "../../outbound/send";
import type { Database } from "../../repositories/database";
import { UNWANTED_REASON } from "../../repositories/endpoint-deliveries";
import {
  type ClaimedRow,
  claimDue,
  claimOne,
  type ReleaseRow,
  readSchedule,
  releaseLeases,
} from "../../repositories/hot-path/lease-statements";
import { createGroupCommit } from "../group-commit";
import { internalFailure } from "./internal-failure";
import { interruptedRecord } from "./interrupted";
import { createLanes, type Lane, MAX_QUEUED, type QueuedDelivery } from "./lanes";
import { type MadeAttempt, makeAttempt } from "./make-attempt";
import type { AttemptOneResult, DeliveryPump } from "./pump";
import type { Recorder } from "./recorder";
import type { Target, TargetCache } from "./targets";
import type { TokenCache } from "./token-cache";
import { type WireCache, WireError } from "./wires";

const MAX_IN_FLIGHT = 1_000;
const CLAIM_SIZE = 500;
/** Below this many waiting deliveries the next claim is sent, so that lanes never run dry during a drain. */
const LOW_WATER = 1_000;
const MAX_UNRECORDED = 2_000;
const POLL_MS = 1_000;
/** A lease must leave time for the attempt itself and this much more. */
const START_RESERVE_MS = 3_000;
/** Attempts whose connection has been closed at a stop take no longer than this to end. */
const INTERRUPTED_MS = 2_000;

export type PumpParts = {
  db: Database;
  outbound: Outbound;
  targets: TargetCache;
  wires: WireCache;
  tokens: TokenCache;
  recorder: Recorder;
  logger: Logger;
  now: () => number;
  monotonicMs: () => number;
  random: () => number;
  newId: (kind: IdKind) => string;
  /** False where a process may be frozen after its answer: everything is then left to claims. */
  inlineAttempts: boolean;
  /** The receiver answered 410. */
  receiverGone: (target: Target) => Promise<void>;
};

export type StoppablePump = DeliveryPump & {
  /** Starts polling for due work. */
  start(): void;
  /** Takes nothing new, releases what waits, and gives attempts in flight until the deadline. */
  stop(options: { deadlineMs: number }): Promise<void>;
};

/** The delivery pump of this process. */
export function createPump(parts: PumpParts): StoppablePump {
  const { recorder, targets, monotonicMs, logger } = parts;
  const lanes = createLanes({ kick: () => dispatch(), more: () => wake() });
  const releases = createGroupCommit<ReleaseRow, void>({
    write: async (rows) => {
      await releaseLeases(parts.db.hot, rows);
      return rows.map(() => undefined);
    },
    maxItems: 100,
    lingerMs: 5,
    maxInFlight: 1,
    maxQueued: 2 * MAX_QUEUED,
  });
  /** Attempts that the engine waits for. */
  const asked = new Set<Promise<AttemptOneResult>>();
  let inFlight = 0;
  let stopping = false;
  let claiming: Promise<number> | null = null;
  let claimAgain = false;
  let poll: NodeJS.Timeout | null = null;
  let drained: (() => void) | null = null;

  function release(
    item: QueuedDelivery,
    state: ReleaseRow["state"],
    reason: string | null,
    delayMs: number,
  ): void {
    releases
      .add({ deliveryId: item.deliveryId, leaseToken: item.leaseToken, delayMs, state, reason })
      .catch((error: unknown) =>
        logger.warn({ err: error, delivery: item.deliveryId }, "a lease was left to end by itself"),
      )
      .finally(() => item.done?.({ outcome: "released" }));
  }

  function dispatch(): void {
    while (!stopping && inFlight < MAX_IN_FLIGHT && recorder.queued() < MAX_UNRECORDED) {
      const next = lanes.next(monotonicMs());
      if (next === null) break;
      inFlight++;
      void run(next.lane, next.item).finally(() => {
        inFlight--;
        lanes.finished(next.lane);
        if (inFlight === 0) drained?.();
        if (claimAgain && lanes.queued() < LOW_WATER) wake();
        dispatch();
      });
    }
  }

  /** The endpoint as it is cached, when the event is its own. Spares the hot path a promise. */
  function ownTarget(item: QueuedDelivery): Target | undefined {
    const known = targets.fresh(item.endpointId);
    return known !== undefined && matchesTenant(known.tenant, item.event.tenant) ? known : undefined;
  }

  /** The endpoint; of this very moment when the cached one is another tenant's than the event. */
  async function loadTarget(item: QueuedDelivery): Promise<Target | null> {
    const known = await targets.get(item.endpointId);
    if (known === null || matchesTenant(known.tenant, item.event.tenant)) return known;
    // It may have been read before the change that made this event its own: what ends a delivery must not be out of date.
    targets.forget(item.endpointId);
    return targets.get(item.endpointId);
  }

  /** What became of the attempt, our own faults included: a delivery must not go round for ever. Throws what the database does. */
  async function attempt(item: QueuedDelivery, target: Target): Promise<MadeAttempt> {
    let wire = parts.wires.known(item.wire);
    try {
      wire ??= await parts.wires.get(item.wire);
      return await makeAttempt(parts, item, target, wire);
    } catch (error) {
      if (wire === undefined && !(error instanceof WireError)) throw error;
      logger.error({ err: error, delivery: item.deliveryId }, "an attempt failed inside Signpost");
      return internalFailure(parts, item, target, error);
    }
  }

  async function run(lane: Lane, item: QueuedDelivery): Promise<void> {
    try {
      const target = ownTarget(item) ?? (await loadTarget(item));
      if (target === null) return release(item, "cancelled", "endpoint_deleted", 0);
      if (!matchesTenant(target.tenant, item.event.tenant))
        return release(item, "cancelled", UNWANTED_REASON, 0);
      lanes.setLimits(lane, target);
      if (item.trigger === "event" && target.state !== "active")
        return release(item, "held", `endpoint_${target.state}`, 0);
      // A lease that could end during the attempt would let somebody else make it as well.
      if (monotonicMs() + target.timeoutMs + START_RESERVE_MS > item.leaseEndsAt)
        return release(item, "pending", null, 0);
      const made = await attempt(item, target);
      if (made.feedback.kind === "ok") lane.pace.succeeded(monotonicMs());
      if (made.feedback.kind === "pushed_back") {
        lane.pace.pushedBack(monotonicMs(), made.feedback.retryAfterMs, made.feedback.why);
      }
      recorder
        .add({ record: made.record, environmentId: item.environmentId, engineCarries: item.engineCarries })
        .then(
          async (row) => {
            item.done?.({ outcome: "recorded", state: row.state, nextAttemptAt: row.nextAttemptAt });
            if (made.disableEndpoint) await parts.receiverGone(target);
          },
          (error: unknown) => {
            logger.error(
              { err: error, delivery: item.deliveryId },
              "an attempt could not be recorded; its lease will end",
            );
            item.done?.({ outcome: "released" });
          },
        )
        .catch((error: unknown) =>
          logger.error({ err: error, endpoint: item.endpointId }, "an endpoint could not be disabled"),
        );
    } catch (error) {
      // The database could not be asked: the attempt was not made, so the row goes back for later.
      logger.error({ err: error, delivery: item.deliveryId }, "an attempt could not be started");
      release(item, "pending", null, 5_000);
    }
  }

  /** Rows that came with a lost lease leave a trace of the attempt that may have reached the receiver. */
  function queue(
    row: ClaimedRow,
    claimedAt: number,
    engineCarries: boolean,
    done: QueuedDelivery["done"],
  ): void {
    if (row.lost_attempt !== null) {
      recorder
        .add({
          record: interruptedRecord(row, row.lost_attempt, parts),
          environmentId: row.environment_id,
          engineCarries: true,
        })
        .catch((error: unknown) =>
          logger.warn({ err: error, delivery: row.id }, "a lost attempt left no trace"),
        );
    }
    const item: QueuedDelivery = {
      deliveryId: row.id,
      environmentId: row.environment_id,
      endpointId: row.endpoint_id,
      event: {
        id: row.event_id,
        type: row.type,
        occurredAtMs: row.occurred_at_ms,
        data: row.data,
        tenant: row.tenant,
        subject: row.subject,
        attributes: row.attributes,
      },
      wire: { profileVersionId: row.profile_version_id, transformId: row.transform_id },
      elapsedMs: row.elapsed_ms,
      attemptNumber: row.attempt_count,
      step: row.step,
      leaseToken: BigInt(row.lease_token),
      trigger: row.trigger,
      leaseEndsAt: claimedAt + row.lease_ms,
      engineCarries,
      done,
    };
    // A claim may come back after the stop has emptied the lanes: nobody would look there again.
    if (stopping) release(item, "pending", null, 0);
    else lanes.push(item);
  }

  async function claimUntilDry(): Promise<number> {
    let claimed = 0;
    claimAgain = false;
    while (!stopping) {
      const free = Math.min(CLAIM_SIZE, MAX_QUEUED - lanes.queued());
      if (free <= 0 || lanes.queued() >= LOW_WATER || lanes.isFull()) {
        claimAgain = true;
        break;
      }
      const claimedAt = monotonicMs();
      const rows = await claimDue(parts.db.hot, free, lanes.saturated(claimedAt));
      for (const row of rows) queue(row, claimedAt, false, null);
      claimed += rows.length;
      dispatch();
      if (rows.length < free) break;
    }
    return claimed;
  }

  function claimNow(): Promise<number> {
    if (stopping) return Promise.resolve(0);
    claiming ??= claimUntilDry().finally(() => {
      claiming = null;
    });
    return claiming;
  }

  function wake(): void {
    claimNow().catch((error: unknown) => logger.warn({ err: error }, "due deliveries could not be claimed"));
  }

  function tick(): void {
    // What cannot start within its lease any more goes back, and waits for its lane outside of memory.
    const late = lanes.takeOut((item) => {
      const timeoutMs = targets.peek(item.endpointId)?.timeoutMs ?? 15_000;
      return monotonicMs() + timeoutMs + START_RESERVE_MS + POLL_MS > item.leaseEndsAt;
    });
    for (const item of late) release(item, "pending", null, 2_000);
    // After back-pressure from the recorder nothing else may start what waits here.
    dispatch();
    wake();
  }

  return {
    claimNow,
    wake,
    load: () => ({ queued: lanes.queued(), inFlight }),
    room: (endpointId) => (stopping || !parts.inlineAttempts ? 0 : lanes.room(endpointId)),
    accept(deliveries) {
      for (const delivery of deliveries) {
        const item: QueuedDelivery = { ...delivery, engineCarries: false, done: null };
        if (stopping) release(item, "pending", null, 0);
        else lanes.push(item);
      }
      dispatch();
    },
    attemptOne(deliveryId, options) {
      const running = attemptOne(deliveryId, options).finally(() => asked.delete(running));
      asked.add(running);
      return running;
    },
    drop(deliveryId) {
      for (const item of lanes.takeOut((one) => one.deliveryId === deliveryId))
        item.done?.({ outcome: "released" });
    },
    forgetEndpoint: (endpointId) => targets.forget(endpointId),
    start() {
      poll ??= setInterval(tick, POLL_MS);
      wake();
    },
    async stop({ deadlineMs }) {
      stopping = true;
      if (poll !== null) clearInterval(poll);
      for (const item of lanes.takeOut(() => true)) release(item, "pending", null, 0);
      await Promise.allSettled([claiming, attemptsEnded(deadlineMs)]);
      // What is still under way ends as interrupted, and is recorded as that while the database can be reached.
      parts.outbound.close();
      await attemptsEnded(INTERRUPTED_MS);
      await Promise.allSettled([...asked, recorder.idle(), releases.idle()]);
    },
  };

  /** Resolves when no attempt is in flight, or after `limitMs`. */
  async function attemptsEnded(limitMs: number): Promise<void> {
    if (inFlight === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((resolve) => {
        drained = resolve;
      }),
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, limitMs);
      }),
    ]);
    clearTimeout(timer);
  }

  async function attemptOne(deliveryId: string, { force }: { force: boolean }): Promise<AttemptOneResult> {
    const claimedAt = monotonicMs();
    const row = stopping ? null : await claimOne(parts.db.hot, deliveryId, force);
    if (row === null) return whyNotClaimed(deliveryId);
    const result = await new Promise<Parameters<NonNullable<QueuedDelivery["done"]>>[0]>((resolve) => {
      queue(row, claimedAt, true, resolve);
      dispatch();
    });
    if (result.outcome === "recorded" && result.state === "pending" && result.nextAttemptAt !== null) {
      return { outcome: "retry", nextAttemptAt: result.nextAttemptAt };
    }
    return result.outcome === "recorded" && result.state !== null
      ? { outcome: "settled", state: result.state }
      : whyNotClaimed(deliveryId);
  }

  async function whyNotClaimed(deliveryId: string): Promise<AttemptOneResult> {
    const schedule = await readSchedule(parts.db.hot, deliveryId);
    if (schedule === null) return { outcome: "settled", state: "gone" };
    if (schedule.state !== "pending") return { outcome: "settled", state: schedule.state };
    if (schedule.leased && schedule.leaseUntil !== null)
      return { outcome: "busy", retryAt: schedule.leaseUntil };
    if (!schedule.due && schedule.nextAttemptAt !== null)
      return { outcome: "not_due", nextAttemptAt: schedule.nextAttemptAt };
    return { outcome: "busy", retryAt: new Date(parts.now() + 2_000) };
  }
}
