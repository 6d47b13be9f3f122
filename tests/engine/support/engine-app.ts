// Starts, kills and restarts the app of the behavioural suite, and reads what it did.
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { AppConfig, FromApp, ToApp } from "@/tests/engine/support/app";
import type { DeliveryScript, Effect } from "@/tests/engine/support/test-functions";

const APP = path.resolve(import.meta.dirname, "app.ts");
const WAIT_LIMIT_MS = 25_000;

/** Waits until `probe` gives something, looking again and again; fails after `limitMs`. */
export async function waitFor<T>(what: string, probe: () => T | undefined | false, limitMs = WAIT_LIMIT_MS) {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`nothing came: ${what}`);
    await delay(25);
  }
}

function appEnv(config: AppConfig): NodeJS.ProcessEnv {
  const embedded = config.engine === "embedded";
  const kept = Object.entries(process.env).filter(([name]) => !embedded || !name.startsWith("INNGEST_"));
  return { ...Object.fromEntries(kept), NODE_ENV: "test", ENGINE_TEST_APP: JSON.stringify(config) };
}

export class EngineApp {
  readonly config: AppConfig;
  private child: ChildProcess | undefined;

  constructor(engine: AppConfig["engine"], connectionString: string, alerts: AppConfig["alerts"] = null) {
    const appId = `suite-${randomBytes(5).toString("hex")}`;
    const folder = mkdtempSync(path.join(tmpdir(), "signpost-engine-"));
    this.config = { engine, appId, folder, connectionString, port: 0, alerts };
  }

  async start(): Promise<void> {
    this.child = fork(APP, { execArgv: ["--import", "tsx"], env: appEnv(this.config) });
    const message = await this.answer();
    if (!("ready" in message)) throw new Error(JSON.stringify(message));
    // An Inngest server keeps calling the address it was given, so a restarted app must be found there again.
    this.config.port = message.ready.port;
  }

  /** SIGKILL: nothing gets the chance to clean up. */
  async kill(): Promise<void> {
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.config.folder, { recursive: true, force: true });
  }

  /** Sends events `<app>/<name>`; resolves once the engine has taken them. */
  async send(events: { id?: string; name: string; key: string }[]): Promise<void> {
    const { appId } = this.config;
    await this.sendRaw(events.map(({ id, name, key }) => ({ id, name: `${appId}/${name}`, data: { key } })));
  }

  async sendRaw(events: ToApp["send"]): Promise<void> {
    this.child?.send({ send: events } satisfies ToApp);
    const message = await this.answer();
    if (!("sent" in message)) throw new Error(JSON.stringify(message));
  }

  /** Everything that happened under `name` (and `key`), in order, over all starts of the app. */
  effects(name: string, key?: string): Effect[] {
    const file = path.join(this.config.folder, "effects.jsonl");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
    const all = lines.map((line): Effect => JSON.parse(line));
    return all.filter((effect) => effect.name === name && (key === undefined || effect.key === key));
  }

  async effect(name: string, key?: string, limitMs?: number): Promise<Effect> {
    return waitFor(`${name} of ${key ?? "any"}`, () => this.effects(name, key)[0], limitMs);
  }

  script(deliveryId: string, script: DeliveryScript): void {
    writeFileSync(path.join(this.config.folder, `${deliveryId}.json`), JSON.stringify(script));
  }

  /** Lets the function `hold` get past its hanging step. */
  release(): void {
    writeFileSync(path.join(this.config.folder, "release"), "");
  }

  private answer(): Promise<FromApp> {
    const child = this.child;
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown) => {
        child?.off("exit", onExit);
        resolve(message as FromApp);
      };
      const onExit = (code: number | null) => {
        child?.off("message", onMessage);
        reject(new Error(`the app ended with ${code}`));
      };
      child?.once("message", onMessage);
      child?.once("exit", onExit);
    });
  }
}
