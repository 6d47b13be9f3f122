// Owns the endpoint calls that the public API and the dashboard's API share: parse, one service, a status.
// Who may call is decided by the frame around them (with-api-key, with-operator).
import {
  checkUrlInput,
  createEndpointInput,
  enableEndpointInput,
  endpointStatsQuery,
  listEndpointsQuery,
  rotateSecretInput,
  sendTestInput,
  updateEndpointInput,
} from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../context";
import { checkEndpointUrl } from "../services/check-endpoint-url";
import { createEndpoint } from "../services/create-endpoint";
import { deleteEndpoint } from "../services/delete-endpoint";
import { disableEndpoint } from "../services/disable-endpoint";
import { enableEndpoint } from "../services/enable-endpoint";
import { getEndpointStats, listEndpointStats } from "../services/endpoint-stats";
import { getEndpoint } from "../services/get-endpoint";
import { listEndpoints } from "../services/list-endpoints";
import { pauseEndpoint } from "../services/pause-endpoint";
import { retireSecret } from "../services/retire-secret";
import { rotateSecret } from "../services/rotate-secret";
import { sendTestEvent } from "../services/send-test-event";
import { updateEndpoint } from "../services/update-endpoint";
import { MAX_ENDPOINT_BODY_BYTES, MAX_TEST_BODY_BYTES } from "./body-limits";
import { emptyResponse, jsonResponse } from "./json-response";
import { parseJsonBody, parseQuery } from "./parse";
import type { RouteParams } from "./route-handler";

type Call = { ctx: ServiceContext; actor: Actor; request: Request; params: RouteParams };

const idOf = ({ params }: Call): string => params.id ?? "";

/** Every call on endpoints; the names say which service each one is. */
export const endpointCalls = {
  async create(call: Call) {
    const input = await parseJsonBody(call.request, createEndpointInput, {
      maxBytes: MAX_ENDPOINT_BODY_BYTES,
    });
    return jsonResponse(await createEndpoint(call.ctx, call.actor, input), { status: 201 });
  },
  async list(call: Call) {
    return jsonResponse(
      await listEndpoints(call.ctx, call.actor, parseQuery(call.request, listEndpointsQuery)),
    );
  },
  async get(call: Call) {
    return jsonResponse(await getEndpoint(call.ctx, call.actor, idOf(call)));
  },
  async update(call: Call) {
    const input = await parseJsonBody(call.request, updateEndpointInput, {
      maxBytes: MAX_ENDPOINT_BODY_BYTES,
    });
    return jsonResponse(await updateEndpoint(call.ctx, call.actor, idOf(call), input));
  },
  async remove(call: Call) {
    await deleteEndpoint(call.ctx, call.actor, idOf(call));
    return emptyResponse();
  },
  async pause(call: Call) {
    return jsonResponse(await pauseEndpoint(call.ctx, call.actor, idOf(call)));
  },
  async disable(call: Call) {
    return jsonResponse(await disableEndpoint(call.ctx, call.actor, idOf(call)));
  },
  async enable(call: Call) {
    const input = await parseJsonBody(call.request, enableEndpointInput, { allowEmpty: true });
    return jsonResponse(await enableEndpoint(call.ctx, call.actor, idOf(call), input));
  },
  async rotateSecret(call: Call) {
    const input = await parseJsonBody(call.request, rotateSecretInput, { allowEmpty: true });
    return jsonResponse(await rotateSecret(call.ctx, call.actor, idOf(call), input));
  },
  async retireSecret(call: Call) {
    return jsonResponse(await retireSecret(call.ctx, call.actor, idOf(call), call.params.secret ?? ""));
  },
  async sendTest(call: Call) {
    const input = await parseJsonBody(call.request, sendTestInput, {
      allowEmpty: true,
      maxBytes: MAX_TEST_BODY_BYTES,
    });
    return jsonResponse(await sendTestEvent(call.ctx, call.actor, idOf(call), input), { status: 202 });
  },
  async stats(call: Call) {
    return jsonResponse(await getEndpointStats(call.ctx, call.actor, idOf(call)));
  },
  async listStats(call: Call) {
    const { ids } = parseQuery(call.request, endpointStatsQuery);
    return jsonResponse({ data: await listEndpointStats(call.ctx, call.actor, ids) });
  },
  async checkUrl(call: Call) {
    const { url } = await parseJsonBody(call.request, checkUrlInput);
    return jsonResponse(await checkEndpointUrl(call.ctx, call.actor, url));
  },
};
