// A thousand deliveries of one profile through the real pipeline to a real receiver, with a rotation while they fly.
import { createEndpointInput } from "@/lib/contracts/endpoints";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { ingestBatch } from "@/lib/server/services/ingest-events";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { AWKWARD_DATA } from "@/tests/unit/lib/domain/profile/support";
import { type Sent, sentFrom } from "./verifiers/sent";
import { eventually, type World } from "./world";

export const SOAK_DELIVERIES = 1_000;

export type Soak = {
  /** Sent before the rotation began; some of them were signed after it. */
  first: Sent[];
  /** Of events that came in after it. */
  second: Sent[];
  oldSecret: string;
  newSecret: string;
  /** The data of every event, as text, in the order in which it was sent. */
  data: string[];
  remove(): Promise<void>;
};

const dataOf = (index: number) => AWKWARD_DATA[index % AWKWARD_DATA.length]?.[1] ?? "null";

/** Data, tagged so that the receiver's requests can be told apart: an awkward one inside a member. */
function tagged(index: number): string {
  return `{"index":${index},"awkward":${dataOf(index)}}`;
}

/** Sends both halves; rotates with as much overlap as the profile allows between them, while the first is on its way. */
export async function soak(world: World, slug: string, overlapSeconds: number): Promise<Soak> {
  const type = `soak.${slug.replaceAll("-", "_")}`;
  const { id, secret } = await createEndpoint(
    world.ctx,
    world.actor,
    createEndpointInput.parse({
      url: `${world.receiver.url}/200/${slug}?tenant=a%20b`,
      event_types: [type],
      profile: slug,
      max_concurrency: 50,
    }),
  );
  const data = Array.from({ length: SOAK_DELIVERIES }, (_, index) => tagged(index));
  const half = SOAK_DELIVERIES / 2;
  const send = (part: readonly string[]) => {
    const fields = `"type":"${type}","subject":"0xabc","tenant":"example.myshopify.com"`;
    const events = part.map((text) => `{${fields},"data":${text}}`).join(",");
    return ingestBatch(world.ctx, world.actor, Buffer.from(`{"events":[${events}]}`), null);
  };
  const mine = () => world.receiver.requests.filter(({ target }) => target.startsWith(`/200/${slug}?`));
  await send(data.slice(0, half));
  await world.receiver.waitFor(() => mine().length >= half / 10, 30_000);
  const rotated = await rotateSecret(world.ctx, world.actor, id, { overlap_seconds: overlapSeconds });
  await send(data.slice(half));
  await world.receiver.waitFor(() => mine().length >= SOAK_DELIVERIES, 60_000);
  await eventually(
    async () =>
      (await world.ctx.db.prisma.delivery.count({ where: { endpointId: id, state: "succeeded" } })) ===
      SOAK_DELIVERIES,
  );
  const all = mine().map((request) => sentFrom(request, world.receiver.url));
  const isFirst = (sent: Sent) => Number(/"index":(\d+)/.exec(sent.body.toString("utf8"))?.[1]) < half;
  return {
    first: all.filter(isFirst),
    second: all.filter((sent) => !isFirst(sent)),
    oldSecret: secret,
    newSecret: rotated.secret,
    data,
    remove: () => deleteEndpoint(world.ctx, world.actor, id),
  };
}

/** How many of the requests carry exactly the bytes of each event's data; every event once. */
export function withExactData(sent: readonly Sent[], data: readonly string[]): number {
  const bodies = new Map(
    sent.map(({ body }) => [Number(/"index":(\d+)/.exec(body.toString("utf8"))?.[1]), body]),
  );
  return data.filter((text, index) => bodies.get(index)?.includes(Buffer.from(text)) === true).length;
}
