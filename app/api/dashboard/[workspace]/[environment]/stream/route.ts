import { changeStream } from "@/lib/server/http/change-stream";
import { emptyResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";

// The same frame as any other call, asked again while the stream is open: session, seat and permission.
const recheck = withOperator("deliveries:read", async () => emptyResponse());

export const GET = withOperator("deliveries:read", async ({ ctx, actor, request, params }) =>
  changeStream({
    bus: ctx.bus,
    environmentId: actor.environmentId,
    signal: request.signal,
    isStillAllowed: async () => {
      const again = new Request(request.url, { headers: request.headers });
      return (await recheck(again, { params: Promise.resolve(params) })).ok;
    },
  }),
);

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
