// Owns the calls on event types and packs that the public API and the dashboard's API share.
import { createEventTypeInput, publishExampleInput, updateEventTypeInput } from "@/lib/contracts/event-types";
import { eventTypeName } from "@/lib/domain/endpoint/event-type-match";
import { archiveEventType, restoreEventType, updateEventType } from "../services/catalogue/change-event-type";
import { createEventType } from "../services/catalogue/create-event-type";
import { deleteEventType } from "../services/catalogue/delete-event-type";
import { getEventType } from "../services/catalogue/get-event-type";
import { listEventTypes } from "../services/catalogue/list-event-types";
import { installPack, listPacks, removePack } from "../services/catalogue/packs";
import { publishExample } from "../services/catalogue/publish-example";
import { MAX_EVENT_TYPE_BODY_BYTES as MAX_BODY_BYTES } from "./body-limits";
import { type Call, pathParam } from "./call";
import { emptyResponse, jsonResponse } from "./json-response";
import { parseJsonBody, parseValue } from "./parse";

const nameOf = ({ params }: Call): string => pathParam(params, "name");

/** Every call on the catalogue; the names say which service each one is. */
export const catalogueCalls = {
  async list(call: Call) {
    return jsonResponse({ data: await listEventTypes(call.ctx, call.actor) });
  },
  async create(call: Call) {
    const input = await parseJsonBody(call.request, createEventTypeInput, { maxBytes: MAX_BODY_BYTES });
    return jsonResponse(await createEventType(call.ctx, call.actor, input), { status: 201 });
  },
  async get(call: Call) {
    return jsonResponse(await getEventType(call.ctx, call.actor, nameOf(call)));
  },
  async update(call: Call) {
    const input = await parseJsonBody(call.request, updateEventTypeInput, { maxBytes: MAX_BODY_BYTES });
    return jsonResponse(await updateEventType(call.ctx, call.actor, nameOf(call), input));
  },
  async archive(call: Call) {
    return jsonResponse(await archiveEventType(call.ctx, call.actor, nameOf(call)));
  },
  async restore(call: Call) {
    return jsonResponse(await restoreEventType(call.ctx, call.actor, nameOf(call)));
  },
  async remove(call: Call) {
    await deleteEventType(call.ctx, call.actor, nameOf(call));
    return emptyResponse();
  },
  async publish(call: Call) {
    const type = parseValue(nameOf(call), eventTypeName, "name");
    const input = await parseJsonBody(call.request, publishExampleInput, { maxBytes: MAX_BODY_BYTES });
    return jsonResponse(await publishExample(call.ctx, call.actor, type, input), { status: 202 });
  },
  async listPacks(call: Call) {
    return jsonResponse({ data: await listPacks(call.ctx, call.actor) });
  },
  async removePack(call: Call) {
    return jsonResponse(await removePack(call.ctx, call.actor, pathParam(call.params, "slug")));
  },
  async installPack(call: Call) {
    return jsonResponse(await installPack(call.ctx, call.actor, pathParam(call.params, "slug")));
  },
};
