// Owns what happens between a checked event and its commit: matching, leasing, group commit, repetition and staleness.
import { performance } from "node:perf_hooks";
import type { AcceptedEventDto } from "@/lib/contracts/events";
import { AppError } from "@/lib/domain/errors";
import type { IdKind } from "@/lib/domain/ids";
import { expandPolicy } from "@/lib/domain/retry/policy";
import type { Database } from "../../repositories/database";
import {
  type DeliveryRow,
  deleteKey,
  type EventRow,
  findKnownEvent,
  findKnownKey,
  insertEvents,
  type WrittenEvent,
} from "../../repositories/hot-path/ingest-statement";
import { LEASE_MARGIN_MS } from "../../repositories/hot-path/lease-statements";
import { readRouting } from "../../repositories/hot-path/read-routing";
import type { DeliveryPump, LeasedDelivery } from "../delivery/pump";
import { createGroupCommit } from "../group-commit";
import { createFinalCommitter } from "./final-events";
import type { ParsedEvent } from "./parse-event";
import type { PreparedEvent } from "./prepared-event";
import { createSnapshotCache, type EndpointSnapshot, type SnapshotCache } from "./snapshots";

const LINGER_MS = 2;
const MAX_GROUP = 100;
const MAX_IN_FLIGHT = 2;
const MAX_QUEUED = 4_000;
/** Every miss means that an endpoint changed between matching and commit; more than this in a row is a storm. */
const MAX_STALE_ROUNDS = 10;

export type IngestPipeline = {
  snapshots: SnapshotCache;
  /** Matches an event with the endpoints of a snapshot and makes its rows. */
  prepare(snapshot: EndpointSnapshot, input: PrepareInput): PreparedEvent;
  /** Makes one event durable, or gives the answer of the earlier request that it repeats. */
  commitOne(input: PrepareInput): Promise<AcceptedOne>;
  /** The matching snapshot; throws `not_found` when the environment is gone. */
  snapshotFor(environmentId: string): Promise<EndpointSnapshot>;
  /** Hands the leased deliveries of a committed event over, and lets a claim find the others. */
  handOver(prepared: PreparedEvent): void;
};

export type PrepareInput = {
  environmentId: string;
  id: string;
  event: ParsedEvent;
  receivedAtMs: number;
  idempotencyKey: string | null;
  /** Callbacks that an earlier event of the same batch ends. */
  ended?: ReadonlySet<string>;
};

export type AcceptedOne = AcceptedEventDto & { replayed: boolean };

export type PipelineParts = {
  db: Database;
  pump: DeliveryPump;
  newId: (kind: IdKind) => string;
  /** An event has ended callbacks of the environment. */
  callbacksEnded: (environmentId: string) => void;
};

export const SINGLE_ROUTE = "POST /api/v1/events";

/** The answer to a repeated request, or the refusal when it is not the same request. */
export function sameOrRefuse(kind: "key" | "id", known: Buffer, given: Buffer): void {
  if (known.equals(given)) return;
  throw kind === "key"
    ? new AppError(
        "idempotency_mismatch",
        "This Idempotency-Key was used before with a different body; use a new key.",
      )
    : new AppError(
        "event_id_conflict",
        "An event with this id exists with different content; ids are used once.",
      );
}

/** The ingest pipeline of this process. */
export function createIngestPipeline({ db, pump, newId, callbacksEnded }: PipelineParts): IngestPipeline {
  const snapshots = createSnapshotCache((environmentId, since) => readRouting(db.hot, environmentId, since));
  const committer = createGroupCommit<EventRow, WrittenEvent>({
    write: (rows) => insertEvents(db.hot, rows),
    maxItems: MAX_GROUP,
    lingerMs: LINGER_MS,
    maxInFlight: MAX_IN_FLIGHT,
    maxQueued: MAX_QUEUED,
  });
  const finals = createFinalCommitter(db);
  // Requests for the same key or id take turns: two of them in one statement could not be told apart.
  const turns = new Map<string, { hash: Buffer; running: Promise<AcceptedOne> }>();

  function prepare(snapshot: EndpointSnapshot, input: PrepareInput): PreparedEvent {
    const { event, environmentId } = input;
    const occurredAtMs =
      event.input.timestamp === undefined ? input.receivedAtMs : Date.parse(event.input.timestamp);
    const preparedAt = performance.now();
    const leased: LeasedDelivery[] = [];
    const { type, tenant = null, subject = null, attributes = null } = event.input;
    const deliverable = { id: input.id, type, occurredAtMs, data: event.data, tenant, subject, attributes };
    const { ended } = input;
    const routed = snapshot.match({ ...deliverable, timestamp: new Date(occurredAtMs) }, input.receivedAtMs);
    const deliveries: DeliveryRow[] = routed.matches
      .filter(({ endpoint }) => ended === undefined || !ended.has(endpoint.id))
      .map(({ endpoint, heldFor }) => {
        const id = newId("delivery");
        const delayMs = (expandPolicy(endpoint.retryPolicy).delaysSeconds[0] ?? 0) * 1000;
        const active = endpoint.state === "active" && heldFor === null;
        const leaseMs =
          active && delayMs === 0 && pump.room(endpoint.id) > 0 ? endpoint.timeoutMs + LEASE_MARGIN_MS : null;
        if (leaseMs !== null) {
          leased.push({
            deliveryId: id,
            environmentId,
            endpointId: endpoint.id,
            event: deliverable,
            attemptNumber: 1,
            step: 0,
            leaseToken: 1n,
            trigger: "event",
            wire: endpoint.wire,
            elapsedMs: null,
            leaseEndsAt: preparedAt + leaseMs,
          });
        }
        return {
          id,
          endpointId: endpoint.id,
          state: active ? "pending" : "held",
          stateReason: active ? null : (heldFor ?? `endpoint_${endpoint.state}`),
          trigger: "event",
          delayMs,
          leaseMs,
          ...endpoint.wire,
        };
      });
    return {
      preparedAt,
      leased,
      receivedAtMs: input.receivedAtMs,
      ends: routed.ends.filter((id) => ended === undefined || !ended.has(id)),
      row: {
        environmentId,
        version: snapshot.version,
        id: input.id,
        type,
        tenant,
        subject,
        attributes,
        data: event.data,
        isTest: false,
        requestHash: event.hash,
        occurredAtMs,
        idempotency:
          input.idempotencyKey === null
            ? null
            : {
                route: SINGLE_ROUTE,
                key: input.idempotencyKey,
                response: { id: input.id, deliveries: deliveries.length },
              },
        deliveries,
      },
    };
  }

  async function snapshotFor(environmentId: string): Promise<EndpointSnapshot> {
    const snapshot = await snapshots.get(environmentId);
    if (snapshot === null) throw new AppError("not_found", "This environment does not exist any more.");
    return snapshot;
  }

  function handOver(prepared: PreparedEvent): void {
    const { environmentId, version } = prepared.row;
    if (prepared.ends.length > 0) {
      snapshots.drop(environmentId, version);
      callbacksEnded(environmentId);
    }
    if (prepared.leased.length > 0) pump.accept(prepared.leased);
    if (prepared.row.deliveries.some((delivery) => delivery.state === "pending" && delivery.leaseMs === null))
      pump.wake();
  }

  /** The answer of the request that took this key or id first. */
  async function repeatOf(input: PrepareInput, keyed: boolean): Promise<AcceptedOne> {
    const { environmentId, idempotencyKey, event } = input;
    if (idempotencyKey !== null && !keyed) {
      const known = await findKnownKey(db.hot, environmentId, SINGLE_ROUTE, idempotencyKey);
      if (known !== null) {
        sameOrRefuse("key", known.requestHash, event.hash);
        return { ...(known.response as AcceptedEventDto), replayed: true };
      }
    }
    const known = await findKnownEvent(db.hot, environmentId, input.id);
    // The row vanished between two statements (retention, or a rolled back rival): the caller may simply repeat.
    if (known === null)
      throw new AppError("overloaded", "Please repeat the request.", { retryAfterSeconds: 1 });
    if (keyed && idempotencyKey !== null && !known.requestHash.equals(event.hash)) {
      await deleteKey(db.hot, environmentId, SINGLE_ROUTE, idempotencyKey);
    }
    sameOrRefuse("id", known.requestHash, event.hash);
    return { id: input.id, deliveries: known.deliveryCount, replayed: true };
  }

  async function commit(input: PrepareInput): Promise<AcceptedOne> {
    for (let round = 0; round < MAX_STALE_ROUNDS; round++) {
      const prepared = prepare(await snapshotFor(input.environmentId), input);
      const result = await (prepared.ends.length === 0 ? committer.add(prepared.row) : finals.add(prepared));
      if (result.version !== prepared.row.version) snapshots.drop(input.environmentId, prepared.row.version);
      if (result.written) {
        handOver(prepared);
        return { id: input.id, deliveries: prepared.row.deliveries.length, replayed: false };
      }
      if (result.fresh) return repeatOf(input, result.keyed);
    }
    throw new AppError(
      "overloaded",
      "Endpoints are changing too fast to match this event; try again shortly.",
      {
        retryAfterSeconds: 1,
      },
    );
  }

  async function inTurn(turn: string, hash: Buffer, work: () => Promise<AcceptedOne>): Promise<AcceptedOne> {
    for (;;) {
      const earlier = turns.get(turn);
      if (earlier === undefined) break;
      const answer = await earlier.running.catch(() => null);
      // Two hundred copies of one request cost one write: the same bytes get the same answer.
      if (answer !== null && earlier.hash.equals(hash)) return { ...answer, replayed: true };
    }
    const running = work();
    turns.set(turn, { hash, running });
    try {
      return await running;
    } finally {
      turns.delete(turn);
    }
  }

  return {
    snapshots,
    prepare,
    snapshotFor,
    handOver,
    commitOne(input) {
      const { environmentId, idempotencyKey, event } = input;
      // Key before id, always: who holds an id's turn never waits for a key's.
      const byId = () =>
        event.input.id === undefined
          ? commit(input)
          : inTurn(`id ${environmentId} ${input.id}`, event.hash, () => commit(input));
      return idempotencyKey === null
        ? byId()
        : inTurn(`key ${environmentId} ${idempotencyKey}`, event.hash, byId);
    },
  };
}
