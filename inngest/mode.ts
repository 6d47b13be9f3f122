// Owns the choice between the embedded engine and an Inngest server, and what either needs in the environment.
// Knows variable names only: it opens nothing, and never prints a value.

export type EngineMode = "embedded" | "inngest";

type Env = Readonly<Record<string, string | undefined>>;

const OFF = new Set(["", "0", "false", "no", "off"]);

function isOn(value: string | undefined): boolean {
  return value !== undefined && !OFF.has(value.trim().toLowerCase());
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}

/** "inngest" as soon as the SDK's own variables name a server or an event key; "embedded" otherwise. */
export function engineMode(env: Env): EngineMode {
  const named =
    isSet(env.INNGEST_BASE_URL) ||
    isSet(env.INNGEST_API_BASE_URL) ||
    isSet(env.INNGEST_EVENT_API_BASE_URL) ||
    isSet(env.INNGEST_EVENT_KEY) ||
    isOn(env.INNGEST_DEV);
  return named ? "inngest" : "embedded";
}

/** True when the SDK would accept unsigned calls: only for a development server. */
export function isInngestDev(env: Env): boolean {
  return engineMode(env) === "inngest" && isOn(env.INNGEST_DEV);
}

/**
 * Throws an Error in plain words when the process must not start with this environment. In Inngest mode a
 * signing key is what keeps strangers from calling `/api/inngest`, so it may only be missing in development.
 */
export function assertEngineEnv(env: Env): void {
  if (engineMode(env) === "embedded") {
    if (isSet(env.INNGEST_SIGNING_KEY)) {
      throw new Error(
        "INNGEST_SIGNING_KEY is set, but neither INNGEST_EVENT_KEY nor INNGEST_BASE_URL is: set the event key to use Inngest, or remove the signing key to use the embedded engine.",
      );
    }
    return;
  }
  if (isInngestDev(env)) {
    if (env.NODE_ENV === "production") {
      throw new Error(
        "INNGEST_DEV is set in production: it would accept unsigned calls to /api/inngest. Remove it, or set NODE_ENV=development.",
      );
    }
    return;
  }
  const missing = ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"].filter((name) => !isSet(env[name]));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(" and ")} must be set to use an Inngest server (or INNGEST_DEV=1 for a development server).`,
    );
  }
}
