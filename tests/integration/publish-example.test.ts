// An example that is published to everybody who takes it: a real event, in the sandbox only.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/access/permissions";
import { isAppError } from "@/lib/domain/errors";
import { createEventType } from "@/lib/server/services/catalogue/create-event-type";
import { publishExample } from "@/lib/server/services/catalogue/publish-example";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { createWorld, eventually, type World } from "../support/world";

const EXAMPLE = '{ "n":1.10, "big":12345678901234567890, "n":2 }';
let world: World;
let sandbox: Actor;

beforeAll(async () => {
  world = await createWorld();
  sandbox = world.owner(world.environments.sandbox);
  await createEventType(world.ctx, world.actor, {
    name: "order.paid",
    example_text: EXAMPLE,
    example_subject: "ord_1",
    example_attributes: { kind: "card" },
  });
});
afterAll(() => world.close());

const endpointAt = (path: string, subjects: string[]) =>
  createEndpoint(world.ctx, sandbox, {
    url: `${world.receiver.url}${path}`,
    event_types: ["*"],
    subjects,
  });
const arrived = (path: string) => world.receiver.requests.filter(({ target }) => target === path);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isAppError(error) ? error.code : error),
  );

describe("publishing an example", () => {
  it("makes an event of the sandbox with its bytes, subject and attributes, for those who take it", async () => {
    await endpointAt("/200?about", ["ord_1"]);
    await endpointAt("/200?elsewhere", ["ord_2"]);
    const { id, deliveries } = await publishExample(world.ctx, sandbox, "order.paid", {});
    expect(deliveries).toBe(1);
    const [request] = await eventually(async () => arrived("/200?about").length > 0 && arrived("/200?about"));
    expect(request?.body.toString()).toContain(`"data":${EXAMPLE}`);
    expect(arrived("/200?elsewhere")).toEqual([]);
    const row = await world.ctx.db.prisma.event.findFirst({ where: { id } });
    expect(row).toMatchObject({
      environmentId: world.environments.sandbox,
      subject: "ord_1",
      attributes: { kind: "card" },
      isTest: false,
    });
  });

  it("takes other data and another subject; without a subject it is about nothing", async () => {
    const own = await publishExample(world.ctx, sandbox, "order.paid", {
      data_text: "[7]",
      subject: "ord_2",
    });
    expect(own.deliveries).toBe(1);
    expect((await publishExample(world.ctx, sandbox, "order.paid", { subject: null })).deliveries).toBe(0);
  });

  it("knows the examples of packs that are not installed; of others it says what is missing", async () => {
    expect((await publishExample(world.ctx, sandbox, "score.updated", {})).id).toMatch(/^evt_/);
    expect(await refusal(publishExample(world.ctx, sandbox, "nobody.knows", {}))).toBe("invalid_request");
    expect((await publishExample(world.ctx, sandbox, "nobody.knows", { data_text: "1" })).id).toMatch(
      /^evt_/,
    );
  });

  it("is refused in live, and for who may not send events; nothing is written", async () => {
    const count = () => world.ctx.db.prisma.event.count();
    const before = await count();
    expect(await refusal(publishExample(world.ctx, world.actor, "order.paid", {}))).toBe("conflict");
    const viewer = { ...sandbox, role: "viewer" } as Actor;
    expect(await refusal(publishExample(world.ctx, viewer, "order.paid", {}))).toBe("forbidden");
    expect(await count()).toBe(before);
  });
});
