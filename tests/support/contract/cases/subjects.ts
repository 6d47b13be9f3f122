// The calls on subjects, and those below /webhooks.
import { subscribe } from "@/lib/server/services/webhooks/subscribe";
import type { Cases, Prepare } from "../case";
import { documentedOperation, openApi } from "../document";
import { HEX, PRIVATE_URL, WHSEC } from "./endpoints";

const SUBJECT = openApi.paths["/api/v1/subjects/{subject}/callback"].put.parameters[0].example;
const params = { subject: SUBJECT };
const exampleOf = (id: string) =>
  documentedOperation(id).object.requestBody.content["application/json"].example;

const known: Prepare = async (scene) => {
  await scene.callback(SUBJECT);
  return { params };
};

const subscribed: Prepare = async (scene) => {
  await subscribe(scene.ctx, scene.actor, { ...exampleOf("unsubscribe"), events: ["threat.detected"] });
  return {};
};

const ENDPOINT = exampleOf("sendExampleEvent").endpoint_id;

export const subjectCases: Cases = {
  putCallback: {
    ready: () => ({ params }),
    also: {
      "200": {
        "the same again": known,
        "with a new secret": async (scene) => ({
          ...(await known(scene)),
          body: { callback_url: "https://customer.example.com/updates", new_secret: true },
        }),
      },
      "400 invalid_request": {
        "an expiry that has passed": () => ({
          params,
          body: { callback_url: "https://customer.example.com/", expires_at: "2020-01-01T00:00:00Z" },
        }),
      },
      "409 conflict": {
        "an archived default profile": async (scene) => {
          await scene.loseDefaultProfile();
          return { params };
        },
        "another kind of secret": async (scene) => {
          await scene.callback(SUBJECT, { profile: HEX });
          return { params, body: { callback_url: "https://customer.example.com/updates", profile: WHSEC } };
        },
      },
      "422 target_not_allowed": () => ({ params, body: { callback_url: PRIVATE_URL } }),
    },
  },
  getCallback: {
    ready: known,
    also: {
      "200": {
        ended: async (scene) => {
          await scene.endedCallback();
          return { params: { subject: "ended" } };
        },
      },
      "404 not_found": { "no callback": () => ({ params }) },
    },
  },
  endCallback: { ready: known, also: { "404 not_found": { "no callback": () => ({ params }) } } },
  listSubjectEvents: {
    ready: async (scene) => {
      await scene.event({ subject: SUBJECT });
      return { params };
    },
    also: {
      "200": { "nothing yet": () => ({ params }) },
      "400 invalid_request": { "a bad cursor": () => ({ params, query: { cursor: "x" } }) },
    },
  },
};

export const webhookCases: Cases = {
  subscribe: {
    ready: () => ({}),
    also: {
      "200": async (scene) => {
        await subscribe(scene.ctx, scene.actor, exampleOf("subscribe"));
        return {};
      },
      "409 conflict": async (scene) => {
        await scene.loseDefaultProfile();
        return {};
      },
      "422 target_not_allowed": () => ({ body: { url: PRIVATE_URL, events: ["*"] } }),
    },
  },
  unsubscribe: { ready: subscribed, also: { "404 not_found": () => ({}) } },
  deleteSubscription: {
    ready: async (scene) => {
      const input = exampleOf("subscribe");
      const { subscription } = await subscribe(scene.ctx, scene.actor, input);
      return { params: { id: subscription.id } };
    },
    also: {
      "404 not_found": {
        "an endpoint that was not subscribed": async (scene) => ({
          params: { id: (await scene.endpoint()).id },
        }),
      },
    },
  },
  sendExampleEvent: {
    ready: async (scene) => ({ swap: { [ENDPOINT]: (await scene.endpoint()).id } }),
    also: {
      "202": {
        "an id as VIZI writes it": async (scene) => ({
          swap: { [ENDPOINT]: (await scene.endpoint()).id.replace("ep_", "we_") },
        }),
      },
      "400 invalid_request": {
        "a type without an example": async (scene) => ({
          body: { endpoint_id: (await scene.endpoint()).id, event_type: "no.example" },
        }),
      },
      "404 not_found": () => ({}),
      "409 conflict": async (scene) => ({ swap: { [ENDPOINT]: await scene.endedCallback() } }),
    },
  },
};
