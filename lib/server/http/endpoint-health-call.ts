// Owns the call for an endpoint's health, shared by the public API and the dashboard's.
import { getEndpointHealth } from "../services/health/get-endpoint-health";
import { type Call, pathParam } from "./call";
import { jsonResponse } from "./json-response";

export async function endpointHealthCall({ ctx, actor, params }: Call): Promise<Response> {
  return jsonResponse(await getEndpointHealth(ctx, actor, pathParam(params, "id")));
}
