// Owns the calls below /webhooks: subscribe, unsubscribe and test, in the shapes of the systems that people move from.
import { subscribeInput, unsubscribeInput, webhookTestInput } from "@/lib/contracts/webhooks";
import { sendExampleEvent } from "../services/send-test-event";
import { subscribe } from "../services/webhooks/subscribe";
import { unsubscribe, unsubscribeById } from "../services/webhooks/unsubscribe";
import { type Call, pathParam } from "./call";
import { emptyResponse, jsonResponse } from "./json-response";
import { parseJsonBody } from "./parse";

export const webhookCalls = {
  async subscribe(call: Call) {
    const input = await parseJsonBody(call.request, subscribeInput);
    const { subscription, created } = await subscribe(call.ctx, call.actor, input);
    return jsonResponse(subscription, { status: created ? 201 : 200 });
  },
  async unsubscribe(call: Call) {
    await unsubscribe(call.ctx, call.actor, await parseJsonBody(call.request, unsubscribeInput));
    return emptyResponse();
  },
  async remove(call: Call) {
    await unsubscribeById(call.ctx, call.actor, pathParam(call.params, "id"));
    return emptyResponse();
  },
  async test(call: Call) {
    const input = await parseJsonBody(call.request, webhookTestInput);
    const sent = await sendExampleEvent(call.ctx, call.actor, input.endpoint_id, input.event_type);
    return jsonResponse(sent, { status: 202 });
  },
};
