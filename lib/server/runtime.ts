// Owns the one running instance of this process. Next's bundle and the launcher's bundle are two copies of this
// module in one process, so the instance hangs on a global symbol and not on a module variable.
import type { ServiceContext } from "./context";

const KEY = Symbol.for("signpost.runtime");

export type Runtime = ServiceContext & {
  /** Stops taking work, lets attempts in flight finish or releases them, and closes everything. */
  stop(options: { deadlineMs: number }): Promise<void>;
};

type Holder = { [KEY]?: Runtime };

/** The running instance; throws before `setRuntime` (the launcher, or instrumentation under plain Next). */
export function getRuntime(): Runtime {
  const runtime = (globalThis as Holder)[KEY];
  if (runtime === undefined) throw new Error("the Signpost runtime has not been started in this process");
  return runtime;
}

/** Makes `runtime` the instance of this process, or clears it with null. */
export function setRuntime(runtime: Runtime | null): void {
  if (runtime === null) delete (globalThis as Holder)[KEY];
  else (globalThis as Holder)[KEY] = runtime;
}

/** True when an instance runs in this process. */
export function hasRuntime(): boolean {
  return (globalThis as Holder)[KEY] !== undefined;
}
