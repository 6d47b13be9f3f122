// The calls on how endpoints authenticate themselves.
import { setClientCertificate } from "@/lib/server/services/set-client-certificate";
import { setEndpointAuth } from "@/lib/server/services/set-endpoint-auth";
import { createAuthority } from "@/tests/support/receiver/certificates";
import type { Cases, Prepare } from "../case";
import { PRIVATE_URL } from "./endpoints";

const one: Prepare = async (scene) => ({ params: { id: (await scene.endpoint()).id } });

const bearer = { kind: "bearer", token: "t0k3n" } as const;

const authority = createAuthority("clients");
const newCertificate = async () => {
  const { cert, key } = await (await authority).issue({ names: ["signpost.example"] });
  return { certificate: cert, key };
};

const withAuth: Prepare = async (scene) => {
  const { id } = await scene.endpoint();
  await setEndpointAuth(scene.ctx, scene.actor, id, bearer);
  return { params: { id } };
};

const withCertificate: Prepare = async (scene) => {
  const { id } = await scene.endpoint();
  await setClientCertificate(scene.ctx, scene.actor, id, await newCertificate());
  return { params: { id } };
};

export const credentialCases: Cases = {
  getEndpointAuth: {
    ready: withAuth,
    also: { "200": { "nothing set": one, "a certificate": withCertificate } },
  },
  setEndpointAuth: {
    ready: one,
    also: {
      "200": {
        basic: async (scene) => ({
          ...(await one(scene)),
          body: { kind: "basic", username: "signpost", password: "secret" },
        }),
        bearer: async (scene) => ({ ...(await one(scene)), body: bearer }),
        "an API key": async (scene) => ({
          ...(await one(scene)),
          body: { kind: "api_key", header: "X-Api-Key", value: "k3y" },
        }),
      },
      "400 invalid_request": {
        "a header that is taken": async (scene) => ({
          params: { id: (await scene.endpoint({ headers: { "X-Api-Key": "k" } })).id },
          body: { kind: "api_key", header: "X-Api-Key", value: "k3y" },
        }),
      },
      "422 target_not_allowed": async (scene) => ({
        ...(await one(scene)),
        swap: { "https://id.example.com/oauth/token": PRIVATE_URL },
      }),
    },
  },
  removeEndpointAuth: { ready: withAuth, also: { "404 not_found": { "nothing set": one } } },
  setClientCertificate: {
    // The document shows no real key, for nobody should use it.
    ready: async (scene) => ({ ...(await one(scene)), body: await newCertificate() }),
    lost: async () => ({ body: await newCertificate() }),
    also: {
      "400 invalid_request": { "what the example shows": one },
      "409 conflict": async (scene) => {
        const { id } = await scene.endpoint();
        const data = { url: "http://shop.example.com/webhooks" };
        await scene.ctx.db.prisma.endpoint.update({ where: { id }, data });
        return { params: { id }, body: await newCertificate() };
      },
    },
  },
  removeClientCertificate: { ready: withCertificate, also: { "404 not_found": { "nothing set": one } } },
};
