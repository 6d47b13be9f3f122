// Owns the calls on the caller's environment that the public API and the dashboard's API share.
import { updateEnvironmentInput } from "@/lib/contracts/environment";
import { getEnvironmentSettings, updateEnvironmentSettings } from "../services/environment-settings";
import type { Call } from "./call";
import { jsonResponse } from "./json-response";
import { parseJsonBody } from "./parse";

export const environmentCalls = {
  async get(call: Call) {
    return jsonResponse(await getEnvironmentSettings(call.ctx, call.actor));
  },
  async update(call: Call) {
    const input = await parseJsonBody(call.request, updateEnvironmentInput);
    return jsonResponse(await updateEnvironmentSettings(call.ctx, call.actor, input));
  },
};
