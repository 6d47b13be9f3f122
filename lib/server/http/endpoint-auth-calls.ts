// Owns the calls on endpoint authentication that the public API and the dashboard's API share: parse, one service, a status.
import { clientCertificateInput, endpointAuthInput } from "@/lib/contracts/endpoint-auth";
import { getEndpointCredentials } from "../services/get-endpoint-credentials";
import { removeClientCertificate } from "../services/remove-client-certificate";
import { removeEndpointAuth } from "../services/remove-endpoint-auth";
import { setClientCertificate } from "../services/set-client-certificate";
import { setEndpointAuth } from "../services/set-endpoint-auth";
import { MAX_CERTIFICATE_BODY_BYTES } from "./body-limits";
import { type Call, pathParam } from "./call";
import { emptyResponse, jsonResponse } from "./json-response";
import { parseJsonBody } from "./parse";

const idOf = ({ params }: Call): string => pathParam(params, "id");

export const endpointAuthCalls = {
  async get(call: Call) {
    return jsonResponse(await getEndpointCredentials(call.ctx, call.actor, idOf(call)));
  },
  async set(call: Call) {
    const input = await parseJsonBody(call.request, endpointAuthInput);
    return jsonResponse(await setEndpointAuth(call.ctx, call.actor, idOf(call), input));
  },
  async remove(call: Call) {
    await removeEndpointAuth(call.ctx, call.actor, idOf(call));
    return emptyResponse();
  },
  async setCertificate(call: Call) {
    const input = await parseJsonBody(call.request, clientCertificateInput, {
      maxBytes: MAX_CERTIFICATE_BODY_BYTES,
    });
    return jsonResponse(await setClientCertificate(call.ctx, call.actor, idOf(call), input));
  },
  async removeCertificate(call: Call) {
    await removeClientCertificate(call.ctx, call.actor, idOf(call));
    return emptyResponse();
  },
};
