// Owns ingest behind Next: the same answers as the fast path, for hosts without the launcher.
import { getRuntime } from "../runtime";
import { answerIngest, type IngestRoute } from "./ingest";
import { readBody } from "./read-body";

/** A route handler for `POST /api/v1/events` or its batch. */
export function ingestHandler(route: IngestRoute): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await answerIngest(getRuntime(), {
      route,
      header: (name) => request.headers.get(name),
      readBody: (maxBytes) => readBody(request, maxBytes),
    });
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}
