// Owns the embedded engine of one process: it wakes when something is due, claims runs, fires cron slots, keeps
// leases alive and gives everything back when it stops. Many processes may run one against the same tables.
import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import type { Pool } from "pg";
import type { EngineClient } from "@/inngest/client";
import { defaultBackoff } from "@/inngest/embedded/backoff";
import type { ServeHandler } from "@/inngest/embedded/call-protocol";
import { type CronSchedule, createCronSchedule, type DueSlot } from "@/inngest/embedded/cron-schedule";
import { fireCronSlot, insertEvents, prune } from "@/inngest/embedded/event-store";
import { type EngineFunction, readFunction } from "@/inngest/embedded/function-config";
import { currentEngineLink, type IncomingEvent, setEngineLink } from "@/inngest/embedded/link";
import { executeRun } from "@/inngest/embedded/run-executor";
import {
  type ClaimedRun,
  claimRuns,
  type LeaseHolder,
  nextDueTimes,
  renewLeases,
} from "@/inngest/embedded/run-store";

/** What the executor writes about itself: the shape of a pino logger. */
export type EngineLogger = {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type EmbeddedExecutorOptions = {
  pool: Pool;
  client: EngineClient;
  functions: readonly InngestFunction.Any[];
  logger: EngineLogger;
  /** Unix ms; `Date.now` unless given. */
  clock?: () => number;
  /** Runs that this process executes at once (default 64). */
  maxConcurrency?: number;
  /** How long a dead process keeps its runs (default 60 s). Renewed while a run is being executed. */
  leaseMs?: number;
  /** How often to look for work that another process left or stored (default 2 s). */
  pollMs?: number;
  /** How long finished runs stay readable (default 1 h). */
  keepFinishedMs?: number;
  /** Milliseconds before retry number `attempt`, when the function does not say. */
  backoff?: (attempt: number) => number;
};

export type EmbeddedExecutor = {
  /** Stores events and wakes the executor. Durable when it resolves. */
  insertEvents(events: readonly IncomingEvent[]): Promise<{ ids: string[] }>;
  /** Runs being executed by this process now. */
  activeRuns(): number;
  /** Claims nothing more, waits up to `graceMs` (default 20 s) for steps under way, and gives leases back. */
  stop(graceMs?: number): Promise<void>;
};

const PRUNE_EVERY_MS = 60_000;

class Executor implements EmbeddedExecutor {
  private readonly options: Required<EmbeddedExecutorOptions>;
  private readonly functions: readonly EngineFunction[];
  private readonly handler: ServeHandler;
  private readonly active = new Map<string, { holder: LeaseHolder; done: Promise<void> }>();
  private readonly cron: CronSchedule;
  private unfired: DueSlot[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly heartbeat: NodeJS.Timeout;
  private ticking: Promise<void> | undefined;
  private tickAgain = false;
  private stopping = false;
  private lastPrune = 0;

  constructor(
    options: Required<EmbeddedExecutorOptions>,
    functions: readonly EngineFunction[],
    handler: ServeHandler,
  ) {
    this.options = options;
    this.functions = functions;
    this.handler = handler;
    this.cron = createCronSchedule(functions, options.clock());
    this.heartbeat = setInterval(() => void this.renew(), options.leaseMs / 3);
    this.wake();
  }

  async insertEvents(events: readonly IncomingEvent[]) {
    const { pool, clock } = this.options;
    const result = await insertEvents(pool, this.functions, events, clock());
    this.wake();
    return result;
  }

  activeRuns(): number {
    return this.active.size;
  }

  async stop(graceMs = 20_000): Promise<void> {
    this.stopping = true;
    if (currentEngineLink() === this) setEngineLink(undefined);
    clearTimeout(this.timer);
    await this.ticking;
    let graceTimer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      graceTimer = setTimeout(resolve, graceMs);
    });
    // Past the grace the leases simply end, as after a crash.
    await Promise.race([Promise.all([...this.active.values()].map((run) => run.done)), grace]);
    clearTimeout(graceTimer);
    clearInterval(this.heartbeat);
    clearTimeout(this.timer);
  }

  /** Looks for work as soon as possible; calls while a look is under way lead to exactly one more. */
  private wake(): void {
    if (this.stopping) return;
    if (this.ticking !== undefined) {
      this.tickAgain = true;
      return;
    }
    clearTimeout(this.timer);
    this.ticking = this.tick()
      .catch((error: unknown) => {
        this.options.logger.error({ err: error }, "The embedded engine could not look for work");
        return this.options.pollMs;
      })
      .then((pauseMs) => {
        this.ticking = undefined;
        if (this.stopping) return;
        this.timer = setTimeout(() => this.wake(), this.tickAgain ? 0 : pauseMs);
        this.tickAgain = false;
      });
  }

  /** Fires, claims and starts what is due; gives the milliseconds until the next look. */
  private async tick(): Promise<number> {
    const { pool, clock, pollMs } = this.options;
    await this.fireCron();
    await this.pruneSometimes();
    const due = await nextDueTimes(
      pool,
      this.functions.map((fn) => fn.id),
    );
    const now = clock();
    // Turns start at another function each time, so that a busy one cannot take every free place for ever.
    const turn = Math.floor(Math.random() * this.functions.length);
    for (const fn of [...this.functions.slice(turn), ...this.functions.slice(0, turn)]) {
      const dueAt = due.get(fn.id);
      const room = this.options.maxConcurrency - this.active.size;
      if (dueAt === undefined || dueAt > now || room <= 0 || this.stopping) continue;
      for (const run of await claimRuns(pool, fn, { room, nowMs: now, leaseMs: this.options.leaseMs })) {
        this.start(fn, run);
      }
    }
    // What is due but was not claimed waits for a place: a run that ends wakes us, the poll covers other processes.
    const later = [...due.values()].filter((dueAt) => dueAt > now);
    const next = Math.min(...later, this.cron.next(now) ?? Number.POSITIVE_INFINITY);
    return Math.max(1, Math.min(pollMs, next - clock()));
  }

  private start(fn: EngineFunction, run: ClaimedRun): void {
    const { pool, clock, backoff, logger } = this.options;
    const context = { pool, clock, backoff, handler: this.handler, isStopping: () => this.stopping };
    const done = executeRun(context, fn, run)
      .catch((error: unknown) => {
        logger.error(
          { err: error, runId: run.id, functionId: fn.id },
          "The embedded engine lost hold of a run",
        );
      })
      .finally(() => {
        this.active.delete(run.id);
        this.wake();
      });
    this.active.set(run.id, { holder: run, done });
  }

  private async fireCron(): Promise<void> {
    const { pool, clock } = this.options;
    this.unfired.push(...this.cron.takeDue(clock()));
    while (this.unfired[0] !== undefined) {
      await fireCronSlot(pool, this.unfired[0], clock());
      this.unfired.shift();
    }
  }

  private async pruneSometimes(): Promise<void> {
    const { pool, clock, keepFinishedMs } = this.options;
    const now = clock();
    if (now - this.lastPrune < PRUNE_EVERY_MS) return;
    this.lastPrune = now;
    await prune(pool, now, keepFinishedMs);
  }

  private async renew(): Promise<void> {
    if (this.active.size === 0) return;
    const { pool, clock, leaseMs, logger } = this.options;
    const holders = [...this.active.values()].map((run) => run.holder);
    await renewLeases(pool, holders, clock() + leaseMs).catch((error: unknown) => {
      logger.error({ err: error }, "The embedded engine could not renew its leases");
    });
  }
}

/**
 * Starts the embedded engine in this process and makes it the target of `client.send`. Rejects with
 * UnsupportedFunctionError when a function needs something that only an Inngest server has.
 */
export async function startEmbeddedExecutor(options: EmbeddedExecutorOptions): Promise<EmbeddedExecutor> {
  const functions = options.functions.map((fn) => readFunction(fn, options.client.id));
  const handler = serve({ client: options.client, functions: [...options.functions] });
  const executor = new Executor(
    {
      clock: Date.now,
      maxConcurrency: 64,
      leaseMs: 60_000,
      pollMs: 2_000,
      keepFinishedMs: 3_600_000,
      backoff: (attempt) => defaultBackoff(attempt, Math.random()),
      ...options,
    },
    functions,
    handler,
  );
  setEngineLink(executor);
  return executor;
}
