// Owns the list of function options that the embedded executor honours. Anything else stops start-up: an option
// that is silently ignored here would make the two engines behave differently.
import { Cron } from "croner";
import type { InngestFunction } from "inngest";

export type CronTrigger = { expression: string; schedule: Cron };

export type EngineFunction = {
  /** The function's id as the SDK knows it: `<client id>-<function id>`. */
  id: string;
  /** Names of the events that start a run. */
  events: ReadonlySet<string>;
  crons: readonly CronTrigger[];
  /** How many runs may execute at once, over all processes; undefined means no limit of its own. */
  concurrency: number | undefined;
  /** Calls a step or the function may cost in total: `retries` + 1. */
  maxAttempts: number;
};

/** Options that the SDK itself carries out in the call, or that only describe. */
const CARRIED_BY_SDK = new Set([
  "id",
  "name",
  "description",
  "middleware",
  "optimizeParallelism",
  "checkpointing",
]);
const DEFAULT_RETRIES = 3;

/** A function asks for something that the embedded executor cannot do. */
export class UnsupportedFunctionError extends Error {
  constructor(functionId: string, what: string) {
    super(
      `Function "${functionId}" uses ${what}, which the embedded engine does not support. Remove it, or run with an Inngest server.`,
    );
    this.name = "UnsupportedFunctionError";
  }
}

function readConcurrency(functionId: string, value: unknown): number | undefined {
  const options: unknown[] = Array.isArray(value) ? value : [value];
  if (options.length > 1)
    throw new UnsupportedFunctionError(functionId, "more than one `concurrency` option");
  const option = options[0];
  if (option === undefined) return undefined;
  if (typeof option === "object" && option !== null) {
    for (const [key, set] of Object.entries(option)) {
      const known = key === "limit" || (key === "scope" && set === "fn");
      if (!known && set !== undefined)
        throw new UnsupportedFunctionError(functionId, `\`concurrency.${key}\``);
    }
  }
  const limit = typeof option === "object" && option !== null && "limit" in option ? option.limit : option;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 0) {
    throw new UnsupportedFunctionError(functionId, `\`concurrency\` limit ${JSON.stringify(limit)}`);
  }
  // As with Inngest, 0 means "no limit of its own".
  return limit === 0 ? undefined : limit;
}

function readCron(functionId: string, expression: string): CronTrigger {
  const zoned = /^TZ=(\S+)\s+(.+)$/.exec(expression);
  const pattern = zoned?.[2] ?? expression;
  try {
    const schedule = new Cron(pattern, { paused: true, timezone: zoned?.[1] ?? "UTC", mode: "5-part" });
    return { expression, schedule };
  } catch {
    throw new UnsupportedFunctionError(functionId, `the cron expression "${expression}"`);
  }
}

function eventName(event: unknown): string | undefined {
  if (typeof event === "string") return event;
  if (typeof event === "object" && event !== null && "name" in event && typeof event.name === "string") {
    return event.name;
  }
  return undefined;
}

function readTriggers(functionId: string, triggers: readonly unknown[]) {
  const events = new Set<string>();
  const crons: CronTrigger[] = [];
  for (const trigger of triggers) {
    if (typeof trigger !== "object" || trigger === null) continue;
    for (const key of ["if", "jitter"] as const) {
      if (key in trigger && (trigger as Record<string, unknown>)[key] !== undefined) {
        throw new UnsupportedFunctionError(functionId, `\`triggers.${key}\``);
      }
    }
    const cron = "cron" in trigger ? trigger.cron : undefined;
    const name = "event" in trigger ? eventName(trigger.event) : undefined;
    if (typeof cron === "string") crons.push(readCron(functionId, cron));
    else if (name === undefined || name.includes("*") || name.startsWith("inngest/")) {
      throw new UnsupportedFunctionError(functionId, `the trigger "${name ?? "without a name"}"`);
    } else events.add(name);
  }
  if (events.size === 0 && crons.length === 0) throw new UnsupportedFunctionError(functionId, "no trigger");
  return { events, crons };
}

/** What the executor needs to know of one function. Throws UnsupportedFunctionError, naming function and option. */
export function readFunction(fn: InngestFunction.Any, clientId: string): EngineFunction {
  const id = fn.id(clientId);
  const { triggers, retries, concurrency, ...rest } = fn.opts;
  for (const [option, value] of Object.entries(rest)) {
    if (value !== undefined && !CARRIED_BY_SDK.has(option)) {
      throw new UnsupportedFunctionError(id, `\`${option}\``);
    }
  }
  return {
    id,
    ...readTriggers(id, triggers ?? []),
    concurrency: readConcurrency(id, concurrency),
    maxAttempts: (retries ?? DEFAULT_RETRIES) + 1,
  };
}
