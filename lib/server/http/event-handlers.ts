// Owns the read handlers of events. The public answer carries `data` as the stored bytes, spliced into the JSON and never
// parsed, because parsing would change numbers, key order and duplicates.
import { z } from "zod";
import { type EventDetailDto, listEventsQuery } from "@/lib/contracts/events";
import { getEvent } from "../services/get-event";
import { listEvents } from "../services/list-events";
import { type Call, pathParam } from "./call";
import { jsonResponse } from "./json-response";
import { parseQuery } from "./parse";

const noInput = z.strictObject({});

/** `GET /events` */
export async function handleListEvents({ ctx, actor, request }: Call): Promise<Response> {
  return jsonResponse(await listEvents(ctx, actor, parseQuery(request, listEventsQuery)));
}

/** `GET /api/v1/events/{id}`: the event with `data` byte for byte (null once retention has cleared it). */
export async function handleGetEvent({ ctx, actor, request, params }: Call): Promise<Response> {
  parseQuery(request, noInput);
  const { event, data, payloadClearedAt } = await getEvent(ctx, actor, pathParam(params, "id"));
  const head = JSON.stringify({ ...event, payload_cleared_at: payloadClearedAt?.toISOString() ?? null });
  const body = Buffer.concat([
    Buffer.from(`${head.slice(0, -1)},"data":`),
    data ?? Buffer.from("null"),
    Buffer.from("}"),
  ]);
  return new Response(new Uint8Array(body), {
    headers: {
      "content-type": "application/json",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/** The dashboard's twin: the payload as text in a string, so that the browser's JSON parser cannot touch it either. */
export async function handleGetEventText({ ctx, actor, request, params }: Call): Promise<Response> {
  parseQuery(request, noInput);
  const { event, data, payloadClearedAt } = await getEvent(ctx, actor, pathParam(params, "id"));
  const detail: EventDetailDto = {
    ...event,
    payload_cleared_at: payloadClearedAt?.toISOString() ?? null,
    data_text: data?.toString("utf8") ?? null,
  };
  return jsonResponse(detail);
}
