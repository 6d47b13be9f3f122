// Sends the requests of the contract test: through the routes as Next would, with keys that have just the documented scopes.
import type { OutboundResolver } from "@/lib/server/outbound/resolve";
import { createOutbound } from "@/lib/server/outbound/send";
import { setRuntime } from "@/lib/server/runtime";
import { type ApiRoute, loadApiRoutes } from "../api-routes";
import { openTestContext, type TestContext } from "../service-context";
import { type ContractRequest, exampleText, scopesOf } from "./case";
import { documentedOperation, type GivenAnswer, PUBLIC_URL } from "./document";
import type { Scene } from "./scene";

const resolver: OutboundResolver = {
  resolve: async () => ({ outcome: "resolved", addresses: ["93.184.216.34"] }),
  close: () => undefined,
};

/** A context with the real guard; names resolve to a public address, and nothing is attempted. */
export function openContractContext(
  connectionString: string,
  overrides: Parameters<typeof openTestContext>[1] = {},
): TestContext {
  const policy = { allowHttp: false, allowedCidrs: [], allowedHosts: [], selfInbox: null };
  const outbound = createOutbound({ policy, resolver });
  return openTestContext(connectionString, {
    publicUrl: PUBLIC_URL,
    sourceAddresses: [],
    outbound,
    ...overrides,
  });
}

/** A request as it goes over the wire; `body` is null for none. */
export type WireRequest = {
  operationId: string;
  method: string;
  path: string;
  params: Record<string, string>;
  address: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | null;
};

/** The request on the wire; `key` is null for none. */
export function wireRequest(operationId: string, request: ContractRequest, key: string | null): WireRequest {
  const { method, path } = documentedOperation(operationId);
  const { params = {}, query = {}, swap, headers = {}, bytes } = request;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  const json =
    bytes === undefined && "body" in request ? JSON.stringify(request.body) : exampleText(operationId, swap);
  const body = bytes === undefined ? json : new Uint8Array(bytes);
  return {
    operationId,
    method,
    path,
    // As Next gives them: decoded.
    params,
    address: `${PUBLIC_URL}${filled}${search === "" ? "" : `?${search}`}`,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === null || body.length === 0 ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === null || body.length === 0 ? null : body,
  };
}

/** The request with a new key of the scene that has the scopes asked for, else exactly the documented ones. */
export async function signedRequest(
  scene: Scene,
  operationId: string,
  request: ContractRequest,
): Promise<WireRequest & { keyId: string }> {
  const scopes = request.scopes ?? scopesOf(operationId);
  if (scopes.length === 0) return { ...wireRequest(operationId, request, null), keyId: "" };
  const { key, keyId } = await scene.key(scopes);
  return { ...wireRequest(operationId, request, key), keyId };
}

let routes: ApiRoute[] | undefined;

/** Calls the route's handler in the context; throws when the answer is not documented. */
export async function send(ctx: TestContext, wire: WireRequest): Promise<GivenAnswer> {
  routes ??= await loadApiRoutes();
  const handler = routes.find(({ path }) => path === wire.path)?.handlers[wire.method as "GET"];
  if (handler === undefined) throw new Error(`${wire.method} ${wire.path} has no handler`);
  setRuntime(ctx);
  const { method, headers, body, address, params } = wire;
  const response = await handler(new Request(address, { method, headers, body }), {
    params: Promise.resolve(params),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
