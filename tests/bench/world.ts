// The benchmark's workspace: a key, one endpoint, ten for the fan-out, and one that is paused for the backlog.
import { randomBytes } from "node:crypto";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { ingestBatch } from "@/lib/server/services/ingest-events";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";

export type BenchWorld = {
  key: string;
  /** Puts so many deliveries on hold. */
  fillBacklog(count: number): Promise<void>;
  /** Makes all of them due at once. */
  releaseBacklog(): Promise<void>;
};

const DATA = `{"text":"${"x".repeat(940)}"}`;

/** Sets the workspace up in the database; the running product learns of it as of any change by another process. */
export async function createBenchWorld(ctx: ServiceContext, sinkOrigin: string): Promise<BenchWorld> {
  const workspace = await ctx.db.prisma.workspace.create({
    data: {
      id: ctx.newId("workspace"),
      slug: `bench-${randomBytes(4).toString("hex")}`,
      name: "Bench",
      environments: { create: [{ id: ctx.newId("environment"), kind: "live" }] },
    },
    include: { environments: true },
  });
  const environmentId = workspace.environments[0]?.id ?? "";
  const actor: Actor = {
    kind: "user",
    userId: "usr_bench",
    label: "bench",
    role: "owner",
    workspaceId: workspace.id,
    environmentId,
    ip: null,
  };
  const { key } = await createApiKey(ctx, actor, { name: "bench", scopes: ["events:write"] });
  const endpoint = (type: string, path: string) =>
    createEndpoint(ctx, actor, { url: `${sinkOrigin}${path}`, event_types: [type], max_concurrency: 64 });
  await endpoint("bench.single", "/single");
  for (let index = 0; index < 10; index++) await endpoint("bench.fan", `/fan/${index}`);
  const backlog = await endpoint("bench.backlog", "/backlog");
  return {
    key,
    async fillBacklog(count) {
      await pauseEndpoint(ctx, actor, backlog.id);
      for (let done = 0; done < count; done += 1_000) {
        const events = Array.from(
          { length: Math.min(1_000, count - done) },
          () => `{"type":"bench.backlog","data":${DATA}}`,
        );
        await ingestBatch(ctx, actor, Buffer.from(`{"events":[${events.join(",")}]}`), null);
      }
    },
    async releaseBacklog() {
      await enableEndpoint(ctx, actor, backlog.id, { held: "release" });
    },
  };
}
