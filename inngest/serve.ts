// Owns who may call the functions over HTTP: an Inngest server with a valid signature (or a development server), and
// nobody in embedded mode, where calls stay inside the process. Also announces the functions to the server.
import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import type { EngineClient } from "@/inngest/client";
import { engineMode, isInngestDev } from "@/inngest/mode";

type Handler = (request: Request) => Promise<Response>;

export type ServeRouteOptions = {
  client: EngineClient;
  functions: readonly InngestFunction.Any[];
  env: Readonly<Record<string, string | undefined>>;
};

const PATH = "/api/inngest";
/** A run's steps travel with every call; ours carry ids and times only. */
const MAX_CALL_BYTES = 8 * 1024 * 1024;

/** The body, null when there is none; counted while it is read, because a Content-Length may lie or be missing. */
async function readBounded(request: Request): Promise<Uint8Array<ArrayBuffer> | null | "too_large"> {
  if (request.body === null) return null;
  if (Number(request.headers.get("content-length") ?? 0) > MAX_CALL_BYTES) return "too_large";
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(Buffer.concat(chunks, size));
    size += value.byteLength;
    if (size > MAX_CALL_BYTES) {
      // Not awaited: the other side may never stop sending.
      reader.cancel().catch(() => undefined);
      return "too_large";
    }
    chunks.push(value);
  }
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ message }), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** The route's handlers: 404 in embedded mode, 401 without a valid signature, 405 for every other method. */
export function createServeRoute({ client, functions, env }: ServeRouteOptions) {
  // Without this, the SDK answers an unsigned PUT by registering whatever address the caller named.
  const sdk = serve({ client, functions: [...functions], enableUnauthedSync: false });
  const guarded: Handler = async (request) => {
    if (engineMode(env) === "embedded") return refusal(404, "Not found");
    if (!isInngestDev(env)) {
      const signed = request.headers.has("x-inngest-signature");
      if (!signed || !env.INNGEST_SIGNING_KEY) return refusal(401, "Unauthorized");
    }
    // The SDK reads the whole body before it checks the signature, so a stranger's body must be bounded here.
    const body = await readBounded(request);
    if (body === "too_large") return refusal(413, "Payload too large");
    const { method, headers, url } = request;
    return sdk(new Request(url, { method, headers, ...(body === null ? {} : { body }) }));
  };
  const refused: Handler = async () => refusal(405, "Method not allowed", { allow: "GET, POST, PUT" });
  return { GET: guarded, POST: guarded, PUT: guarded, OPTIONS: refused, PATCH: refused, DELETE: refused };
}

export type RegisterResult = { outcome: "registered" } | { outcome: "failed"; message: string };

/**
 * Tells the Inngest server which functions exist and that they are called at `<appUrl>/api/inngest`. The SDK posts to
 * the server itself; our own route is not involved, so it can refuse every unsigned PUT. Never throws.
 */
export async function registerFunctions(
  options: Pick<ServeRouteOptions, "client" | "functions">,
  appUrl: string,
): Promise<RegisterResult> {
  const sdk = serve({ client: options.client, functions: [...options.functions], enableUnauthedSync: true });
  try {
    const url = new URL(PATH, appUrl);
    const response = await sdk(new Request(url, { method: "PUT", headers: { host: url.host } }));
    if (response.ok) return { outcome: "registered" };
    const body: unknown = await response.json().catch(() => undefined);
    const message =
      typeof body === "object" && body !== null && "message" in body ? String(body.message) : "";
    return { outcome: "failed", message: message || `HTTP ${response.status}` };
  } catch (error) {
    return { outcome: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}
