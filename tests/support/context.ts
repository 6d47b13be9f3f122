// A service context for tests: the real instance over a cloned database, with an address policy that admits 127.0.0.0/8.
import { randomBytes } from "node:crypto";
import pino from "pino";
import type { Actor } from "@/lib/domain/access/permissions";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import type { ServiceContext } from "@/lib/server/context";
import { createInstance, type Instance, type InstanceOptions } from "@/lib/server/create-instance";
import { createOutbound, type OutboundOptions } from "@/lib/server/outbound/send";
import { createTestDatabase } from "./postgres";

export type TestContext = {
  ctx: ServiceContext;
  instance: Instance;
  connectionString: string;
  workspaceId: string;
  workspaceSlug: string;
  environments: { live: string; sandbox: string };
  /** An owner acting in the live environment (or the one given). */
  owner: (environmentId?: string) => Extract<Actor, { kind: "user" }>;
  /** What was handed to the engine. */
  retries: { deliveryId: string; attempt: number; nextAttemptAt: Date }[];
  close(): Promise<void>;
};

export type TestContextOptions = Partial<
  Pick<
    InstanceOptions,
    "now" | "random" | "mailer" | "inlineAttempts" | "publicUrl" | "enqueueRetries" | "sourceAddresses"
  >
> & {
  outbound?: Partial<OutboundOptions>;
  allowedTargets?: string;
  /** An existing database instead of a fresh clone; it is then not dropped. */
  connectionString?: string;
  encryptionKeys?: readonly Buffer[];
};

/** A fresh database with one workspace and its two environments, and a context over it. Call `close` at the end. */
export async function createTestContext(options: TestContextOptions = {}): Promise<TestContext> {
  const database = options.connectionString === undefined ? await createTestDatabase() : null;
  const connectionString = options.connectionString ?? database?.connectionString ?? "";
  const { cidrs, hosts } = parseAllowedTargets(options.allowedTargets ?? "127.0.0.0/8");
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  const publicUrl = options.publicUrl ?? "http://localhost:3000";
  const retries: TestContext["retries"] = [];
  const instance = createInstance({
    connectionString,
    encryptionKeys: options.encryptionKeys ?? [randomBytes(32)],
    publicUrl,
    sourceAddresses: options.sourceAddresses ?? [],
    outbound: createOutbound({
      policy: { allowHttp: false, allowedCidrs: cidrs, allowedHosts: hosts, selfInbox: null },
      ...options.outbound,
    }),
    logger,
    mailer: options.mailer ?? null,
    inlineAttempts: options.inlineAttempts ?? true,
    enqueueRetries:
      options.enqueueRetries ??
      (async (items) => {
        retries.push(...items);
      }),
    now: options.now,
    random: options.random,
  });
  const { ctx } = instance;
  const { prisma } = ctx.db;
  let workspace = await prisma.workspace.findFirst({
    where: { slug: "acme" },
    include: { environments: true },
  });
  workspace ??= await prisma.workspace.create({
    data: {
      id: ctx.newId("workspace"),
      slug: "acme",
      name: "Acme",
      environments: {
        create: [
          { id: ctx.newId("environment"), kind: "live" },
          { id: ctx.newId("environment"), kind: "sandbox" },
        ],
      },
    },
    include: { environments: true },
  });
  const idOf = (kind: string) =>
    workspace.environments.find((environment) => environment.kind === kind)?.id ?? "";
  const environments = { live: idOf("live"), sandbox: idOf("sandbox") };
  return {
    ctx,
    instance,
    connectionString,
    workspaceId: workspace.id,
    workspaceSlug: workspace.slug,
    environments,
    retries,
    owner: (environmentId = environments.live) => ({
      kind: "user",
      userId: "usr_test",
      label: "Olivia Owner",
      role: "owner",
      workspaceId: workspace.id,
      environmentId,
      ip: "127.0.0.1",
    }),
    async close() {
      await instance.stop({ deadlineMs: 5_000 });
      await database?.drop();
    },
  };
}
