// The calls on profiles.

import { builtInProfile } from "@/lib/domain/profile/built-in";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { updateProfile } from "@/lib/server/services/profiles/update-profile";
import type { Cases, Prepare } from "../case";
import { documentedOperation } from "../document";
import type { Scene } from "../scene";
import { HEX, WHSEC } from "./endpoints";

const SAVED = documentedOperation("testProfile").object.requestBody.content["application/json"].example;

const own: Prepare = async (scene) => ({ params: { profile: (await scene.profile()).slug } });
const builtIn: Prepare = () => ({ params: { profile: "vizi" } });

function definitionOf(slug: string): ProfileDefinition {
  const profile = builtInProfile(slug);
  if (profile === null) throw new Error(`there is no built-in profile ${slug}`);
  return profile.definition;
}

/** An own profile with a second version, which no endpoint was moved to. */
async function changed(scene: Scene, definition: ProfileDefinition, from = "vizi"): Promise<string> {
  const { slug } = await scene.profile({ based_on: from });
  await scene.endpoint({ profile: slug });
  await updateProfile(scene.ctx, scene.actor, slug, { definition, apply_to_endpoints: false });
  return slug;
}

const withHeader = { ...definitionOf("vizi"), headers: [{ name: "X-Acme", value: "{{event.type}}" }] };

export const profileCases: Cases = {
  listProfiles: {
    ready: async (scene) => {
      await scene.profile();
      return { query: { limit: "250" } };
    },
    also: {
      "200": { "one at a time": () => ({ query: { limit: "1", show: "built_in" } }) },
      "400 invalid_request": { "a bad cursor": () => ({ query: { cursor: "nothing" } }) },
    },
  },
  createProfile: {
    ready: () => ({}),
    also: {
      "201": { "a definition": () => ({ body: { name: "Ours", definition: withHeader } }) },
      "409 conflict": async (scene) => {
        await scene.profile({ name: "Ours", slug: "ours" });
        return { body: { name: "Ours", slug: "ours", based_on: "vizi" } };
      },
    },
  },
  getProfile: {
    ready: async (scene) => ({ params: { profile: await changed(scene, withHeader) } }),
    also: {
      "200": Object.fromEntries(
        ["standard-webhooks", "standard-webhooks-ed25519", "svix", "stripe", "github", "shopify", "slack"]
          .concat(["vizi", "nzochain", "vizion", "vivoldi", "visisto"])
          .map((profile) => [profile, () => ({ params: { profile } })]),
      ),
    },
  },
  updateProfile: {
    ready: own,
    also: {
      "200": {
        "endpoints that are moved": async (scene) => {
          const { slug } = await scene.profile();
          await scene.endpoint({ profile: slug });
          return {
            params: { profile: slug },
            body: { definition: withHeader },
            scopes: ["profiles:write", "endpoints:write"],
          };
        },
      },
      "403 forbidden": {
        "endpoints that may not be moved": async (scene) => {
          const { slug } = await scene.profile();
          await scene.endpoint({ profile: slug });
          return { params: { profile: slug }, body: { definition: withHeader } };
        },
      },
      "409 conflict": {
        "built in": builtIn,
        "an older base": async (scene) => ({
          params: { profile: await changed(scene, withHeader) },
          body: { definition: definitionOf("vizi"), base_version: 1 },
        }),
      },
    },
  },
  getProfileVersion: {
    ready: async (scene) => ({ params: { profile: await changed(scene, withHeader), version: "1" } }),
    also: {
      "404 not_found": {
        "no such version": async (scene) => ({
          params: { profile: (await scene.profile()).slug, version: "7" },
        }),
      },
    },
  },
  restoreProfileVersion: {
    ready: async (scene) => {
      const { slug } = await scene.profile();
      await updateProfile(scene.ctx, scene.actor, slug, { definition: withHeader });
      return { params: { profile: slug, version: "1" } };
    },
    also: {
      "403 forbidden": {
        "endpoints that may not be moved": async (scene) => ({
          params: { profile: await changed(scene, withHeader), version: "1" },
        }),
      },
      "409 conflict": {
        "built in": () => ({ params: { profile: "vizi", version: "1" } }),
        "nothing to restore": async (scene) => ({
          params: { profile: (await scene.profile()).slug, version: "1" },
        }),
      },
    },
  },
  applyProfile: {
    ready: async (scene) => ({ params: { profile: await changed(scene, withHeader) } }),
    also: {
      "409 conflict": async (scene) => ({
        params: { profile: await changed(scene, definitionOf(WHSEC), HEX) },
      }),
    },
  },
  archiveProfile: {
    ready: own,
    also: {
      "409 conflict": {
        "built in": builtIn,
        "in use": async (scene) => {
          const { slug } = await scene.profile();
          await scene.endpoint({ profile: slug });
          return { params: { profile: slug } };
        },
      },
    },
  },
  unarchiveProfile: { ready: own, also: { "409 conflict": builtIn } },
  previewProfile: {
    ready: () => ({}),
    also: {
      "200": {
        "a draft and a stored event": async (scene) => ({
          body: { definition: withHeader, event_id: await scene.event() },
          scopes: ["profiles:read", "events:read"],
        }),
        "a profile that signs with ed25519": () => ({ body: { profile: "standard-webhooks-ed25519" } }),
      },
      "403 forbidden": {
        "a stored event": async (scene) => ({ body: { profile: "vizi", event_id: await scene.event() } }),
      },
      "404 not_found": () => ({ body: { profile: "nothing" } }),
      "409 conflict": async (scene) => ({
        body: { profile: "vizi", event_id: await scene.clearedEvent() },
        scopes: ["profiles:read", "events:read"],
      }),
    },
  },
  testProfile: {
    ready: async (scene) => {
      const { slug: profile } = await scene.profile();
      const { id } = await scene.endpoint({ profile });
      return {
        swap: { [SAVED.profile]: profile, [SAVED.endpoint_id]: id },
        scopes: ["profiles:write", "endpoints:write"],
      };
    },
    also: {
      "200": { "to the Inbox": () => ({ body: { profile: "vizi" } }) },
      "403 forbidden": {
        "an endpoint": async (scene) => ({
          body: { profile: "vizi", endpoint_id: (await scene.endpoint()).id },
        }),
      },
      "404 not_found": () => ({ scopes: ["profiles:write", "endpoints:write"] }),
      "409 conflict": async (scene) => ({
        body: { profile: WHSEC, endpoint_id: (await scene.endpoint({ profile: HEX })).id },
        scopes: ["profiles:write", "endpoints:write"],
      }),
    },
  },
};
