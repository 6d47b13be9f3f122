// A caller of the public API: finds the route of an address as Next would, and calls its handler with an API key.
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { type ApiRoute, loadApiRoutes } from "./api-routes";

export type ApiAnswer = {
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers of every shape
  json: any;
};

export type ApiClient = {
  key: string;
  call(method: string, address: string, body?: unknown): Promise<ApiAnswer>;
};

function paramsOf(template: string, segments: readonly string[]): Record<string, string> | null {
  const wanted = template.split("/");
  if (wanted.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const segment = segments[index] ?? "";
    // Next decodes each segment once before a handler sees it.
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(segment);
    else if (part !== segment) return null;
  }
  return params;
}

/** The route of a path; a fixed segment wins over a parameter. */
function find(routes: readonly ApiRoute[], path: string) {
  const segments = path.split("/");
  const found = routes.flatMap((route) => {
    const params = paramsOf(route.path, segments);
    return params === null ? [] : [{ route, params }];
  });
  found.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  return found[0];
}

/** A client with every scope in the environment of `actor`. The runtime must have been set. */
export async function openApiClient(
  ctx: ServiceContext,
  actor: Parameters<typeof createApiKey>[1],
): Promise<ApiClient> {
  const routes = await loadApiRoutes();
  const { key } = await createApiKey(ctx, actor, { name: "test", scopes: [...API_KEY_SCOPES] });
  return {
    key,
    async call(method, address, body) {
      const url = new URL(address, "http://signpost.test");
      const match = find(routes, url.pathname);
      const handler = match?.route.handlers[method as "GET"];
      if (match === undefined || handler === undefined)
        throw new Error(`${method} ${address} has no handler`);
      const response = await handler(
        new Request(url, {
          method,
          headers: {
            authorization: `Bearer ${key}`,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        }),
        { params: Promise.resolve(match.params) },
      );
      const text = await response.text();
      return { status: response.status, text, json: text === "" ? null : JSON.parse(text) };
    },
  };
}
