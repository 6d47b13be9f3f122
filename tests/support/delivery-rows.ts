// Endpoints, events, deliveries and attempts written straight into the database, for tests of what reads or changes them.
import { createHash } from "node:crypto";
import { makeId } from "@/lib/domain/ids";
import type { ServiceContext } from "@/lib/server/context";
import { renderBody } from "@/tests/support/standard-body";

export type EndpointSeed = {
  url?: string;
  eventTypes?: string[];
  tenant?: string | null;
  state?: string;
  deleted?: boolean;
};

export type DeliverySeed = {
  endpointId: string;
  type?: string;
  data?: string | Buffer | null;
  eventId?: string;
  state?: string;
  trigger?: string;
  isTest?: boolean;
  tenant?: string | null;
  step?: number;
  attemptCount?: number;
  lastStatus?: number | null;
  lastErrorClass?: string | null;
  createdAt?: Date;
  nextAttemptAt?: Date;
  leaseUntil?: Date | null;
};

export type AttemptSeed = {
  number: number;
  status?: number | null;
  errorClass?: string | null;
  responseBody?: Uint8Array<ArrayBuffer>;
  truncated?: boolean;
  sha256?: Uint8Array<ArrayBuffer> | null;
};

const RETRY_POLICY = { delays_seconds: [0, 60, 600] };

/** Inserts an active endpoint (3 attempts: at once, after 1 minute, after 10) and gives its id. */
export async function seedEndpoint(
  ctx: ServiceContext,
  environmentId: string,
  seed: EndpointSeed = {},
): Promise<string> {
  const id = ctx.newId("endpoint");
  await ctx.db.prisma.endpoint.create({
    data: {
      id,
      environmentId,
      url: seed.url ?? "https://receiver.test/hook",
      eventTypes: seed.eventTypes ?? ["*"],
      tenant: seed.tenant ?? null,
      timeoutMs: 15_000,
      retryPolicy: RETRY_POLICY,
      maxConcurrency: 10,
      state: seed.state ?? "active",
      deletedAt: seed.deleted ? new Date() : null,
    },
  });
  return id;
}

/** Inserts an event (unless `eventId` names one that is there) and one delivery of it. */
export async function seedDelivery(
  ctx: ServiceContext,
  environmentId: string,
  seed: DeliverySeed,
): Promise<{ id: string; eventId: string }> {
  const createdAt = seed.createdAt ?? new Date(ctx.now());
  const ms = createdAt.getTime();
  const eventId = seed.eventId ?? makeId("event", ms, ctx.randomBytes(10));
  const type = seed.type ?? "order.paid";
  const data = seed.data === null ? null : Buffer.from(seed.data ?? '{"order":1}');
  const state = seed.state ?? "succeeded";
  await ctx.db.prisma.event.createMany({
    skipDuplicates: true,
    data: [
      {
        environmentId,
        id: eventId,
        type,
        tenant: seed.tenant ?? null,
        data: data === null ? null : new Uint8Array(data),
        dataSize: data?.length ?? 0,
        isTest: seed.isTest ?? false,
        requestHash: new Uint8Array(1),
        deliveryCount: 1,
        occurredAt: createdAt,
        createdAt,
        payloadClearedAt: data === null ? createdAt : null,
      },
    ],
  });
  const id = makeId("delivery", ms, ctx.randomBytes(10));
  const dueAt = state === "pending" ? (seed.nextAttemptAt ?? new Date(ms + 60_000)) : null;
  await ctx.db.prisma.delivery.create({
    data: {
      id,
      environmentId,
      eventId,
      endpointId: seed.endpointId,
      eventType: type,
      trigger: seed.trigger ?? "event",
      state,
      step: seed.step ?? 0,
      attemptCount: seed.attemptCount ?? 0,
      nextAttemptAt: dueAt,
      claimableAt: dueAt,
      leaseUntil: seed.leaseUntil ?? null,
      lastStatus: seed.lastStatus ?? null,
      lastErrorClass: seed.lastErrorClass ?? null,
      createdAt,
      completedAt: state === "pending" || state === "held" ? null : createdAt,
    },
  });
  return { id, eventId };
}

/** Inserts an attempt of a seeded delivery whose event has the default type, time and data. */
export async function seedAttempt(ctx: ServiceContext, deliveryId: string, seed: AttemptSeed): Promise<void> {
  const { event } = await ctx.db.prisma.delivery.findUniqueOrThrow({
    where: { id: deliveryId },
    select: { event: true },
  });
  const body = renderBody({
    type: event.type,
    occurredAtMs: event.occurredAt.getTime(),
    data: event.data ?? new Uint8Array(),
  });
  const status = seed.status === undefined ? 200 : seed.status;
  const ownHash = new Uint8Array(createHash("sha256").update(body).digest());
  await ctx.db.prisma.attempt.create({
    data: {
      id: ctx.newId("attempt"),
      deliveryId,
      number: seed.number,
      succeeded: status === 200,
      startedAt: event.createdAt,
      durationMs: 12.5,
      requestUrl: "https://receiver.test/hook",
      requestHeaders: [
        ["webhook-id", event.id],
        ["x-key", "••••••"],
      ],
      requestBodySha256: seed.sha256 === undefined ? ownHash : seed.sha256,
      requestBodySize: body.length,
      secretIds: [],
      responseStatus: status,
      ...(status === null
        ? {}
        : {
            responseHeaders: [
              ["Set-Cookie", "a=1"],
              ["Set-Cookie", "b=2"],
            ],
            responseBody: seed.responseBody ?? new TextEncoder().encode("ok"),
            responseBodySize: seed.truncated ? 70_000n : 2n,
          }),
      responseTruncated: seed.truncated ?? false,
      errorClass: seed.errorClass ?? null,
      errorMessage: seed.errorClass ? "It failed." : null,
      timings: { dns_ms: 1, connect_ms: 2, tls_ms: 3, first_byte_ms: 4, total_ms: 12.5 },
      resolvedAddress: "203.0.113.9",
      tlsVersion: "TLSv1.3",
    },
  });
}
