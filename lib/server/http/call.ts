// Owns what a handler is given by any frame (`withApiKey`, `withOperator`), so that one handler serves both.
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../context";
import type { RouteParams } from "./route-handler";

export type Call = { ctx: ServiceContext; actor: Actor; request: Request; params: RouteParams };

/** A path parameter that the route's folder name promises. */
export function pathParam(params: RouteParams, name: string): string {
  const value = params[name];
  if (value === undefined) throw new AppError("not_found", "There is nothing at this address.");
  return value;
}
