// Brings the endpoints of ./endpoints into an environment through the services that people use. What exists stays as
// it is, also when somebody has changed or deleted it; only the receivers' port is put right.
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { getInbox } from "@/lib/server/services/inbox/get-inbox";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import type { DemoEndpoint } from "./endpoints";
import { DAY_MS, HOUR_MS, inThePast } from "./past";

/** The discard service of RFC 863: nothing has listened there for decades, so connections are refused. */
const DEAD_ORIGIN = "http://127.0.0.1:9";

function urlOf(endpoint: DemoEndpoint, receiversOrigin: string, inboxUrl: string): string {
  if (endpoint.receiver === "inbox") return inboxUrl;
  const origin = endpoint.receiver === "dead" ? DEAD_ORIGIN : receiversOrigin;
  return `${origin}/${endpoint.receiver}/${endpoint.path}`;
}

async function addEndpoint(ctx: ServiceContext, actor: Actor, url: string, endpoint: DemoEndpoint) {
  const { description, tenant, headers, retryPolicy, timeoutMs, maxConcurrency } = endpoint;
  const { id } = await createEndpoint(inThePast(ctx, endpoint.daysOld * DAY_MS), actor, {
    url,
    event_types: [...endpoint.eventTypes],
    description,
    ...(tenant !== undefined && { tenant }),
    ...(headers !== undefined && { headers: { ...headers } }),
    ...(retryPolicy !== undefined && { retry_policy: retryPolicy }),
    ...(timeoutMs !== undefined && { timeout_ms: timeoutMs }),
    ...(maxConcurrency !== undefined && { max_concurrency: maxConcurrency }),
  });
  const { pausedHoursAgo } = endpoint;
  if (pausedHoursAgo !== undefined) {
    await pauseEndpoint(inThePast(ctx, pausedHoursAgo * HOUR_MS), actor, id);
  }
}

/** Makes the endpoints that have never been there. `receiversOrigin` is where the receivers listen this time. */
export async function seedEndpoints(
  ctx: ServiceContext,
  actor: Actor,
  endpoints: readonly DemoEndpoint[],
  receiversOrigin: string,
): Promise<void> {
  const inbox = await getInbox(ctx, actor);
  const rows = await ctx.db.prisma.endpoint.findMany({
    where: { environmentId: actor.environmentId },
    select: { id: true, url: true, deletedAt: true },
  });
  for (const endpoint of endpoints) {
    const url = urlOf(endpoint, receiversOrigin, inbox.url);
    const known = rows.find((row) => new URL(row.url).pathname === new URL(url).pathname);
    if (known === undefined) await addEndpoint(ctx, actor, url, endpoint);
    else if (known.url !== url && known.deletedAt === null)
      // The receivers are the same ones, on another port.
      await updateEndpoint(ctx, actor, known.id, { url, keep_credentials: true });
  }
}
