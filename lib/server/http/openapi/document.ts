// Owns the OpenAPI 3.1 document: the same schemas that validate requests, as JSON Schema. Nothing is written by hand twice.
import { z } from "zod";
import type { ErrorCode } from "@/lib/domain/errors";
import { ERROR_STATUS, ERROR_TITLE } from "../error-status";
import { problemAnswer } from "./answers";
import { COMMON_ERRORS, type Operation, TAGS } from "./operation";
import { operations } from "./operations";
import { deliveryWebhook } from "./webhook";

type Json = Record<string, unknown>;

export type OpenApiDocument = {
  openapi: string;
  info: Json;
  servers: { url: string }[];
  security: Json[];
  tags: Json[];
  paths: Record<string, Record<string, Json>>;
  webhooks: Json;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
};

/** A zod schema as JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // The date-time pattern of zod is a page long and says what the format says.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return json as Json;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function errorsByStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const status = ERROR_STATUS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

const REQUEST_ID = {
  "x-request-id": { description: "Quote it when something is wrong", schema: { type: "string" } },
};
const RETRY_AFTER = { "retry-after": { description: "Seconds to wait", schema: { type: "integer" } } };

function problemAnswerOf(status: number, codes: ErrorCode[]): Json {
  const [code = "internal_error"] = codes;
  const example = {
    type: `/docs#error-${code}`,
    title: ERROR_TITLE[code],
    status,
    code,
    detail: ERROR_TITLE[code],
    request_id: "req_01kahg5b2vecqb9h1m4x8s7t6w",
  };
  return {
    description: codes.map((each) => `\`${each}\`: ${ERROR_TITLE[each]}`).join("; "),
    headers: { ...REQUEST_ID, ...(status === 429 || status === 503 ? RETRY_AFTER : {}) },
    content: { "application/problem+json": { schema: ref("Problem"), example } },
  };
}

function parametersOf(operation: Operation): Json[] {
  const path = Object.entries(operation.params ?? {}).map(([name, description]) => ({
    name,
    in: "path",
    required: true,
    description,
    schema: { type: "string" },
  }));
  const querySchema = operation.query === undefined ? {} : toJsonSchema(operation.query, "input");
  const required = new Set((querySchema.required as string[] | undefined) ?? []);
  const query = Object.entries((querySchema.properties as Record<string, Json> | undefined) ?? {}).map(
    ([name, schema]) => ({ name, in: "query", required: required.has(name), schema }),
  );
  const idempotency = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: "Up to 255 printable ASCII characters, remembered for 7 days",
    schema: { type: "string", maxLength: 255 },
  };
  return [...path, ...query, ...(operation.idempotent ? [idempotency] : [])];
}

function operationObject(operation: Operation): Json {
  const { answer, body, scope } = operation;
  const errors = scope === null ? operation.errors : [...operation.errors, ...COMMON_ERRORS];
  const parameters = parametersOf(operation);
  const content =
    answer.name === undefined
      ? {}
      : { content: { "application/json": { schema: ref(answer.name), example: answer.example } } };
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    security: scope === null ? [] : [{ apiKey: [] }],
    ...(scope === null ? {} : { "x-scope": scope }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.optional !== true,
            content: { "application/json": { schema: ref(body.name), example: body.example } },
          },
        }),
    responses: {
      [answer.status]: { description: answer.description, headers: REQUEST_ID, ...content },
      ...(answer.also === undefined
        ? {}
        : {
            [answer.also.status]: { description: answer.also.description, headers: REQUEST_ID, ...content },
          }),
      ...Object.fromEntries(
        [...errorsByStatus(errors)].map(([status, codes]) => [status, problemAnswerOf(status, codes)]),
      ),
    },
  };
}

function componentSchemas(): Record<string, Json> {
  const schemas: Record<string, Json> = { Problem: toJsonSchema(problemAnswer, "output") };
  for (const { body, answer } of operations) {
    if (body) schemas[body.name] ??= toJsonSchema(body.schema, "input");
    if (answer.name && answer.schema) schemas[answer.name] ??= toJsonSchema(answer.schema, "output");
  }
  return schemas;
}

/** The document for an instance at `publicUrl`. */
export function buildOpenApi(publicUrl: string): OpenApiDocument {
  const paths: OpenApiDocument["paths"] = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Signpost API",
      version: "1",
      summary: "Send events, manage endpoints, see and steer deliveries.",
      description: `Reference for people: ${publicUrl}/docs`,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    security: [{ apiKey: [] }],
    tags: TAGS.map((name) => ({ name })),
    paths,
    webhooks: { delivery: { post: deliveryWebhook } },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "sp_live_… or sp_test_…",
          description:
            "An API key of one environment. Header only: a key in an address or cookie is refused.",
        },
      },
    },
  };
}

let built: { publicUrl: string; text: string } | undefined;

/** The document as JSON text, built once: anyone may ask for it, so asking must be cheap. */
export function openApiText(publicUrl: string): string {
  if (built?.publicUrl !== publicUrl) built = { publicUrl, text: JSON.stringify(buildOpenApi(publicUrl)) };
  return built.text;
}
