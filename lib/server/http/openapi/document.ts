// Owns the OpenAPI 3.1 document: the same schemas that validate requests, as JSON Schema. Nothing is written by hand twice.
import type { z } from "zod";
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import { DEFAULT_MAX_BODY_BYTES } from "../body-limits";
import { problemAnswer } from "./answers";
import { sizeText } from "./body-size";
import { type Json, toJsonSchema } from "./json-schema";
import { type Operation, TAGS, type Tag } from "./operation";
import { operations } from "./operations";
import { failure, headerComponents, responsesOf } from "./responses";
import { deliveryWebhook } from "./webhook";

export type OpenApiDocument = {
  openapi: string;
  info: Json;
  servers: Json[];
  security: Json[];
  tags: Json[];
  paths: Record<string, Record<string, Json>>;
  webhooks: Json;
  components: {
    schemas: Record<string, Json>;
    headers: Record<string, Json>;
    responses: Record<string, Json>;
    securitySchemes: Json;
  };
};

const TAG_TEXT: Record<Tag, string> = {
  Events: "What happened: send it, and look it up again.",
  Endpoints: "Where events go, with everything that can be set for one receiver.",
  Subjects: "What events are about: a callback for a single subject, and its events to fetch.",
  Webhooks: "Short calls in the shapes that other systems have.",
  Deliveries: "One event on its way to one endpoint: see it, retry it, replay it.",
  Profiles: "How requests look and are signed.",
  "Event types": "The catalogue of types, with examples.",
  Environment: "Settings of the key's environment.",
  Description: "What the API and its instance say of themselves.",
};

function parametersOf(operation: Operation): Json[] {
  const path = Object.entries(operation.params ?? {}).map(([name, { text, schema, example }]) => ({
    name,
    in: "path",
    required: true,
    description: text,
    schema: toJsonSchema(schema, "input"),
    example,
  }));
  const querySchema = operation.query === undefined ? {} : toJsonSchema(operation.query, "input");
  const required = new Set((querySchema.required as string[] | undefined) ?? []);
  const query = Object.entries((querySchema.properties as Record<string, Json> | undefined) ?? {}).map(
    ([name, { description, ...schema }]) => ({
      name,
      in: "query",
      required: required.has(name),
      description,
      schema,
    }),
  );
  const idempotency = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: "Makes the call safe to repeat: the same key gives the same answer for 7 days",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
    example: "9d7c0b52-6f0e-4c8e-8a31-2f6f2f1b7a10",
  };
  return [...path, ...query, ...(operation.idempotent ? [idempotency] : [])];
}

function bodyOf({ body }: Operation): Json {
  if (body === undefined) return {};
  const { name, example, optional, maxBytes } = body;
  return {
    requestBody: {
      description: `JSON in UTF-8, not compressed, at most ${sizeText(maxBytes)}${optional ? "; no body at all counts as {}" : ""}`,
      required: optional !== true,
      "x-max-bytes": maxBytes ?? DEFAULT_MAX_BODY_BYTES,
      content: {
        "application/json": { schema: { $ref: `#/components/schemas/${name}` }, example },
      },
    },
  };
}

/** The scopes beyond the first, in words. */
function scopeText({ alsoScopes = [], sometimesScopes = {} }: Operation): string {
  const always = alsoScopes.map((scope) => `\`${scope}\` as well`);
  const sometimes = Object.entries(sometimesScopes).map(([scope, when]) => `\`${scope}\` ${when}`);
  const all = [...always, ...sometimes];
  return all.length === 0 ? "" : ` The key needs ${all.join(", ")}.`;
}

function operationObject(operation: Operation): Json {
  const { scope, alsoScopes = [], sometimesScopes } = operation;
  const parameters = parametersOf(operation);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: `${operation.description}${scopeText(operation)}`,
    security: scope === null ? [] : [{ apiKey: [scope, ...alsoScopes] }],
    ...(sometimesScopes === undefined ? {} : { "x-sometimes-scopes": sometimesScopes }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(operation),
    responses: responsesOf(operation),
  };
}

function componentSchemas(): Record<string, Json> {
  const schemas: Record<string, Json> = { Problem: toJsonSchema(problemAnswer, "output") };
  const add = (name: string, schema: z.ZodType, io: "input" | "output") => {
    const json = toJsonSchema(schema, io);
    if (schemas[name] !== undefined && JSON.stringify(schemas[name]) !== JSON.stringify(json)) {
      throw new Error(`two schemas of the API are called ${name}`);
    }
    schemas[name] = json;
  };
  for (const { body, answer } of operations) {
    if (body) add(body.name, body.schema, "input");
    if (answer.name && answer.schema) add(answer.name, answer.schema, "output");
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
      description: `Reference for people: ${publicUrl}/docs. Every operation lists each answer that it has. A method that an address does not take is answered as components/responses/MethodNotAllowed says, an unknown address as components/responses/UnknownAddress.`,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl, description: "This instance" }],
    security: [{ apiKey: [] }],
    tags: TAGS.map((name) => ({ name, description: TAG_TEXT[name] })),
    paths,
    webhooks: { delivery: { post: deliveryWebhook } },
    components: {
      schemas: componentSchemas(),
      headers: headerComponents,
      responses: {
        MethodNotAllowed: failure(405, ["method_not_allowed"]),
        UnknownAddress: failure(404, ["not_found"]),
      },
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "sp_live_… or sp_test_…",
          description: `An API key of one environment, with the scopes that operations name: ${API_KEY_SCOPES.join(", ")}. Header only: a key in an address or cookie is refused.`,
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
