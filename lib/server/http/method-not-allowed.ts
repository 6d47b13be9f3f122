// Owns the answer to methods that a route does not have. Next would answer HEAD and OPTIONS by itself; an API for
// machines says 405 with Allow instead, and never a CORS header.
import { AppError } from "@/lib/domain/errors";
import { problemResponse } from "./problem";
import { newRequestId } from "./request-id";

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/**
 * Handlers for the methods that a route refuses. Use:
 * `export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);`
 */
export function methodNotAllowed<Allowed extends Method>(
  allowed: readonly Allowed[],
): Record<Exclude<Method, Allowed>, () => Response> {
  const allow = allowed.join(", ");
  const refuse = () =>
    problemResponse(new AppError("method_not_allowed", `This address takes ${allow} only.`), newRequestId(), {
      allow,
    });
  const refused = METHODS.filter((method) => !(allowed as readonly string[]).includes(method));
  return Object.fromEntries(refused.map((method) => [method, refuse])) as Record<
    Exclude<Method, Allowed>,
    () => Response
  >;
}
