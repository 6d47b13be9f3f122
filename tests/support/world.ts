// A whole delivery world for a test: context, receiver, endpoints and a producer. Self-cleaning by `close`.
import type { CreateEndpointInput, EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { ingestEvent } from "@/lib/server/services/ingest-events";
import { createTestContext, type TestContext, type TestContextOptions } from "./context";
import { type Receiver, startReceiver } from "./receiver/receiver";

export type World = TestContext & {
  receiver: Receiver;
  actor: Actor;
  endpoint(path: string, input?: Partial<CreateEndpointInput>): Promise<EndpointWithSecretDto>;
  /** Ingests raw JSON text of `data`; gives the event id. */
  send(
    type: string,
    dataText?: string,
    fields?: Record<string, unknown>,
  ): Promise<{ id: string; deliveries: number }>;
  deliveriesOf(eventId: string): Promise<{ id: string; state: string; endpoint_id: string }[]>;
  /** Resolves with the event's only delivery once the condition holds. */
  waitForDelivery(
    eventId: string,
    condition: (delivery: { state: string; attemptCount: number; step: number }) => boolean,
  ): Promise<Awaited<ReturnType<typeof getDelivery>>>;
};

/** Resolves when `check` gives something; asks again every few milliseconds, at most `timeoutMs`. */
export async function eventually<T>(
  check: () => Promise<T | null | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > until)
      throw new Error(`still not so after ${timeoutMs} ms: ${check.toString().slice(0, 200)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** A world whose pump runs; the receiver listens on 127.0.0.1. */
export async function createWorld(options: TestContextOptions = {}): Promise<World> {
  const test = await createTestContext(options);
  const receiver = await startReceiver();
  const actor = test.owner();
  test.instance.start();
  const { prisma } = test.ctx.db;
  return {
    ...test,
    receiver,
    actor,
    endpoint: (path, input = {}) =>
      createEndpoint(test.ctx, actor, { url: `${receiver.url}${path}`, event_types: ["*"], ...input }),
    async send(type, dataText = '{"n":1}', fields = {}) {
      const rest = Object.entries(fields)
        .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`)
        .join("");
      const body = Buffer.from(`{"type":${JSON.stringify(type)}${rest},"data":${dataText}}`);
      return (await ingestEvent(test.ctx, actor, body, null)).answer;
    },
    deliveriesOf: (eventId) =>
      prisma.delivery
        .findMany({ where: { eventId }, orderBy: { id: "asc" } })
        .then((rows) => rows.map((row) => ({ id: row.id, state: row.state, endpoint_id: row.endpointId }))),
    async waitForDelivery(eventId, condition) {
      const row = await eventually(async () => {
        const found = await prisma.delivery.findFirst({ where: { eventId } });
        return found !== null && condition(found) ? found : null;
      });
      return getDelivery(test.ctx, actor, row.id);
    },
    async close() {
      await test.close();
      await receiver.close();
    },
  };
}
