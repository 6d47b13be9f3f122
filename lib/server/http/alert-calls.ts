// Owns the dashboard's calls on alerts, channels, preferences and mails: parse, one service, a status.
import {
  createChannelInput,
  listAlertsQuery,
  listMailsQuery,
  updateChannelInput,
  updatePreferencesInput,
} from "@/lib/contracts/alerts";
import { createChannel } from "../services/alerts/create-channel";
import { deleteChannel } from "../services/alerts/delete-channel";
import { listAlerts } from "../services/alerts/list-alerts";
import { listChannels } from "../services/alerts/list-channels";
import { getMail, listMails, sendMailAgain } from "../services/alerts/mails";
import { getPreferences, updatePreferences } from "../services/alerts/preferences";
import { rotateChannelSecret } from "../services/alerts/rotate-channel-secret";
import { testChannel } from "../services/alerts/test-channel";
import { updateChannel } from "../services/alerts/update-channel";
import { type Call, pathParam } from "./call";
import { emptyResponse, jsonResponse } from "./json-response";
import { parseJsonBody, parseQuery } from "./parse";

const idOf = ({ params }: Call) => pathParam(params, "id");

/** Every call; the names say which service each one is. */
export const alertCalls = {
  async list({ ctx, actor, request }: Call) {
    return jsonResponse(await listAlerts(ctx, actor, parseQuery(request, listAlertsQuery)));
  },
  async listChannels({ ctx, actor }: Call) {
    return jsonResponse(await listChannels(ctx, actor));
  },
  async createChannel({ ctx, actor, request }: Call) {
    const input = await parseJsonBody(request, createChannelInput);
    return jsonResponse(await createChannel(ctx, actor, input), { status: 201 });
  },
  async updateChannel(call: Call) {
    const input = await parseJsonBody(call.request, updateChannelInput);
    return jsonResponse(await updateChannel(call.ctx, call.actor, idOf(call), input));
  },
  async deleteChannel(call: Call) {
    await deleteChannel(call.ctx, call.actor, idOf(call));
    return emptyResponse();
  },
  async testChannel(call: Call) {
    return jsonResponse(await testChannel(call.ctx, call.actor, idOf(call)));
  },
  async rotateChannelSecret(call: Call) {
    return jsonResponse(await rotateChannelSecret(call.ctx, call.actor, idOf(call)));
  },
  async getPreferences({ ctx, actor }: Call) {
    return jsonResponse(await getPreferences(ctx, actor));
  },
  async updatePreferences({ ctx, actor, request }: Call) {
    return jsonResponse(
      await updatePreferences(ctx, actor, await parseJsonBody(request, updatePreferencesInput)),
    );
  },
  async listMails({ ctx, actor, request }: Call) {
    return jsonResponse(await listMails(ctx, actor, parseQuery(request, listMailsQuery)));
  },
  async getMail(call: Call) {
    return jsonResponse(await getMail(call.ctx, call.actor, idOf(call)));
  },
  async sendMailAgain(call: Call) {
    return jsonResponse(await sendMailAgain(call.ctx, call.actor, idOf(call)), { status: 202 });
  },
};
