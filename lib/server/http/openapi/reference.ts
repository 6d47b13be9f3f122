// Owns the API reference for people, made of the same operations and schemas as the OpenAPI document.
import type { ApiReference, ReferenceField, ReferenceOperation } from "@/lib/contracts/api-reference";
import { ERROR_STATUS } from "../error-status";
import { sizeText } from "./body-size";
import { toJsonSchema } from "./json-schema";
import { type Operation, TAGS } from "./operation";
import { operations } from "./operations";

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** The alternatives of a schema without null, which is said in words. */
function alternatives(schema: Schema): Schema[] {
  const any = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isSchema) : [];
  return any.filter((option) => option.type !== "null");
}

function typeOf(schema: Schema): string {
  const options = alternatives(schema);
  const [only] = options;
  if (only !== undefined) return options.length === 1 ? typeOf(only) : `one of ${options.length} shapes`;
  if (Array.isArray(schema.enum)) return schema.enum.join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  if (schema.type === "array") return `array of ${isSchema(schema.items) ? typeOf(schema.items) : "any"}`;
  if (schema.format === "date-time") return "date-time";
  return typeof schema.type === "string" ? schema.type : "any JSON";
}

/** zod writes the safe integers as limits of every integer; they say nothing to a reader. */
const isLimit = (value: unknown): value is number =>
  typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER;

function limitsOf(schema: Schema): string[] {
  const [only] = alternatives(schema);
  const of = only ?? schema;
  const range = (min: unknown, max: unknown, unit: string) => {
    if (isLimit(min) && isLimit(max) && min > 0) return [`${min} to ${max}${unit}`];
    if (isLimit(max)) return [`at most ${max}${unit}`];
    return isLimit(min) && min > 0 ? [`at least ${min}${unit}`] : [];
  };
  return [
    ...range(of.minimum, of.maximum, ""),
    ...range(of.minLength, of.maxLength, " characters"),
    ...range(of.minItems, of.maxItems, " items"),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
    ...(Array.isArray(schema.anyOf) && schema.anyOf.length > alternatives(schema).length ? ["or null"] : []),
  ];
}

/** The shapes of a union of objects; empty for anything else. */
function shapesOf(schema: Schema): Schema[] {
  const union = [schema.oneOf, schema.anyOf].find(Array.isArray) ?? [];
  const shapes = union.filter(isSchema);
  return shapes.every((shape) => isSchema(shape.properties)) ? shapes : [];
}

/** The field that tells the shapes of a union apart, and its value in each. */
function kindsOf(shapes: readonly Schema[]): { name: string; values: string[] } | null {
  const [first] = shapes;
  const constants = (shape: Schema) =>
    Object.entries(isSchema(shape.properties) ? shape.properties : {}).flatMap(([name, property]) =>
      isSchema(property) && typeof property.const === "string" ? [[name, property.const] as const] : [],
    );
  const name = first === undefined ? undefined : constants(first)[0]?.[0];
  if (name === undefined) return null;
  const values = shapes.map((shape) => new Map(constants(shape)).get(name));
  return values.every((value) => value !== undefined) ? { name, values } : null;
}

/** The fields of every shape, each named with the kind that it belongs to. */
function fieldsOfUnion(shapes: readonly Schema[]): ReferenceField[] {
  const kinds = kindsOf(shapes);
  if (kinds === null) return [];
  const { name, values } = kinds;
  const kind = {
    name,
    type: values.join(" | "),
    required: true,
    text: "Says which of the fields below there are",
  };
  const own = shapes.flatMap((shape, index) =>
    fieldsOf(shape)
      .filter((field) => field.name !== name)
      .map((field) => ({
        ...field,
        text: [`for \`${values[index]}\``, field.text].filter(Boolean).join(": "),
      })),
  );
  return [kind, ...own];
}

function fieldsOf(schema: Schema): ReferenceField[] {
  const shapes = shapesOf(schema);
  if (shapes.length > 0) return fieldsOfUnion(shapes);
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = isSchema(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, property]) => {
    const of = isSchema(property) ? property : {};
    const words = typeof of.description === "string" ? [of.description] : [];
    return {
      name,
      type: typeOf(of),
      required: required.has(name),
      text: [...words, ...limitsOf(of)].join(", "),
    };
  });
}

/** JSON with line breaks, lists of plain values on one line. */
function exampleText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\[\s+([^[\]{}]+?)\s+\]/g, (_, items: string) => {
    return `[${items.replace(/\s*\n\s*/g, " ")}]`;
  });
}

function curlOf(operation: Operation, publicUrl: string): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const method = operation.method === "get" || operation.body ? "" : `-X ${operation.method.toUpperCase()} `;
  // curl makes a POST of a request with a body by itself.
  const isOther = operation.method === "patch" || operation.method === "put";
  const explicit = isOther ? `-X ${operation.method.toUpperCase()} ` : method;
  const lines = [`curl ${explicit}${publicUrl}${path}`];
  if (operation.scope !== null) lines.push('  -H "Authorization: Bearer $SIGNPOST_API_KEY"');
  if (operation.body && Object.keys(operation.body.example as object).length > 0) {
    lines.push('  -H "Content-Type: application/json"');
    lines.push(`  -d '${exampleText(operation.body.example)}'`);
  } else if (operation.method === "post") lines[0] = `curl -X POST ${publicUrl}${path}`;
  return lines.join(" \\\n");
}

function scopesOf({ scope, alsoScopes = [], sometimesScopes = {} }: Operation) {
  const always = scope === null ? [] : [scope, ...alsoScopes];
  return [
    ...always.map((each) => ({ scope: each as string, when: null as string | null })),
    ...Object.entries(sometimesScopes).map(([each, when]) => ({ scope: each, when })),
  ];
}

function toReference(operation: Operation, publicUrl: string): ReferenceOperation {
  const { body, answer } = operation;
  const codes = [...new Set(operation.errors)];
  const bodyFields = body === undefined ? [] : fieldsOf(toJsonSchema(body.schema, "input"));
  return {
    id: operation.id,
    method: operation.method.toUpperCase(),
    path: operation.path,
    summary: operation.summary,
    description: operation.description,
    scopes: scopesOf(operation),
    idempotent: operation.idempotent === true,
    params: Object.entries(operation.params ?? {}).map(([name, { text }]) => ({
      name,
      type: "string",
      required: true,
      text,
    })),
    query: operation.query === undefined ? [] : fieldsOf(toJsonSchema(operation.query, "input")),
    body:
      body === undefined || bodyFields.length === 0
        ? null
        : { fields: bodyFields, optional: body.optional === true, maxSize: sizeText(body.maxBytes) },
    request: curlOf(operation, publicUrl),
    answer: {
      status: answer.status,
      description: answer.description,
      example: answer.example === undefined ? null : exampleText(answer.example),
    },
    also: answer.also ?? null,
    errors: codes
      .map((code) => ({ status: ERROR_STATUS[code], code, text: operation.because?.[code] ?? null }))
      .sort((left, right) => left.status - right.status),
  };
}

/** Everything the public API can do, in the order of its tags. */
export function buildReference(publicUrl: string): ApiReference {
  return {
    groups: TAGS.map((name) => ({
      name,
      operations: operations
        .filter((operation) => operation.tag === name)
        .map((operation) => toReference(operation, publicUrl)),
    })),
  };
}
