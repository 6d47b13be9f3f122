// The calls on endpoints, their state and their secrets.
import { MAX_ENDPOINTS_PER_ENVIRONMENT } from "@/lib/contracts/endpoints";
import { builtInProfile } from "@/lib/domain/profile/built-in";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import type { Cases, Prepare } from "../case";
import type { Scene } from "../scene";

/** Its secrets are hexadecimal, which `WHSEC` cannot sign with. */
export const HEX = "github";
export const WHSEC = "standard-webhooks";
export const PRIVATE_URL = "https://10.0.0.7/webhooks";

const one: Prepare = async (scene) => ({ params: { id: (await scene.endpoint()).id } });

async function fill(scene: Scene): Promise<void> {
  const { environmentId } = scene.actor;
  const row = {
    environmentId,
    url: "https://shop.example.com/webhooks",
    eventTypes: ["*"],
    timeoutMs: 15_000,
    retryPolicy: { preset: "standard" },
    maxConcurrency: 10,
    state: "active",
  };
  await scene.ctx.db.prisma.endpoint.createMany({
    data: Array.from({ length: MAX_ENDPOINTS_PER_ENVIRONMENT }, () => ({
      ...row,
      id: scene.ctx.newId("endpoint"),
    })),
  });
}

/** A profile that does not sign. */
export async function unsignedProfile(scene: Scene): Promise<string> {
  const definition = builtInProfile("standard-webhooks")?.definition;
  if (definition === undefined) throw new Error("there is no standard profile");
  const unsigned = {
    ...definition,
    signature: { kind: "none" as const },
    secret: { kind: "none" as const },
    rotation: { overlap: "never" as const, default_overlap_seconds: 0 },
  };
  return (await scene.profile({ name: "Unsigned", based_on: undefined, definition: unsigned })).slug;
}

const rotated: Prepare = async (scene) => {
  const { id } = await scene.endpoint();
  const { secrets } = await rotateSecret(scene.ctx, scene.actor, id, { overlap_seconds: 3600 });
  return { params: { id, secret: secrets.find(({ expires_at }) => expires_at !== null)?.id ?? "" } };
};

export const endpointCases: Cases = {
  createEndpoint: {
    ready: () => ({}),
    also: {
      "201": {
        "every setting": () => ({
          body: {
            url: "https://shop.example.com/all",
            event_types: ["order.paid", "invoice.*"],
            tenant: "t_1",
            description: "All",
            headers: { "X-Key": "k" },
            timeout_ms: 5_000,
            retry_policy: { strategy: "fixed", interval_seconds: 60, max_attempts: 3 },
            max_concurrency: 2,
            profile: "standard-webhooks-ed25519",
            filter: "event.data.amount > 1",
            transform: [{ op: "rename", from: "$.a", to: "$.b" }],
            subjects: ["s_1"],
            rate_limit: 5,
            auto_disable: false,
          },
        }),
      },
      "409 conflict": {
        "no room": async (scene) => {
          await fill(scene);
          return {};
        },
        "an archived default profile": async (scene) => {
          await scene.loseDefaultProfile();
          return {};
        },
      },
      "422 target_not_allowed": () => ({ body: { url: PRIVATE_URL, event_types: ["*"] } }),
    },
  },
  listEndpoints: {
    ready: async (scene) => {
      await scene.endpoint();
      await scene.callback("s_1");
      return {};
    },
    also: { "400 invalid_request": { "a bad cursor": () => ({ query: { cursor: "x" } }) } },
  },
  getEndpoint: { ready: one },
  updateEndpoint: {
    ready: one,
    also: {
      "200": {
        "a new secret": async (scene) => ({
          ...(await one(scene)),
          body: { profile: HEX, new_secret: true },
        }),
      },
      "409 conflict": async (scene) => ({
        params: { id: (await scene.endpoint({ profile: HEX })).id },
        body: { profile: WHSEC },
      }),
      "422 target_not_allowed": async (scene) => ({ ...(await one(scene)), body: { url: PRIVATE_URL } }),
    },
  },
  deleteEndpoint: { ready: one },
  getEndpointStats: { ready: one },
  getEndpointHealth: { ready: one },
  sendTestEvent: {
    ready: one,
    also: {
      "202": { "no body": async (scene) => ({ ...(await one(scene)), bytes: new Uint8Array() }) },
      "409 conflict": async (scene) => ({ params: { id: await scene.endedCallback() } }),
    },
  },
  pauseEndpoint: { ready: one },
  disableEndpoint: { ready: one },
  enableEndpoint: {
    ready: async (scene) => {
      const { id } = await scene.endpoint();
      await pauseEndpoint(scene.ctx, scene.actor, id);
      await scene.delivery({ endpointId: id, state: "held" });
      return { params: { id } };
    },
    also: {
      "200": { "what is held stays": async (scene) => ({ ...(await one(scene)), body: { held: "keep" } }) },
    },
  },
  rotateSecret: {
    ready: one,
    also: {
      "409 conflict": async (scene) => ({
        params: { id: (await scene.endpoint({ profile: await unsignedProfile(scene) })).id },
        body: {},
      }),
    },
  },
  retireSecret: {
    ready: rotated,
    also: {
      "404 not_found": {
        "no such secret": async (scene) => ({
          params: { id: (await scene.endpoint()).id, secret: scene.ctx.newId("endpointSecret") },
        }),
      },
      "409 conflict": async (scene) => {
        const { id, secrets } = await scene.endpoint();
        return { params: { id, secret: secrets[0]?.id ?? "" } };
      },
    },
  },
};
