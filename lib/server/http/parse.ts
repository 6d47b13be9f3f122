// Owns the way from a request to validated input: nothing reaches a service that its schema does not know.
import type { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { DEFAULT_MAX_BODY_BYTES } from "./body-limits";
import { fieldPath, invalidRequest } from "./classify-error";
import { decodeUtf8, parseJsonText } from "./json-text";
import { assertJsonHeaders } from "./media-type";
import { readBody } from "./read-body";

const MAX_QUERY_PARAMETERS = 50;

export type ParseBodyOptions = {
  /** Largest body in bytes. */
  maxBytes?: number;
  /** True: no body at all counts as `{}`, for actions whose settings all have defaults. */
  allowEmpty?: boolean;
};

function refuseField(path: readonly PropertyKey[], message: string): never {
  throw invalidRequest([{ path: [...path], message }], "body");
}

/** PostgreSQL takes neither NUL nor lone surrogates; `__proto__` would change an object's behaviour when copied. */
function assertSafeValue(value: unknown, path: PropertyKey[]): void {
  if (typeof value === "string") {
    if (value.includes("\0") || !value.isWellFormed()) {
      refuseField(path, "must not contain NUL or lone surrogates");
    }
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assertSafeValue(item, [...path, index]);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__") refuseField(path, 'must not have a key "__proto__"');
    assertSafeValue(key, path);
    assertSafeValue(item, [...path, key]);
  }
}

/** Validates a parsed JSON value against a (strict) schema. Throws `invalid_request` naming every refused field. */
export function validateBody<S extends z.ZodType>(value: unknown, schema: S): z.output<S> {
  assertSafeValue(value, []);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidRequest(parsed.error.issues, "body");
  return parsed.data;
}

/**
 * The body of a request as its schema's output. Throws AppError: 415 for anything but uncompressed JSON, 413 above
 * `maxBytes`, 400 for broken UTF-8, broken JSON (with position), depth, and every field that the schema refuses.
 */
export async function parseJsonBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  options: ParseBodyOptions = {},
): Promise<z.output<S>> {
  const hasType = request.headers.get("content-type") !== null;
  if (hasType || !options.allowEmpty) {
    assertJsonHeaders(request.headers.get("content-type"), request.headers.get("content-encoding"));
  }
  const bytes = await readBody(request, options.maxBytes ?? DEFAULT_MAX_BODY_BYTES);
  if (bytes.length === 0 && options.allowEmpty) return validateBody({}, schema);
  if (!hasType) assertJsonHeaders(null, null);
  return validateBody(parseJsonText(decodeUtf8(bytes)), schema);
}

/**
 * The query string as its schema's output. Unknown parameters, repeated ones and array or object notation (`id[not]`)
 * are refused, so that no operator can reach a query. Throws `invalid_request`.
 */
export function parseQuery<S extends z.ZodObject>(request: Request, schema: S): z.output<S> {
  const parameters = [...new URL(request.url).searchParams];
  if (parameters.length > MAX_QUERY_PARAMETERS) {
    throw new AppError("invalid_request", `At most ${MAX_QUERY_PARAMETERS} query parameters are taken.`);
  }
  const known = new Set(Object.keys(schema.shape));
  const values = new Map<string, string>();
  for (const [name, value] of parameters) {
    const refuse = (message: string) => {
      throw invalidRequest([{ path: [name], message }], "query");
    };
    if (!known.has(name)) refuse("is not a parameter of this call");
    if (values.has(name)) refuse("must be given once");
    if (value.includes("\0")) refuse("must not contain NUL");
    values.set(name, value);
  }
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (!parsed.success) throw invalidRequest(parsed.error.issues, "query");
  return parsed.data;
}

/** For schemas used outside a request body (a header, a path): the same error shape. */
export function parseValue<S extends z.ZodType>(value: unknown, schema: S, path: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    path: [fieldPath([path, ...issue.path])],
    message: issue.message,
  }));
  throw invalidRequest(issues);
}
