// Owns how a claimed run gets further: call the SDK, record what it reports, call again, until the run ends or has
// to wait. Every write is fenced by the lease, so a run that was taken over meanwhile is simply dropped here.
import type { Pool } from "pg";
import {
  type Call,
  type CallResult,
  callRequest,
  readCallResult,
  type ServeHandler,
  type StepReport,
} from "@/inngest/embedded/call-protocol";
import type { EngineFunction } from "@/inngest/embedded/function-config";
import {
  type ClaimedRun,
  finishRun,
  loadSteps,
  restRun,
  type StepRow,
  saveSteps,
} from "@/inngest/embedded/run-store";

export type RunContext = {
  pool: Pool;
  handler: ServeHandler;
  /** Unix ms. */
  clock: () => number;
  /** Milliseconds before retry number `attempt` (1 is the first). */
  backoff: (attempt: number) => number;
  /** True once the executor wants its runs back at rest. */
  isStopping: () => boolean;
};

/** A run that kills its process this often in a row is given up, or it would take down every process in turn. */
const MAX_LOST_LEASES = 20;
/** Pauses between tries to write a result: losing it would repeat the step's side effects. */
const WRITE_PAUSES_MS = [50, 200, 1_000];

async function persist<T>(write: () => Promise<T>): Promise<T> {
  for (const pause of WRITE_PAUSES_MS) {
    try {
      return await write();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return write();
}

class LeaseLostError extends Error {}

class RunExecution {
  private readonly context: RunContext;
  private readonly fn: EngineFunction;
  private readonly run: ClaimedRun;
  private readonly steps = new Map<string, StepRow>();
  private attempt: number;

  constructor(context: RunContext, fn: EngineFunction, run: ClaimedRun) {
    this.context = context;
    this.fn = fn;
    this.run = run;
    this.attempt = run.attempt;
  }

  async execute(): Promise<void> {
    const { context, run } = this;
    if (run.lostLeases > MAX_LOST_LEASES) {
      return this.fail({
        name: "EngineError",
        message: `The run lost its lease ${run.lostLeases} times in a row.`,
      });
    }
    for (const step of await loadSteps(context.pool, run.id)) this.steps.set(step.id, step);
    for (;;) {
      if (await this.finishDueSteps()) return;
      if (context.isStopping()) return this.rest(context.clock());
      const result = await this.call(undefined, this.attempt);
      if (result.outcome !== "steps") return this.end(result);
      if (!(await this.record(result.steps))) {
        const due = this.nextDue();
        if (due === undefined) {
          return this.fail({ name: "EngineError", message: "The function reported no step that is new." });
        }
        if (due > context.clock()) return this.rest(due);
      }
    }
  }

  private async call(stepId: string | undefined, attempt: number): Promise<CallResult> {
    const { context, fn, run } = this;
    const call: Call = {
      functionId: fn.id,
      runId: run.id,
      event: run.event,
      steps: [...this.steps.values()],
      stepId,
      attempt,
      maxAttempts: fn.maxAttempts,
    };
    try {
      return await readCallResult(await context.handler(callRequest(call)), context.clock());
    } catch (error) {
      // The SDK answers its own failures; whatever gets here counts as a failed call, or the run would never end.
      const message = error instanceof Error ? error.message : String(error);
      return { outcome: "retry", error: { name: "EngineError", message }, notBefore: undefined };
    }
  }

  /** Steps that are due now: sleeps end, planned steps run side by side. True when that ended the whole run. */
  private async finishDueSteps(): Promise<boolean> {
    const now = this.context.clock();
    const due = this.pending().filter((step) => (step.dueAt ?? 0) <= now);
    const slept = due.filter((step) => step.state === "sleeping");
    await this.save(slept.map((step) => this.finished(step, { kind: "completed", data: null })));
    const planned = due.filter((step) => step.state === "planned");
    const ended = await Promise.all(planned.map((step) => this.runPlanned(step)));
    return ended.includes(true);
  }

  private async runPlanned(step: StepRow): Promise<boolean> {
    const result = await this.call(step.id, step.attempt);
    if (result.outcome === "steps") {
      await this.record(result.steps.filter((report) => report.id === step.id && report.kind !== "planned"));
      return false;
    }
    if (result.outcome === "retry") {
      // The function failed before it reached the step, which counts as a failed call of the step.
      await this.record([{ kind: "retry", id: step.id, name: step.name, ...result }]);
      return false;
    }
    await this.end(result);
    return true;
  }

  /** Stores what is new among `reports`; true when a step finished, so that the function can go on at once. */
  private async record(reports: readonly StepReport[]): Promise<boolean> {
    const rows = reports.flatMap((report) => this.advanced(report) ?? []);
    await this.save(rows);
    const progress = rows.some((row) => row.finishedOrder !== null);
    if (progress) this.attempt = 0;
    return progress;
  }

  /** The step as it is after `report`; undefined when the report says nothing new. */
  private advanced(report: StepReport): StepRow | undefined {
    const { id, name } = report;
    const now = this.context.clock();
    const known = this.steps.get(id);
    if (known !== undefined && known.finishedOrder !== null) return undefined;
    const blank = { state: "planned", attempt: 0, dueAt: now, data: undefined, error: undefined } as const;
    const row: StepRow = known ?? { id, name, ...blank, finishedOrder: null };
    switch (report.kind) {
      case "planned":
        return known === undefined ? row : undefined;
      case "sleeping":
        return known === undefined ? { ...row, state: "sleeping", dueAt: report.until } : undefined;
      case "completed":
      case "failed":
        return this.finished(row, report);
      case "retry": {
        const attempt = (known?.attempt ?? this.attempt) + 1;
        if (attempt >= this.fn.maxAttempts)
          return this.finished(row, { kind: "failed", error: report.error });
        return {
          ...row,
          attempt,
          dueAt: report.notBefore ?? now + this.context.backoff(attempt),
          error: report.error,
        };
      }
    }
  }

  private finished(
    step: StepRow,
    result: { kind: "completed"; data: unknown } | { kind: "failed"; error: unknown },
  ): StepRow {
    const finishedOrder = [...this.steps.values()].filter((other) => other.finishedOrder !== null).length;
    const row: StepRow =
      result.kind === "completed"
        ? { ...step, state: "completed", data: result.data, error: undefined, dueAt: null, finishedOrder }
        : { ...step, state: "failed", error: result.error, dueAt: null, finishedOrder };
    // Reserved at once: sibling steps that finish while this row is being written take the next places.
    this.steps.set(row.id, row);
    return row;
  }

  private async save(rows: readonly StepRow[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) this.steps.set(row.id, row);
    if (!(await persist(() => saveSteps(this.context.pool, this.run, rows)))) throw new LeaseLostError();
  }

  private pending(): StepRow[] {
    return [...this.steps.values()].filter((step) => step.finishedOrder === null);
  }

  private nextDue(): number | undefined {
    const times = this.pending().map((step) => step.dueAt ?? 0);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private async end(result: Exclude<CallResult, { outcome: "steps" }>): Promise<void> {
    const { context, fn, run } = this;
    if (result.outcome === "completed") {
      await persist(() =>
        finishRun(context.pool, run, { state: "completed", output: result.output }, context.clock()),
      );
      return;
    }
    if (result.outcome === "failed") return this.fail(result.error);
    this.attempt += 1;
    if (this.attempt >= fn.maxAttempts) return this.fail(result.error);
    return this.rest(result.notBefore ?? context.clock() + context.backoff(this.attempt));
  }

  private async fail(error: unknown): Promise<void> {
    const { context, run } = this;
    await persist(() => finishRun(context.pool, run, { state: "failed", error }, context.clock()));
  }

  private async rest(dueMs: number): Promise<void> {
    await persist(() => restRun(this.context.pool, this.run, { dueMs, attempt: this.attempt }));
  }
}

/**
 * Executes a claimed run until it ends or waits. Resolves quietly when the lease was lost: somebody else has the run.
 * Rejects when PostgreSQL cannot be reached; the run is then claimed again after its lease.
 */
export async function executeRun(context: RunContext, fn: EngineFunction, run: ClaimedRun): Promise<void> {
  try {
    await new RunExecution(context, fn, run).execute();
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
  }
}
