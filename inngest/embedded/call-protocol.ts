// Owns the SDK's call protocol (Inngest SDK spec, sections 4.4 and 5): the request for one call of a function and
// the meaning of what comes back. Calls go straight to the serve() handler; nothing is listening.
import { z } from "zod";
import { retryAfterTime, sleepEnd } from "@/inngest/embedded/duration";
import { EMBEDDED_ORIGIN } from "@/inngest/embedded/event-fetch";
import type { StepRow } from "@/inngest/embedded/run-store";

export type ServeHandler = (request: Request) => Promise<Response>;

export type Call = {
  functionId: string;
  runId: string;
  event: unknown;
  steps: readonly StepRow[];
  /** The hashed id of the step to run, or undefined to run the function up to what it does next. */
  stepId: string | undefined;
  attempt: number;
  maxAttempts: number;
};

/** What one step turned out to be; times are Unix ms. */
export type StepReport =
  | { kind: "completed"; id: string; name: string; data: unknown }
  | { kind: "failed"; id: string; name: string; error: unknown }
  | { kind: "retry"; id: string; name: string; error: unknown; notBefore: number | undefined }
  | { kind: "planned"; id: string; name: string }
  | { kind: "sleeping"; id: string; name: string; until: number };

export type CallResult =
  | { outcome: "completed"; output: unknown }
  | { outcome: "failed"; error: unknown }
  | { outcome: "retry"; error: unknown; notBefore: number | undefined }
  | { outcome: "steps"; steps: StepReport[] };

const reportedStep = z.object({
  op: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z.record(z.string(), z.unknown()).nullish(),
});

type ReportedStep = z.infer<typeof reportedStep>;

function memoised(step: StepRow): unknown {
  return step.state === "failed"
    ? { type: "error", error: step.error }
    : { type: "data", data: step.data ?? null };
}

/** The request that makes the SDK run `call`. */
export function callRequest(call: Call): Request {
  const finished = call.steps
    .filter((step) => step.finishedOrder !== null)
    .sort((a, b) => (a.finishedOrder ?? 0) - (b.finishedOrder ?? 0));
  const url = new URL("/api/inngest", EMBEDDED_ORIGIN);
  url.searchParams.set("fnId", call.functionId);
  url.searchParams.set("stepId", call.stepId ?? "step");
  return new Request(url, {
    method: "POST",
    // The SDK builds its base address from the Host header and fails without one.
    headers: { "content-type": "application/json", host: url.host, "x-inngest-run-id": call.runId },
    body: JSON.stringify({
      // -1 lets the SDK choose the execution version it was built for.
      version: -1,
      event: call.event,
      events: [call.event],
      steps: Object.fromEntries(finished.map((step) => [step.id, memoised(step)])),
      ctx: {
        run_id: call.runId,
        attempt: call.attempt,
        max_attempts: call.maxAttempts,
        // While reported steps wait their turn, the SDK must only report: it would run the waiting one itself.
        disable_immediate_execution: call.steps.length > finished.length,
        use_api: false,
        stack: { stack: finished.map((step) => step.id), current: finished.length - 1 },
      },
    }),
  });
}

function readStep(step: ReportedStep, retryAfter: string | null, nowMs: number): StepReport | undefined {
  const name = step.displayName ?? step.name ?? step.id;
  switch (step.op) {
    case "StepRun":
    case "Step":
      return { kind: "completed", id: step.id, name, data: step.data ?? null };
    case "StepPlanned":
      return { kind: "planned", id: step.id, name };
    case "StepError":
      return {
        kind: "retry",
        id: step.id,
        name,
        error: step.error ?? null,
        notBefore: retryAfterTime(retryAfter, nowMs),
      };
    case "StepFailed":
      return { kind: "failed", id: step.id, name, error: step.error ?? null };
    case "Sleep": {
      const duration = step.opts?.duration;
      const until = sleepEnd(typeof duration === "string" ? duration : (step.name ?? ""), nowMs);
      return until === undefined ? undefined : { kind: "sleeping", id: step.id, name, until };
    }
    default:
      return undefined;
  }
}

function engineError(message: string) {
  return { name: "EngineError", message };
}

/** Reads the SDK's answer. An operation that the executor does not know ends the run: waiting would never end it. */
export async function readCallResult(response: Response, nowMs: number): Promise<CallResult> {
  const retryAfter = response.headers.get("retry-after");
  const text = await response.text();
  let body: unknown;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    return { outcome: "retry", error: engineError("The SDK's answer is not JSON."), notBefore: undefined };
  }
  if (response.status === 200) return { outcome: "completed", output: body };
  if (response.status !== 206) {
    const final = response.status < 500 || response.headers.get("x-inngest-no-retry") === "true";
    if (final) return { outcome: "failed", error: body };
    return { outcome: "retry", error: body, notBefore: retryAfterTime(retryAfter, nowMs) };
  }
  const parsed = z.array(reportedStep).safeParse(Array.isArray(body) ? body : [body]);
  if (!parsed.success) {
    return { outcome: "failed", error: engineError("The SDK's list of steps has an unknown shape.") };
  }
  const complete = parsed.data.find((step) => step.op === "RunComplete");
  if (complete !== undefined) return { outcome: "completed", output: complete.data ?? null };
  const steps: StepReport[] = [];
  for (const step of parsed.data) {
    const report = readStep(step, retryAfter, nowMs);
    if (report === undefined) {
      const what = `step "${step.displayName ?? step.id}" (${step.op})`;
      return { outcome: "failed", error: engineError(`The embedded engine does not support ${what}.`) };
    }
    steps.push(report);
  }
  return { outcome: "steps", steps };
}
