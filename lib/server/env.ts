// Every environment variable Signpost reads, validated in one place (the engine's own: inngest/mode).
// Everything else gets values passed.
// Refuses to know defaults of other modules; `.env.example` mirrors this file.
import { isIP } from "node:net";
import path from "node:path";
import { z } from "zod";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { type EgressSettings, egressSettings, egressVariables } from "./egress-settings";
import { type MailSettings, mailSettings, mailVariables } from "./mail-settings";
import { type SignInProviders, signInProblems, signInProviders, signInVariables } from "./sign-in-settings";

/** Words of which the secrets in examples and tutorials are made, often repeated to reach a length. */
const EXAMPLE_WORDS =
  /^(change|replace|me|this|it|in|production|your|my|super|very|long|random|secret|key|here|password|example|default|insecure|nextauth|next|auth|signpost|development|dev|local|test)+$/;

function isKnownDefault(value: string): boolean {
  const letters = value.toLowerCase().replace(/[^a-z]/g, "");
  return EXAMPLE_WORDS.test(letters) || new Set(value).size < 8;
}

function fail(ctx: z.RefinementCtx, message: string): never {
  ctx.addIssue({ code: "custom", message });
  return z.NEVER;
}

const flag = z
  .enum(["0", "1", "true", "false"], "must be 1 or 0")
  .transform((value) => value === "1" || value === "true");

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((value) => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    return parsed !== undefined && parsed.hostname !== "" && protocols.includes(parsed.protocol);
  }, `must look like ${example}`);

const origin = url(["http:", "https:"], "https://signpost.example.com").transform((value, ctx) => {
  const parsed = new URL(value);
  if (parsed.pathname !== "/" || parsed.search || parsed.hash || parsed.username) {
    return fail(ctx, "must be an origin only: scheme, host and port, no path");
  }
  return parsed.origin;
});

const sessionSecret = z
  .string()
  .refine((value) => Buffer.byteLength(value) >= 32, "must have at least 32 bytes (openssl rand -base64 32)")
  .refine(
    (value) => !isKnownDefault(value),
    "is a well-known example value; make one: openssl rand -base64 32",
  );

/** One key, or several for rotation: the first encrypts, all decrypt. */
const encryptionKeys = z.string().transform((value, ctx) =>
  value.split(",").map((part) => {
    const key = Buffer.from(part.trim(), "base64");
    if (key.length !== 32 || key.toString("base64") !== part.trim()) {
      return fail(
        ctx,
        "must be 32 bytes in base64, or several separated by commas (openssl rand -base64 32)",
      );
    }
    if (new Set(key).size < 8 || isKnownDefault(key.toString("latin1"))) {
      return fail(ctx, "is a well-known example value; make one: openssl rand -base64 32");
    }
    return key;
  }),
);

const targets = z.string().transform((value, ctx) => {
  const list = value.split(",").map((part) => part.trim().toLowerCase());
  const wrong = list.includes("") ? "has an empty entry" : parseAllowedTargets(value).errors[0];
  return wrong === undefined ? list : fail(ctx, wrong);
});

/** Addresses and CIDRs only: a proxy is recognised by its socket, and a socket has no name. */
const proxies = z.string().transform((value, ctx) => {
  const list = value.split(",").map((part) => part.trim());
  const wrong = list.find((part) => {
    const [address = "", bits = "0", ...rest] = part.split("/");
    const version = isIP(address);
    return (
      version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)
    );
  });
  return wrong === undefined ? list : fail(ctx, `"${wrong}" is neither an address nor a CIDR`);
});

/** A zone (`fe80::1%eth0`) would be lost on the way to the Inbox, which is called at the address listened on. */
const host = z
  .string()
  .refine((value) => !value.includes("%"), "must be an address without a zone, or a name");

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const schema = z.object({
  PORT: z.coerce.number("must be a port number").int().min(1).max(65535).default(3000),
  SIGNPOST_HOST: host.optional(),
  SIGNPOST_URL: origin.optional(),
  SIGNPOST_DATA_DIR: z.string().default(".signpost"),
  DATABASE_URL: url(["postgres:", "postgresql:"], "postgresql://user:password@host:5432/signpost").optional(),
  SIGNPOST_ENCRYPTION_KEY: encryptionKeys.optional(),
  NEXTAUTH_SECRET: sessionSecret.optional(),
  SIGNPOST_ALLOWED_TARGETS: targets.default([]),
  SIGNPOST_TRUSTED_PROXIES: proxies.default([]),
  SIGNPOST_ALLOW_HTTP: flag.default(false),
  SIGNPOST_INLINE_ATTEMPTS: flag.default(true),
  SIGNPOST_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  ...egressVariables,
  ...mailVariables,
  ...signInVariables,
});

/** Names read elsewhere than here (the test runner); they must not be refused as unknown. */
const ALSO_KNOWN = ["SIGNPOST_TEST_DATABASE_URL"];

/** `process.env`, or what a test puts in its place. */
export type EnvSource = Readonly<Record<string, string | undefined>>;

/** What the process was told, validated. Optional parts are those that the launcher can provide itself. */
export interface Env {
  readonly port: number;
  /** Address to listen on; undefined = this machine only (127.0.0.1 and ::1). */
  readonly host: string | undefined;
  /** Where people reach this instance: an origin without a trailing slash. */
  readonly publicUrl: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** Undefined = embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** 32 bytes each; the first encrypts, all decrypt. Empty = the launcher makes one. */
  readonly encryptionKeys: readonly Buffer[];
  /** Signs session cookies. Undefined = the launcher makes one. */
  readonly sessionSecret: string | undefined;
  /** CIDRs, addresses and lower-case host names that may be delivered to although private. */
  readonly allowedTargets: readonly string[];
  readonly allowHttp: boolean;
  /** How requests to receivers leave. */
  readonly egress: EgressSettings;
  /** Addresses and CIDRs of reverse proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Ways to sign in beside a password; empty unless their variables are set. */
  readonly signInProviders: SignInProviders;
  /** Null: e-mails are kept, for reading in the dashboard. */
  readonly mail: MailSettings | null;
  /** False: first attempts run in the engine, for hosts that freeze a process after its answer. */
  readonly inlineAttempts: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** The environment of a process that serves: nothing optional is missing any more. */
export interface RunningEnv extends Env {
  readonly databaseUrl: string;
  readonly sessionSecret: string;
}

/** One line for each wrong variable; a value is never repeated, because it may be a secret. */
export class EnvError extends Error {
  override readonly name = "EnvError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** Edits (insert, delete, replace, swap neighbours count 1 or 2) between two names. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, a] of [...left].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...right].entries()) {
      const replaced = (row[j] ?? 0) + (a === b ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

function unknownNames(source: EnvSource): string[] {
  const known = [...Object.keys(schema.shape), ...ALSO_KNOWN];
  const unknown = Object.keys(source).filter((name) => name.startsWith("SIGNPOST_") && !known.includes(name));
  return unknown.map((name) => {
    const ranked = known.map((candidate) => ({ candidate, edits: distance(name, candidate) }));
    const [best] = ranked.sort((a, b) => a.edits - b.edits);
    const hint = best && best.edits <= 8 ? `; did you mean ${best.candidate}?` : "";
    return `${name} is not a setting of Signpost${hint}`;
  });
}

/**
 * Validates a process environment; empty values count as unset. Throws EnvError naming every problem at once.
 * `cwd` anchors a relative SIGNPOST_DATA_DIR.
 */
export function parseEnv(source: EnvSource, cwd = process.cwd()): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  const problems = unknownNames(given);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));
    throw new EnvError(problems);
  }
  const values = parsed.data;
  problems.push(...signInProblems(values));
  if (problems.length > 0) throw new EnvError(problems);

  const publicUrl = values.SIGNPOST_URL ?? `http://localhost:${values.PORT}`;
  return {
    port: values.PORT,
    host: values.SIGNPOST_HOST,
    publicUrl,
    dataDir: path.resolve(cwd, values.SIGNPOST_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    encryptionKeys: values.SIGNPOST_ENCRYPTION_KEY ?? [],
    sessionSecret: values.NEXTAUTH_SECRET,
    allowedTargets: values.SIGNPOST_ALLOWED_TARGETS,
    allowHttp: values.SIGNPOST_ALLOW_HTTP,
    egress: egressSettings(values),
    trustedProxies: values.SIGNPOST_TRUSTED_PROXIES,
    signInProviders: signInProviders(values),
    mail: mailSettings(values, publicUrl),
    inlineAttempts: values.SIGNPOST_INLINE_ATTEMPTS,
    logLevel: values.SIGNPOST_LOG_LEVEL,
  };
}

/** `parseEnv` for a process that serves. Throws EnvError when the database or a key is missing. */
export function parseRunningEnv(source: EnvSource): RunningEnv {
  const env = parseEnv(source);
  const { databaseUrl, sessionSecret: secret, encryptionKeys: keys } = env;
  if (databaseUrl && secret && keys.length > 0) return { ...env, databaseUrl, sessionSecret: secret };
  const missing = [
    databaseUrl ? [] : ["DATABASE_URL is missing"],
    secret ? [] : ["NEXTAUTH_SECRET is missing"],
    keys.length > 0 ? [] : ["SIGNPOST_ENCRYPTION_KEY is missing"],
  ].flat();
  throw new EnvError(missing.map((line) => `${line} (npm start provides it)`));
}

let current: RunningEnv | undefined;

/** The environment of this process, read once. Call it while serving, never while a module loads. */
export function getEnv(): RunningEnv {
  current ??= parseRunningEnv(process.env);
  return current;
}
