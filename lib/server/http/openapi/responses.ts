// Owns the answers of the OpenAPI document: headers, successes, and for each status of failure the codes that it may have.
import type { ErrorCode } from "@/lib/domain/errors";
import { ERROR_STATUS, ERROR_TITLE } from "../error-status";
import type { Json } from "./json-schema";
import { errorsOf, type Operation } from "./operation";
import { problemExample } from "./problem-examples";

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` });

export const headerComponents: Record<string, Json> = {
  RequestId: {
    description: "Quote it when something is wrong",
    required: true,
    schema: { type: "string", pattern: "^req_[0-7][0-9a-hjkmnp-tv-z]{25}$" },
    example: "req_01kahg5b2vecqb9h1m4x8s7t6w",
  },
  CacheControl: {
    description: "Whether caches may keep the answer: only those that anyone may read",
    required: true,
    schema: { type: "string", enum: ["private, no-store", "public, max-age=300"] },
  },
  RetryAfter: {
    description: "Seconds to wait before the same call is made again",
    required: true,
    schema: { type: "string", pattern: "^[1-9][0-9]*$" },
    example: "1",
  },
  Authenticate: {
    description: "How to authenticate (RFC 9110, section 11.6.1)",
    required: true,
    schema: { type: "string", const: 'Bearer realm="signpost"' },
  },
  Allow: {
    description: "The methods that the address takes",
    required: true,
    schema: { type: "string", pattern: "^[A-Z]+(, [A-Z]+)*$" },
    example: "GET, POST",
  },
  IdempotentReplayed: {
    description: "There when the call repeats an earlier one, and this is what that one was answered",
    required: false,
    schema: { type: "string", const: "true" },
  },
};

const COMMON_HEADERS = {
  "x-request-id": headerRef("RequestId"),
  "cache-control": headerRef("CacheControl"),
};

function failureHeaders(status: number): Json {
  if (status === 401) return { ...COMMON_HEADERS, "www-authenticate": headerRef("Authenticate") };
  if (status === 405) return { ...COMMON_HEADERS, allow: headerRef("Allow") };
  return status === 429 || status === 503
    ? { ...COMMON_HEADERS, "retry-after": headerRef("RetryAfter") }
    : COMMON_HEADERS;
}

/** The answer of one status of failure; `because` says what leads to a code here. */
export function failure(
  status: number,
  codes: readonly ErrorCode[],
  because: Partial<Record<ErrorCode, string>> = {},
): Json {
  return {
    description: codes.map((code) => `\`${code}\`: ${because[code] ?? ERROR_TITLE[code]}`).join("; "),
    headers: failureHeaders(status),
    content: {
      "application/problem+json": {
        schema: {
          allOf: [schemaRef("Problem")],
          properties: { status: { const: status }, code: { enum: codes } },
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { summary: ERROR_TITLE[code], value: problemExample(code) }]),
        ),
      },
    },
  };
}

function failures(operation: Operation): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(operation)) {
    const status = ERROR_STATUS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([left], [right]) => left - right)
      .map(([status, codes]) => [status, failure(status, codes, operation.because)]),
  );
}

/** Every answer of an operation by its status. */
export function responsesOf(operation: Operation): Json {
  const { answer } = operation;
  const headers = {
    ...COMMON_HEADERS,
    ...(answer.tellsRepetition ? { "idempotent-replayed": headerRef("IdempotentReplayed") } : {}),
  };
  const content =
    answer.name === undefined
      ? {}
      : { content: { "application/json": { schema: schemaRef(answer.name), example: answer.example } } };
  const success = (description: string) => ({ description, headers, ...content });
  return {
    [answer.status]: success(answer.description),
    ...(answer.also === undefined ? {} : { [answer.also.status]: success(answer.also.description) }),
    ...failures(operation),
  };
}
