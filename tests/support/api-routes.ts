// Finds the routes of the public API in the source tree, with the methods that they offer. Whatever a test calls through
// here must be answered as the OpenAPI document says.
import { readdirSync } from "node:fs";
import path from "node:path";
import { recordAnswer } from "./contract/recorder";

const ROOT = path.resolve(import.meta.dirname, "../..");
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response> | Response;

export type ApiRoute = {
  /** `/api/v1/endpoints/{id}` */
  path: string;
  file: string;
  handlers: Partial<Record<(typeof METHODS)[number], Handler>>;
};

function watched(method: string, at: string, handler: Handler): Handler {
  return async (request, context) => {
    const response = await handler(request, context);
    await recordAnswer(method, at, response);
    return response;
  };
}

/** Every `route.ts` below app/api/v1, loaded. A call throws when its answer is not documented. */
export async function loadApiRoutes(): Promise<ApiRoute[]> {
  const files = readdirSync(path.join(ROOT, "app/api/v1"), { recursive: true, encoding: "utf8" }).filter(
    (file) => /(^|\/)route\.ts$/.test(file),
  );
  return Promise.all(
    files.map(async (file) => {
      const module: Record<string, Handler | undefined> = await import(path.join(ROOT, "app/api/v1", file));
      const below = file.replace(/\/?route\.ts$/, "").replace(/\[([^\]]+)\]/g, "{$1}");
      const at = `/api/v1/${below}`;
      const handlers = Object.fromEntries(
        METHODS.flatMap((name) => {
          const handler = module[name];
          return handler === undefined ? [] : [[name, watched(name, at, handler)]];
        }),
      );
      return { path: at, file, handlers };
    }),
  );
}
