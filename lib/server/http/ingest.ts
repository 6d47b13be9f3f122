// Owns the HTTP side of ingest for both ways in: the launcher's bare node:http path and Next's routes call this one
// function. A caller reads headers and bytes; what they mean is decided here.
import { MAX_BATCH_BODY_BYTES, MAX_EVENT_BODY_BYTES } from "@/lib/contracts/events";
import type { ServiceContext } from "../context";
import { authenticateApiKey, peekApiKey } from "../services/authenticate-api-key";
import { ingestBatch, ingestEvent } from "../services/ingest-events";
import { assertJsonHeaders } from "./media-type";
import { toProblem } from "./problem";
import { newRequestId, REQUEST_ID_HEADER } from "./request-id";

export type IngestRoute = "single" | "batch";

export type IngestRequest = {
  route: IngestRoute;
  /** A header's value by lower-case name. */
  header: (name: string) => string | null | undefined;
  /** The body; must throw `payload_too_large` as soon as it has more than `maxBytes`. */
  readBody: (maxBytes: number) => Promise<Buffer>;
};

export type IngestResponse = { status: number; headers: Record<string, string>; body: string };

/** The answer to an ingest request: 202 after commit, or a problem. Never throws. */
export async function answerIngest(ctx: ServiceContext, request: IngestRequest): Promise<IngestResponse> {
  const requestId = newRequestId();
  try {
    const authorization = request.header("authorization");
    const actor = peekApiKey(ctx, authorization) ?? (await authenticateApiKey(ctx, authorization));
    assertJsonHeaders(request.header("content-type"), request.header("content-encoding"));
    const key = request.header("idempotency-key") ?? null;
    const { answer, replayed } =
      request.route === "single"
        ? await ingestEvent(ctx, actor, await request.readBody(MAX_EVENT_BODY_BYTES), key)
        : await ingestBatch(ctx, actor, await request.readBody(MAX_BATCH_BODY_BYTES), key);
    return {
      status: 202,
      headers: {
        "content-type": "application/json",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        [REQUEST_ID_HEADER]: requestId,
        ...(replayed ? { "idempotent-replayed": "true" } : {}),
      },
      body: JSON.stringify(answer),
    };
  } catch (thrown) {
    const problem = toProblem(thrown, requestId);
    if (problem.unexpected)
      ctx.logger.error({ request_id: requestId, err: problem.error.cause ?? thrown }, "ingest failed");
    return { status: problem.status, headers: problem.headers, body: JSON.stringify(problem.body) };
  }
}
