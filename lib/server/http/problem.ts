// Owns error answers: RFC 9457 problem details with a request id, and nothing of our insides.
// Works for Next's route handlers (Response) and for the bare node:http path (plain values).
import type { ProblemDto } from "@/lib/contracts/problem";
import type { AppError } from "@/lib/domain/errors";
import { classifyError } from "./classify-error";
import { ERROR_STATUS, ERROR_TITLE } from "./error-status";
import { REQUEST_ID_HEADER } from "./request-id";

export const PROBLEM_CONTENT_TYPE = "application/problem+json";

export type Problem = {
  status: number;
  /** Lower-case names; content type, request id, caching and Retry-After included. */
  headers: Record<string, string>;
  body: ProblemDto;
  /** True for errors that we did not expect: log `error` with the request id. */
  unexpected: boolean;
  error: AppError;
};

/** The problem that answers anything thrown. `headers` are added (Allow of a 405). */
export function toProblem(thrown: unknown, requestId: string, headers: Record<string, string> = {}): Problem {
  const error = classifyError(thrown);
  const status = ERROR_STATUS[error.code];
  const body: ProblemDto = {
    type: `/docs#error-${error.code}`,
    title: ERROR_TITLE[error.code],
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    request_id: requestId,
  };
  const retryAfter = error.retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : undefined);
  return {
    status,
    headers: {
      "content-type": PROBLEM_CONTENT_TYPE,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      [REQUEST_ID_HEADER]: requestId,
      ...(retryAfter === undefined ? {} : { "retry-after": String(Math.max(1, Math.ceil(retryAfter))) }),
      // RFC 9110, section 11.6.1: a 401 names how to authenticate.
      ...(status === 401 ? { "www-authenticate": 'Bearer realm="signpost"' } : {}),
      ...headers,
    },
    body,
    unexpected: error.code === "internal_error",
    error,
  };
}

/** `toProblem` as a Response for a route handler. */
export function problemResponse(
  thrown: unknown,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const problem = toProblem(thrown, requestId, headers);
  return new Response(JSON.stringify(problem.body), { status: problem.status, headers: problem.headers });
}
