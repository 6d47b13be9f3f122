// `signpost doctor`: every precondition of a start, checked one by one, so that all trouble shows at once.
import { existsSync } from "node:fs";
import path from "node:path";
import { prepareDataDir } from "@/bin/data-dir";
import { checkDatabase } from "@/bin/database-check";
import { bindablePort } from "@/bin/free-port";
import { openInstance } from "@/bin/instance";
import { lockDataDir } from "@/bin/instance-lock";
import { checkEncryptionKeys } from "@/bin/key-check";
import { LauncherError } from "@/bin/launcher-error";
import { type OutputOptions, printResult } from "@/bin/output";
import { clusterExists } from "@/bin/postgres/initialise";
import { MIGRATIONS_DIR } from "@/bin/root";
import { classifyAddress } from "@/lib/domain/endpoint/address-policy";
import { parseAddress } from "@/lib/domain/endpoint/address-text";
import { inspectMigrations } from "@/lib/server/db/migrate";
import { type Env, EnvError, parseEnv } from "@/lib/server/env";
import { createMailer } from "@/lib/server/mail/mailer";
import { checkProxy } from "@/lib/server/outbound/check-proxy";

interface Finding {
  readonly check: string;
  readonly state: "ok" | "warning" | "wrong";
  readonly detail: string;
}

async function examine(check: string, work: () => Promise<string> | string): Promise<Finding> {
  try {
    return { check, state: "ok", detail: await work() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { check, state: "wrong", detail };
  }
}

async function serverPid(env: Env): Promise<number | undefined> {
  const result = await lockDataDir(env.dataDir, "command");
  if (result.outcome === "held") return result.holder.pid;
  result.lock.release();
  return undefined;
}

function isPublic(cidr: string): boolean {
  const address = parseAddress(cidr.split("/")[0] ?? "");
  return address !== null && classifyAddress(address) === "public";
}

/** A mail server that cannot be used stops no start: what it should send is tried again for a day. */
async function examineMail({ mail }: Env): Promise<Finding> {
  const check = "mail";
  if (mail === null) {
    return {
      check,
      state: "ok",
      detail: "SMTP_URL is not set: e-mails are kept, for reading in the dashboard",
    };
  }
  const problem = await createMailer(mail).check();
  const server = mail.smtpUrl.host;
  if (problem !== null) return { check, state: "warning", detail: `${server} cannot be used: ${problem}` };
  if (mail.fromIsGuessed) {
    return {
      check,
      state: "warning",
      detail: `${server} answers, but SIGNPOST_MAIL_FROM is not set: mails are from ${mail.from.address}`,
    };
  }
  return { check, state: "ok", detail: `${server} answers; mails are from ${mail.from.address}` };
}

function warnings(env: Env): Finding[] {
  const found: Finding[] = [];
  const warn = (check: string, detail: string) => found.push({ check, state: "warning", detail });
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(env.publicUrl).hostname);
  if (!isLocal && env.publicUrl.startsWith("http:")) {
    warn("public address", "SIGNPOST_URL is http: cookies and secrets cross the network unencrypted");
  }
  if (env.host && isLocal)
    warn("public address", "SIGNPOST_HOST opens the server, but SIGNPOST_URL says localhost");
  if (env.allowedTargets.some((target) => target.endsWith("/0"))) {
    warn("allowed targets", "SIGNPOST_ALLOWED_TARGETS opens a whole address family");
  }
  const unreachable = env.egress.sourceAddresses.filter(({ cidr }) => !isPublic(cidr));
  for (const { cidr } of unreachable) {
    warn(
      "source addresses",
      `SIGNPOST_SOURCE_ADDRESSES publishes ${cidr}, which no receiver on the internet sees`,
    );
  }
  return found;
}

async function examineSchema(): Promise<string> {
  const { env, close } = await openInstance("command", { readOnly: true });
  try {
    const result = await inspectMigrations({ connectionString: env.databaseUrl, dir: MIGRATIONS_DIR });
    if (result.outcome === "refused") throw new LauncherError(result.message);
    if (result.pending.length > 0) return `${result.pending.length} migrations to apply at the next start`;
    await checkEncryptionKeys(env.databaseUrl, env.encryptionKeys, { dryRun: true });
    return "schema up to date, keys fit";
  } finally {
    await close();
  }
}

/** What is set for the way out, each part tried. Nothing of a proxy's credentials is shown. */
async function examineEgress({ egress }: Env): Promise<Finding[]> {
  const { proxy, local, sourceAddresses } = egress;
  const findings: Finding[] = [];
  for (const address of [local?.ipv4, local?.ipv6]) {
    if (!address) continue;
    findings.push(
      await examine("local address", async () => {
        if ((await bindablePort(0, address)) !== undefined) return `${address} can be sent from`;
        throw new LauncherError(`This machine has no address ${address} (SIGNPOST_LOCAL_ADDRESS).`);
      }),
    );
  }
  if (proxy !== null) {
    findings.push(
      await examine("egress proxy", async () => {
        await checkProxy(proxy, local);
        return `${proxy.host}:${proxy.port} accepts connections${proxy.secure ? " over TLS" : ""}`;
      }),
    );
  }
  if (sourceAddresses.length > 0) {
    const detail = sourceAddresses.map(({ cidr }) => cidr).join(", ");
    findings.push({ check: "source addresses", state: "ok", detail: `published: ${detail}` });
  }
  return findings;
}

async function examineAll(env: Env): Promise<Finding[]> {
  const findings = [
    await examine("data folder", () => {
      prepareDataDir(env.dataDir);
      return env.dataDir;
    }),
  ];
  if (findings[0]?.state === "wrong") return findings;

  const pid = await serverPid(env);
  findings.push(
    await examine("port", async () => {
      if (pid !== undefined) return `Signpost runs (pid ${pid})`;
      if (await bindablePort(env.port, env.host)) return `${env.port} is free`;
      throw new LauncherError(`Port ${env.port} is in use; set PORT to another.`);
    }),
    await examine("database", async () => {
      if (env.databaseUrl)
        return `PostgreSQL ${(await checkDatabase(env.databaseUrl)).version} (DATABASE_URL)`;
      const present = await clusterExists(path.join(env.dataDir, "postgres"));
      return present ? "embedded" : "embedded; made at the first start";
    }),
  );
  // Opening makes keys and a database: worth it only where there is something to compare them with.
  const comparable = env.databaseUrl !== undefined || existsSync(path.join(env.dataDir, "postgres"));
  if (comparable && findings.every((finding) => finding.state !== "wrong")) {
    findings.push(await examine("schema and keys", examineSchema));
  }
  return [...findings, ...(await examineEgress(env)), await examineMail(env), ...warnings(env)];
}

/** Checks everything, prints one line for each, and fails when one is wrong. */
export async function doctor(options: OutputOptions): Promise<void> {
  let findings: Finding[];
  try {
    const env = parseEnv(process.env);
    findings = [{ check: "environment", state: "ok", detail: env.publicUrl }, ...(await examineAll(env))];
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    findings = error.problems.map((detail) => ({ check: "environment", state: "wrong", detail }));
  }
  const healthy = findings.every((finding) => finding.state !== "wrong");
  const mark = { ok: "✓", warning: "!", wrong: "✗" };
  const lines = findings.map(({ check, state, detail }) => `${mark[state]} ${check}: ${detail}`);
  printResult(options, { healthy, findings }, [
    ...lines,
    healthy ? "Ready to start." : "Not ready to start.",
  ]);
  if (!healthy) process.exitCode = 3;
}
