// A workspace for one call of the contract test, with the things in it that the call needs. Everything is made by the same
// services that the dashboard and the API use, in the same database.
import type { PutCallbackInput } from "@/lib/contracts/callbacks";
import type { CreateEndpointInput, EndpointWithSecretDto } from "@/lib/contracts/endpoints";
import type { CreateProfileInput, ProfileDetailDto } from "@/lib/contracts/profiles";
import type { Actor, ApiKeyScope } from "@/lib/domain/access/permissions";
import { endCallback } from "@/lib/server/services/callbacks/end-callback";
import { putCallback } from "@/lib/server/services/callbacks/put-callback";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { ingestEvent } from "@/lib/server/services/ingest-events";
import { archiveProfile } from "@/lib/server/services/profiles/archive-profile";
import { createProfile } from "@/lib/server/services/profiles/create-profile";
import { type DeliverySeed, seedDelivery } from "../delivery-rows";
import type { TestContext } from "../service-context";
import { createTestWorkspace } from "../workspace";

export type Scene = {
  ctx: TestContext;
  /** The owner, in the live environment. */
  actor: Actor;
  /** A new API key with exactly these scopes. */
  key(scopes: readonly ApiKeyScope[]): Promise<{ key: string; keyId: string }>;
  endpoint(input?: Partial<CreateEndpointInput>): Promise<EndpointWithSecretDto>;
  profile(input?: Partial<CreateProfileInput>): Promise<ProfileDetailDto>;
  /** Accepts an event; gives its id. */
  event(fields?: Record<string, unknown>): Promise<string>;
  /** A delivery in the state given, to an endpoint of its own unless one is named. */
  delivery(seed?: Partial<DeliverySeed>): Promise<{ id: string; eventId: string }>;
  callback(subject: string, input?: Partial<PutCallbackInput>): Promise<{ endpoint_id: string }>;
  /** The endpoint of a callback that takes no events any more. */
  endedCallback(): Promise<string>;
  /** Makes an archived profile the environment's default, as a change behind our back would. */
  loseDefaultProfile(): Promise<void>;
  /** An event whose payload retention has cleared; gives its id. */
  clearedEvent(): Promise<string>;
};

/** An empty workspace with an owner. */
export async function openScene(ctx: TestContext): Promise<Scene> {
  const workspace = await createTestWorkspace(ctx);
  const actor = workspace.user("owner");
  const { environmentId } = actor;
  const scene: Scene = {
    ctx,
    actor,
    async key(scopes) {
      const { id, key } = await createApiKey(ctx, actor, { name: "contract", scopes: [...scopes] });
      return { key, keyId: id };
    },
    endpoint: (input = {}) =>
      createEndpoint(ctx, actor, {
        url: "https://shop.example.com/webhooks",
        event_types: ["order.*"],
        ...input,
      }),
    profile: (input = {}) => createProfile(ctx, actor, { name: "Acme scores", based_on: "vizi", ...input }),
    async event(fields = {}) {
      const body = Buffer.from(JSON.stringify({ type: "order.paid", data: { amount: 4200 }, ...fields }));
      return (await ingestEvent(ctx, actor, body, null)).answer.id;
    },
    async delivery(seed = {}) {
      const endpointId = seed.endpointId ?? (await scene.endpoint()).id;
      return seedDelivery(ctx, environmentId, { ...seed, endpointId });
    },
    async callback(subject, input = {}) {
      const { callback } = await putCallback(ctx, actor, subject, {
        callback_url: "https://customer.example.com/updates",
        event_types: ["*"],
        unsubscribe_on: [],
        ...input,
      });
      return callback;
    },
    async endedCallback() {
      const { endpoint_id } = await scene.callback("ended");
      await endCallback(ctx, actor, "ended");
      return endpoint_id;
    },
    async loseDefaultProfile() {
      const { slug } = await scene.profile({ name: "Lost" });
      await archiveProfile(ctx, actor, slug);
      await ctx.db.prisma.environment.update({
        where: { id: environmentId },
        data: { defaultProfile: slug },
      });
    },
    async clearedEvent() {
      return (await scene.delivery({ data: null })).eventId;
    },
  };
  return scene;
}
