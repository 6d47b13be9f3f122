// Owns reads and writes of endpoint rows. Every `where` carries the environment; deleted endpoints do not exist here.
// Refuses to know secrets in clear: ciphertexts go in and out as bytes.
import type { EndpointState } from "@/lib/domain/delivery/states";
import { patternsFor } from "@/lib/domain/endpoint/event-type-match";
import type { EndpointKind } from "@/lib/domain/endpoint/kinds";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import type { RetryPolicy } from "@/lib/domain/retry/policy";
import { Prisma } from "../db/generated/client";
import type { Database, Tx } from "./database";
import { AUTH_VIEW, CERTIFICATE_VIEW, findAuth, findClientCertificate } from "./endpoint-credentials";

type Client = Database["prisma"] | Tx;

const SECRET_VIEW = { id: true, hint: true, publicKey: true, createdAt: true, expiresAt: true } as const;

// Ciphertexts are left out: nothing that is shown needs them.
const VIEW = {
  id: true,
  url: true,
  description: true,
  tenant: true,
  eventTypes: true,
  headerNames: true,
  timeoutMs: true,
  retryPolicy: true,
  maxConcurrency: true,
  state: true,
  stateReason: true,
  stateChangedAt: true,
  createdAt: true,
  updatedAt: true,
  overrides: true,
  filter: true,
  subjects: true,
  autoDisable: true,
  rateLimit: true,
  kind: true,
  expiresAt: true,
  unsubscribeOn: true,
  unsubscribedAt: true,
  unsubscribedByEvent: true,
  profileVersionId: true,
  transformId: true,
} as const;

const TRANSFORM_VIEW = { rules: true } as const;
const PROFILE_VIEW = {
  number: true,
  profile: {
    select: {
      id: true,
      slug: true,
      name: true,
      versions: { select: { number: true }, orderBy: { number: "desc" as const }, take: 1 },
    },
  },
} as const;

const withSecrets = (now: Date) => ({
  ...VIEW,
  secrets: {
    select: SECRET_VIEW,
    where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: { id: "desc" as const },
  },
});
const wholeView = (now: Date) => ({
  ...withSecrets(now),
  transform: { select: TRANSFORM_VIEW },
  profileVersion: { select: PROFILE_VIEW },
  auth: { select: AUTH_VIEW },
  clientCertificate: { select: CERTIFICATE_VIEW },
});

/** An endpoint with its live secrets (newest first), without any ciphertext; null when there is none here. */
export async function findEndpoint(client: Client, environmentId: string, id: string, now: Date) {
  const row = await client.endpoint.findFirst({
    where: { id, environmentId, deletedAt: null },
    select: withSecrets(now),
  });
  if (row === null) return null;
  // One after the other: several relations of one query would run at once, which a transaction's connection cannot.
  const { transformId, profileVersionId } = row;
  const transform =
    transformId === null
      ? null
      : await client.transform.findUnique({ where: { id: transformId }, select: TRANSFORM_VIEW });
  const profileVersion =
    profileVersionId === null
      ? null
      : await client.profileVersion.findUnique({ where: { id: profileVersionId }, select: PROFILE_VIEW });
  const auth = await findAuth(client, id);
  const clientCertificate = await findClientCertificate(client, id);
  return { ...row, transform, profileVersion, auth, clientCertificate };
}

export type EndpointView = NonNullable<Awaited<ReturnType<typeof findEndpoint>>>;

export type EndpointFilter = {
  state?: EndpointState | undefined;
  tenant?: string | undefined;
  /** Callbacks, or all others. */
  list?: "ordinary" | "callback" | undefined;
  subject?: string | undefined;
  /** Its name; those that take such events. */
  eventType?: string | undefined;
  /** Slug or id of the profile; null for the default, which needs no row. */
  profile?: string | null | undefined;
  search?: string | undefined;
  /** Rows older than this endpoint id. */
  beforeId?: string | undefined;
};

/** `%`, `_` and `\` are wildcards of LIKE; a person who types them means the characters. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** Endpoints of the environment, newest first, at most `take`. */
export function listEndpointRows(
  client: Client,
  environmentId: string,
  filter: EndpointFilter,
  take: number,
  now: Date,
): Promise<EndpointView[]> {
  const contains = filter.search && { contains: literal(filter.search), mode: "insensitive" as const };
  return client.endpoint.findMany({
    where: {
      environmentId,
      deletedAt: null,
      ...(filter.state && { state: filter.state }),
      ...(filter.tenant && { tenant: filter.tenant }),
      ...(filter.list && { kind: filter.list === "callback" ? "callback" : { not: "callback" } }),
      ...(filter.subject && { subjects: { has: filter.subject } }),
      ...(filter.eventType && { eventTypes: { hasSome: patternsFor(filter.eventType) } }),
      ...(filter.profile === null && { profileVersionId: null }),
      ...(filter.profile && {
        profileVersion: { profile: { OR: [{ id: filter.profile }, { slug: filter.profile }] } },
      }),
      ...(filter.beforeId && { id: { lt: filter.beforeId } }),
      ...(contains && {
        OR: [
          { url: contains },
          { description: contains },
          { tenant: contains },
          { id: contains },
          { subjects: { has: filter.search } },
        ],
      }),
    },
    select: wholeView(now),
    orderBy: { id: "desc" },
    take,
  });
}

/** How many endpoints the environment has, callbacks left out. */
export function countEndpoints(client: Client, environmentId: string): Promise<number> {
  return client.endpoint.count({ where: { environmentId, deletedAt: null, kind: { not: "callback" } } });
}

/** How many callbacks of the environment have not ended. */
export function countCallbacks(client: Client, environmentId: string, now: Date): Promise<number> {
  return client.endpoint.count({
    where: {
      environmentId,
      deletedAt: null,
      kind: "callback",
      unsubscribedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
  });
}

/** The callback of a subject, ended or not; null when there is none. */
export async function findCallbackId(
  client: Client,
  environmentId: string,
  subject: string,
): Promise<string | null> {
  // In the words of its unique index.
  const rows = await client.$queryRaw<{ id: string }[]>`
    SELECT id FROM endpoint
    WHERE environment_id = ${environmentId} AND subjects[1] = ${subject} AND kind = 'callback' AND deleted_at IS NULL`;
  return rows[0]?.id ?? null;
}

/** What webhooks/subscribe made for exactly this URL, tenant and subject (null: none); the oldest, or null. */
export async function findSubscriptionId(
  client: Client,
  environmentId: string,
  { url, tenant, subject }: { url: string; tenant: string | null; subject: string | null },
): Promise<string | null> {
  const row = await client.endpoint.findFirst({
    where: {
      environmentId,
      deletedAt: null,
      kind: "subscription",
      url,
      tenant,
      subjects: { equals: subject === null ? [] : [subject] },
    },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return row?.id ?? null;
}

export type NewEndpoint = {
  id: string;
  environmentId: string;
  url: string;
  description: string;
  tenant: string | null;
  eventTypes: string[];
  headerNames: string[];
  headersCiphertext: Uint8Array<ArrayBuffer> | null;
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  maxConcurrency: number;
  profileVersionId: number | null;
  overrides: string[];
  filter: string | null;
  subjects: string[];
  /** Null: never. */
  autoDisable: AutoDisableRule | null;
  rateLimit: number | null;
  kind: EndpointKind;
  /** Of callbacks only: from when it takes no events. */
  expiresAt: Date | null;
  /** Of callbacks only: event types that end it. */
  unsubscribeOn: string[];
  createdAt: Date;
};

/** Adds an active endpoint. */
export async function insertEndpoint(tx: Tx, endpoint: NewEndpoint): Promise<void> {
  await tx.endpoint.create({
    data: {
      ...endpoint,
      autoDisable: endpoint.autoDisable ?? Prisma.DbNull,
      state: "active",
      stateChangedAt: endpoint.createdAt,
      updatedAt: endpoint.createdAt,
    },
  });
}

export type EndpointChange = Partial<Omit<NewEndpoint, "id" | "environmentId" | "kind" | "createdAt">> & {
  unsubscribedAt?: Date | null;
  unsubscribedByEvent?: string | null;
  transformId?: number | null;
  state?: EndpointState;
  stateReason?: string | null;
  stateChangedAt?: Date;
  deletedAt?: Date;
};

/** Changes the named columns only; the row must have been locked by `lockEndpoint` in the same transaction. */
export async function updateEndpointRow(
  tx: Tx,
  environmentId: string,
  id: string,
  change: EndpointChange,
  now: Date,
): Promise<void> {
  const { autoDisable, ...rest } = change;
  await tx.endpoint.update({
    where: { id, environmentId },
    data: {
      ...rest,
      ...(autoDisable !== undefined && { autoDisable: autoDisable ?? Prisma.DbNull }),
      updatedAt: now,
    },
  });
}

/** Keeps the rules of a field mapping, as JSON text, and gives their id. They never change: deliveries point to them. */
export async function insertTransform(
  tx: Tx,
  endpointId: string,
  rules: string,
  createdBy: string | null,
): Promise<number> {
  const { id } = await tx.transform.create({ data: { endpointId, rules, createdBy }, select: { id: true } });
  return id;
}

/**
 * Says that routing changed. Call it first in a transaction: it waits for ingest transactions that matched with the old
 * version, so that what follows sees their deliveries, and it keeps one order of locks (environment, endpoint, delivery).
 */
export async function bumpEndpointVersion(tx: Tx, environmentId: string): Promise<void> {
  // Shared by ingest statements (hot-path/ingest-statement.ts). Row locks alone are not fair: ingest could share them for ever.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('endpoints of ' || ${environmentId}, 0))`;
  await tx.environment.update({
    where: { id: environmentId },
    data: { endpointVersion: { increment: 1 } },
    select: { id: true },
  });
}

/**
 * Locks one endpoint until the transaction ends, so that parallel changes happen one after the other; false when there is none.
 * FOR NO KEY UPDATE, because FOR UPDATE would also stop ingest, whose foreign keys take a key-share lock on this row.
 */
export async function lockEndpoint(tx: Tx, environmentId: string, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM endpoint
    WHERE id = ${id} AND environment_id = ${environmentId} AND deleted_at IS NULL
    FOR NO KEY UPDATE`;
  return rows.length === 1;
}
