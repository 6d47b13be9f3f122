// Finds the routes of the public API in the source tree, with the methods that they offer.
import { readdirSync } from "node:fs";
import path from "node:path";

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

/** Every `route.ts` below app/api/v1, loaded. */
export async function loadApiRoutes(): Promise<ApiRoute[]> {
  const files = readdirSync(path.join(ROOT, "app/api/v1"), { recursive: true, encoding: "utf8" }).filter(
    (file) => /(^|\/)route\.ts$/.test(file),
  );
  return Promise.all(
    files.map(async (file) => {
      const module: Record<string, unknown> = await import(path.join(ROOT, "app/api/v1", file));
      const handlers = Object.fromEntries(
        METHODS.flatMap((name) => (module[name] ? [[name, module[name]]] : [])),
      );
      const below = file.replace(/\/?route\.ts$/, "").replace(/\[([^\]]+)\]/g, "{$1}");
      return { path: `/api/v1/${below}`, file, handlers };
    }),
  );
}
