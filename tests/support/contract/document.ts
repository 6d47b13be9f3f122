// Reads the OpenAPI document as a caller does: what each operation answers, and whether an answer is one of those. Answers
// are held against the document as it is served, by a JSON Schema validator that knows nothing of our schemas.
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { buildOpenApi } from "@/lib/server/http/openapi/document";

// biome-ignore lint/suspicious/noExplicitAny: a JSON document, read by its paths
type Json = any;

export const PUBLIC_URL = "http://signpost.test";
/** As a client would parse it. */
export const openApi: Json = JSON.parse(JSON.stringify(buildOpenApi(PUBLIC_URL)));

export type DocumentedOperation = {
  id: string;
  method: string;
  path: string;
  object: Json;
  /** `201`, or `409 conflict` for a problem. */
  answers: string[];
};

export type GivenAnswer = { status: number; headers: Headers; text: string };

const PROBLEM = "application/problem+json";
/** Of every answer, or of the connection; they say nothing about the operation. */
const UNSPOKEN = new Set([
  "content-type",
  "content-length",
  "x-content-type-options",
  "connection",
  "date",
  "keep-alive",
]);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openApi, "openapi");

const validators = new Map<string, ValidateFunction>();

/** Words for what is wrong with a value by the schema at a JSON pointer of the document; empty when nothing is. */
export function schemaProblems(pointer: string, value: unknown): string[] {
  // Operations share most of their answers; what reads the same is compiled once.
  const text = JSON.stringify(at(pointer));
  let validate = validators.get(text);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `openapi#${pointer}` });
    validators.set(text, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || "body"} ${message} ${JSON.stringify(params)}`,
  );
}

const escapePointer = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");
export const pointerOf = (...parts: string[]) => parts.map((part) => `/${escapePointer(part)}`).join("");

/** What stands in the document at a JSON pointer. */
function at(pointer: string): Json {
  const parts = pointer.split("/").slice(1);
  return parts.reduce(
    (found, part) => found[part.replaceAll("~1", "/").replaceAll("~0", "~")],
    openApi as Json,
  );
}

const resolve = (object: Json): Json => (object?.$ref === undefined ? object : at(object.$ref.slice(1)));

function answersOf(object: Json): string[] {
  return Object.entries<Json>(object.responses).flatMap(([status, response]) => {
    const problem = response.content?.[PROBLEM];
    return problem === undefined
      ? [status]
      : problem.schema.properties.code.enum.map((code: string) => `${status} ${code}`);
  });
}

export const documentedOperations: DocumentedOperation[] = Object.entries<Json>(openApi.paths).flatMap(
  ([path, methods]) =>
    Object.entries<Json>(methods).map(([method, object]) => ({
      id: object.operationId,
      method: method.toUpperCase(),
      path,
      object,
      answers: answersOf(object),
    })),
);

export function documentedOperation(id: string): DocumentedOperation {
  const found = documentedOperations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`the document has no operation ${id}`);
  return found;
}

function headerProblems(response: Json, headers: Headers): string[] {
  const documented = new Map<string, Json>(
    Object.entries<Json>(response.headers ?? {}).map(([name, header]) => [name, resolve(header)]),
  );
  const missing = [...documented].filter(([name, { required }]) => required && !headers.has(name));
  const wrong = [...documented].flatMap(([name, header]) => {
    const value = headers.get(name);
    if (value === null || ajv.validate(header.schema, value)) return [];
    return [`header ${name} is ${value}`];
  });
  const unknown = [...headers.keys()].filter((name) => !UNSPOKEN.has(name) && !documented.has(name));
  return [
    ...missing.map(([name]) => `header ${name} is missing`),
    ...wrong,
    ...unknown.map((name) => `header ${name} is not documented`),
  ];
}

function bodyProblems(pointer: string, response: Json, { headers, text }: GivenAnswer): string[] {
  const type = headers.get("content-type");
  if (response.content === undefined) {
    return [...(type === null ? [] : [`has the type ${type}`]), ...(text === "" ? [] : ["has a body"])];
  }
  const [documented = ""] = Object.keys(response.content);
  if (type !== documented) return [`has the type ${type}, not ${documented}`];
  const schema = pointerOf("content", documented, "schema");
  return schemaProblems(`${pointer}${schema}`, JSON.parse(text));
}

/** `409 conflict` for a problem, `200` for anything else. */
export function nameOfAnswer({ status, text }: GivenAnswer): string {
  if (status < 400) return String(status);
  try {
    return `${status} ${JSON.parse(text).code}`;
  } catch {
    return `${status} without a problem`;
  }
}

/** What the document does not say about an answer of an operation; empty when it says all of it. */
export function answerProblems({ method, path, object, answers }: DocumentedOperation, given: GivenAnswer) {
  const name = nameOfAnswer(given);
  if (!answers.includes(name)) return [`${name} is not documented`];
  const status = String(given.status);
  const pointer = pointerOf("paths", path, method.toLowerCase(), "responses", status);
  const response = object.responses[status];
  return [...headerProblems(response, given.headers), ...bodyProblems(pointer, response, given)];
}

/** The same for an answer that belongs to no operation: an address without that method, or no address at all. */
export function commonAnswerProblems(name: "MethodNotAllowed" | "UnknownAddress", given: GivenAnswer) {
  const response = openApi.components.responses[name];
  return [
    ...headerProblems(response, given.headers),
    ...bodyProblems(pointerOf("components", "responses", name), response, given),
  ];
}
