// Owns what every route shares, whoever calls it: a request id, one place where errors become answers, safe path
// parameters. `withApiKey` and `withOperator` add who is calling.
import type { Logger } from "pino";
import { AppError } from "@/lib/domain/errors";
import { errorFacts } from "../error-facts";
import { problemResponse, toProblem } from "./problem";
import { newRequestId, REQUEST_ID_HEADER } from "./request-id";

export type RouteParams = Record<string, string>;
/** What Next passes as the second argument. */
export type RouteContext = { params: Promise<RouteParams> };
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

const MAX_PARAM_LENGTH = 256;

// A control character never belongs to an id; PostgreSQL would refuse the query with an error of its own.
const hasControl = (value: string) => [...value].some((char) => char < " " || char === "\u007f");

function safeParam(value: string): string {
  if (value === "" || value.length > MAX_PARAM_LENGTH || hasControl(value) || !value.isWellFormed()) {
    throw new AppError("not_found", "There is nothing at this address.");
  }
  return value;
}

/**
 * Path parameters; anything that cannot be an id is the same 404 as an unknown one. Next has decoded them: to decode again
 * would take the subject `ref%2D1` for `ref-1`, which is somebody else's.
 */
export async function readParams(context: RouteContext): Promise<RouteParams> {
  const params = await context.params;
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, safeParam(value)]));
}

/**
 * Runs `work` and answers whatever happens: its Response with the request id added, or a problem. Unexpected errors
 * are logged with that id; nothing of them is in the answer.
 */
export async function answerRequest(
  request: Request,
  logger: () => Logger,
  work: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = newRequestId();
  try {
    const response = await work(requestId);
    response.headers.set(REQUEST_ID_HEADER, requestId);
    return response;
  } catch (thrown) {
    const problem = toProblem(thrown, requestId);
    if (problem.unexpected || problem.error.code === "database_unavailable") {
      logger().error(
        {
          request_id: requestId,
          method: request.method,
          path: new URL(request.url).pathname.slice(0, 500),
          error: errorFacts(problem.error.cause ?? problem.error),
        },
        "a request failed",
      );
    }
    return problemResponse(problem.error, requestId);
  }
}
