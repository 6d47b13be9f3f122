// Owns the evaluation that runs every minute: is somebody here, does anything get out, and what follows for each endpoint
// that fails. What is decided is the domain's (lib/domain/health); each effect is carried out once.
import type { ServiceContext } from "../../context";
import { resolveStale } from "../../repositories/alerts";
import { listWatched } from "../../repositories/endpoint-health";
import { listOutages } from "../../repositories/own-outages";
import { getRuntime } from "../../runtime";
import { beat } from "./beat";
import { evaluateEndpoint, type Surroundings } from "./evaluate-endpoint";
import { tellCertificates, tellExhausted } from "./tell-ends";
import { watchEgress } from "./watch-egress";

const PAGE = 500;
/** No rule is longer than 30 days, and no clock older than our outages are kept. */
const OUTAGES_MS = 62 * 86_400_000;

export type HealthEvaluation = {
  watched: number;
  warned: number;
  disabled: number;
  recovered: number;
  nothingGetsOut: boolean;
};

/** What is known of our own outages now. */
export async function readSurroundings(ctx: ServiceContext, nothingGetsOut: boolean): Promise<Surroundings> {
  return {
    outages: await listOutages(ctx.db.prisma, new Date(ctx.now() - OUTAGES_MS)),
    nothingGetsOut,
  };
}

/** One evaluation of everything. An endpoint that cannot be judged is logged and does not hold up the others. */
export async function evaluateHealthOf(ctx: ServiceContext): Promise<HealthEvaluation> {
  await beat(ctx);
  const nothingGetsOut = await watchEgress(ctx);
  const surroundings = await readSurroundings(ctx, nothingGetsOut);
  const result: HealthEvaluation = { watched: 0, warned: 0, disabled: 0, recovered: 0, nothingGetsOut };
  let after = "";
  for (;;) {
    const rows = await listWatched(ctx.db.prisma, after, PAGE);
    for (const row of rows) {
      try {
        const { effect, recovered } = await evaluateEndpoint(ctx, row, surroundings);
        if (effect === "warned") result.warned++;
        if (effect === "disabled") result.disabled++;
        if (recovered) result.recovered++;
      } catch (error) {
        ctx.logger.error(
          { err: error, endpoint: row.endpointId },
          "the health of an endpoint could not be judged",
        );
      }
    }
    result.watched += rows.length;
    after = rows.at(-1)?.endpointId ?? "";
    if (rows.length < PAGE) break;
  }
  await tellExhausted(ctx);
  await tellCertificates(ctx);
  await resolveStale(ctx.db.prisma, new Date(ctx.now()));
  return result;
}

/** The evaluation of this process's instance, for the engine's function. */
export function evaluateHealth(): Promise<HealthEvaluation> {
  return evaluateHealthOf(getRuntime());
}
