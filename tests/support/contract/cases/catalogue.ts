// The calls on event types and packs, on the environment, and those that need no key.

import { archiveEventType } from "@/lib/server/services/catalogue/change-event-type";
import { createEventType } from "@/lib/server/services/catalogue/create-event-type";
import { installPack } from "@/lib/server/services/catalogue/packs";
import type { Cases, Prepare } from "../case";
import { documentedOperation } from "../document";

const EXAMPLE = documentedOperation("createEventType").object.requestBody.content["application/json"].example;

const known: Prepare = async (scene) => {
  await createEventType(scene.ctx, scene.actor, EXAMPLE);
  return { params: { name: EXAMPLE.name } };
};

const archived: Prepare = async (scene) => {
  const request = await known(scene);
  await archiveEventType(scene.ctx, scene.actor, EXAMPLE.name);
  return request;
};

const installed: Prepare = async (scene) => {
  await installPack(scene.ctx, scene.actor, "visisto");
  return { params: { slug: "visisto" } };
};

export const catalogueCases: Cases = {
  listEventTypes: {
    ready: async (scene) => {
      await archived(scene);
      await scene.event();
      await scene.endpoint({ event_types: ["invoice.paid"] });
      return {};
    },
  },
  createEventType: {
    ready: () => ({}),
    also: {
      "400 invalid_request": {
        "an example that is no JSON": () => ({ body: { name: "a.b", example_text: "{" } }),
      },
      "409 conflict": async (scene) => {
        await known(scene);
        return {};
      },
    },
  },
  getEventType: { ready: known, also: { "200": { archived } } },
  updateEventType: { ready: known },
  deleteEventType: { ready: known },
  archiveEventType: { ready: known },
  restoreEventType: { ready: archived },
  listEventTypePacks: { ready: () => ({}), also: { "200": { "one installed": installed } } },
  installEventTypePack: {
    ready: () => ({ params: { slug: "visisto" } }),
    also: { "200": { again: installed } },
  },
  removeEventTypePack: {
    ready: installed,
    also: { "200": { "nothing installed": () => ({ params: { slug: "visisto" } }) } },
  },
};

export const environmentCases: Cases = {
  getEnvironment: { ready: () => ({}) },
  updateEnvironment: { ready: () => ({}) },
};

export const publicCases: Cases = {
  listSourceAddresses: { ready: () => ({}) },
  getOpenApi: { ready: () => ({}) },
};
