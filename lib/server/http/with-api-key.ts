// Owns the frame of every route of the public API: bearer key, permission, rate limit, and errors as problems.
// The key's environment is the only scope there is; no header, query or cookie can name another.
import type { Permission } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "../context";
import { getRuntime } from "../runtime";
import { type ApiKeyActor, authenticateApiKey } from "../services/authenticate-api-key";
import { requirePermission } from "../services/require-permission";
import { clientIp } from "./client-ip";
import { API_RATE_LIMIT, createRateLimiter, type RateLimiter } from "./rate-limit";
import { answerRequest, type RouteHandler, type RouteParams, readParams } from "./route-handler";

export type ApiCall = {
  ctx: ServiceContext;
  actor: ApiKeyActor;
  request: Request;
  params: RouteParams;
  requestId: string;
};

const LIMITERS = Symbol.for("signpost.api-rate-limiter");
type Holder = { [LIMITERS]?: RateLimiter };

/** One limiter for the process: each route is a module of its own, but they share the budget of a key. */
function limiter(): RateLimiter {
  const holder = globalThis as Holder;
  holder[LIMITERS] ??= createRateLimiter(API_RATE_LIMIT, () => performance.now());
  return holder[LIMITERS];
}

/**
 * A route handler for callers with an API key that has `permission`. Answers 401, 403, 404, 429 and every AppError of
 * `handle` as problem+json.
 */
export function withApiKey(
  permission: Permission,
  handle: (call: ApiCall) => Promise<Response>,
): RouteHandler {
  return (request, context) =>
    answerRequest(
      request,
      () => getRuntime().logger,
      async (requestId) => {
        const ctx = getRuntime();
        const known = await authenticateApiKey(ctx, request.headers.get("authorization"));
        limiter().take(known.keyId);
        requirePermission(known, permission);
        const actor = { ...known, ip: clientIp(request) };
        return handle({ ctx, actor, request, params: await readParams(context), requestId });
      },
    );
}
