// A delivery world whose clock a test moves, for health and alerts: real attempts, real evaluation, no waiting.
import type { EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import type { Role } from "@/lib/domain/access/permissions";
import { writeSetting } from "@/lib/server/repositories/instance-settings";
import { sendAlertsOf } from "@/lib/server/services/alerts/send-alerts";
import { evaluateHealthOf, type HealthEvaluation } from "@/lib/server/services/health/evaluate-health";
import type { TestContextOptions } from "./context";
import { createWorld, eventually, type World } from "./world";

const HOUR = 3_600_000;

export type HealthWorld = World & {
  clock: { ms: number };
  /** Moves the clock while Signpost runs all the time, and evaluates. */
  after(hours: number): Promise<HealthEvaluation>;
  /** Moves the clock while no process runs, and evaluates at the first minute after it. */
  afterOutage(hours: number): Promise<HealthEvaluation>;
  /** Tells people what there is to tell; gives how many messages were sent. */
  tell(): Promise<number>;
  /** An endpoint with one attempt at once and one much later; its URL's path says how it answers. */
  target(path: string, name?: string): Promise<EndpointWithSecretDto>;
  /** Sends so many events and waits until each has had its attempt. */
  deliver(endpoint: { id: string }, count?: number): Promise<void>;
  /** A person of the workspace. */
  member(role: Role, email: string): Promise<string>;
  alertsOf(kind: string): Promise<{ facts: Record<string, unknown>; resolvedAt: Date | null }[]>;
};

/** Opens the world; `close` ends it. */
export async function createHealthWorld(options: TestContextOptions = {}): Promise<HealthWorld> {
  const clock = { ms: Date.now() };
  const world = await createWorld({ now: () => clock.ms, ...options });
  const { prisma } = world.ctx.db;
  const beatAt = (ms: number) =>
    writeSetting(prisma, "heartbeat", { at: new Date(ms).toISOString() }, new Date(ms));
  let number = 0;
  return {
    ...world,
    clock,
    async after(hours) {
      clock.ms += hours * HOUR;
      await beatAt(clock.ms - 60_000);
      return evaluateHealthOf(world.ctx);
    },
    async afterOutage(hours) {
      await beatAt(clock.ms);
      clock.ms += hours * HOUR;
      return evaluateHealthOf(world.ctx);
    },
    async tell() {
      return (await sendAlertsOf(world.ctx)).sent;
    },
    target: (path, name = "") =>
      world.endpoint(path, {
        description: name,
        event_types: [`for.${name === "" ? `t${++number}` : name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`],
        retry_policy: { delays_seconds: [0, 86_400] },
      }),
    async deliver(endpoint, count = 1) {
      const row = await prisma.endpoint.findUniqueOrThrow({ where: { id: endpoint.id } });
      for (let index = 0; index < count; index++) {
        const { id } = await world.send(row.eventTypes[0] ?? "");
        await eventually(async () => {
          const delivery = await prisma.delivery.findFirst({
            where: { eventId: id, endpointId: endpoint.id },
          });
          return delivery !== null && delivery.step > 0;
        });
      }
    },
    async member(role, email) {
      const id = world.ctx.newId("user");
      await prisma.user.create({ data: { id, email, name: email } });
      await prisma.member.create({ data: { workspaceId: world.workspaceId, userId: id, role } });
      return id;
    },
    alertsOf: (kind) =>
      prisma.alert
        .findMany({ where: { kind }, orderBy: { id: "asc" } })
        .then((rows) =>
          rows.map((row) => ({ facts: row.facts as Record<string, unknown>, resolvedAt: row.resolvedAt })),
        ),
  };
}
