// Owns the calls on subjects that the public API and the dashboard's API share: callbacks, and fetching events.
import { putCallbackInput, subjectName } from "@/lib/contracts/callbacks";
import { subjectEventsQuery } from "@/lib/contracts/subject-events";
import { endCallback } from "../services/callbacks/end-callback";
import { getCallback } from "../services/callbacks/get-callback";
import { putCallback } from "../services/callbacks/put-callback";
import { listSubjectEvents, type SubjectEvent } from "../services/list-subject-events";
import { type Call, pathParam } from "./call";
import { emptyResponse, jsonResponse } from "./json-response";
import { parseJsonBody, parseQuery, parseValue } from "./parse";

const subjectOf = ({ params }: Call): string =>
  parseValue(pathParam(params, "subject"), subjectName, "subject");

/** The event with `data` as the bytes that came in, never parsed: that would change numbers, key order and duplicates. */
function eventBytes({ event, payloadClearedAt, data }: SubjectEvent): Buffer {
  const head = JSON.stringify({ ...event, payload_cleared_at: payloadClearedAt?.toISOString() ?? null });
  return Buffer.concat([
    Buffer.from(`${head.slice(0, -1)},"data":`),
    data ?? Buffer.from("null"),
    Buffer.from("}"),
  ]);
}

/** Every call on subjects; the names say which service each one is. */
export const subjectCalls = {
  async putCallback(call: Call) {
    const input = await parseJsonBody(call.request, putCallbackInput);
    const { callback, created } = await putCallback(call.ctx, call.actor, subjectOf(call), input);
    return jsonResponse(callback, { status: created ? 201 : 200 });
  },
  async getCallback(call: Call) {
    return jsonResponse(await getCallback(call.ctx, call.actor, subjectOf(call)));
  },
  async endCallback(call: Call) {
    await endCallback(call.ctx, call.actor, subjectOf(call));
    return emptyResponse();
  },
  async listEvents(call: Call) {
    const query = parseQuery(call.request, subjectEventsQuery);
    const page = await listSubjectEvents(call.ctx, call.actor, subjectOf(call), query);
    const tail = JSON.stringify({ next_cursor: page.nextCursor, has_more: page.hasMore });
    const parts = page.events.flatMap((event, index) =>
      index === 0 ? [eventBytes(event)] : [Buffer.from(","), eventBytes(event)],
    );
    const body = Buffer.concat([Buffer.from('{"data":['), ...parts, Buffer.from(`],${tail.slice(1)}`)]);
    return new Response(new Uint8Array(body), {
      headers: {
        "content-type": "application/json",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  },
};
