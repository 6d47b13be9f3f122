// Requests that any operation of a kind must refuse: bodies, queries, paths and keys that are wrong, each in one way.
import type { ContractRequest } from "./case";
import type { DocumentedOperation } from "./document";

export type Refusal = { answer: string; what: string; request: ContractRequest };

const JSON_TYPE = { "content-type": "application/json" };
const text = (value: string) => new TextEncoder().encode(value);
/** Deeper than anything that is taken. */
const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

function bodyRefusals(id: string, maxBytes: number): Refusal[] {
  const of = (answer: string, what: string, bytes: Uint8Array, headers = JSON_TYPE): Refusal => ({
    answer,
    what,
    request: { bytes, headers },
  });
  const padded = (bytes: number) => text(`{"no_such_member":1${" ".repeat(bytes - 20)}}`);
  // Ingest cuts `data` out before anything is parsed, so it sees depth and kinds in its own way.
  const isIngest = id.startsWith("createEvent") && !id.endsWith("Type");
  const parsed = [
    of("400 invalid_request", "no object", text("[]")),
    of("400 body_too_deep", "129 levels", text(`{"data":${deep(128)}}`)),
  ];
  return [
    ...(isIngest ? [] : parsed),
    of("400 invalid_request", "an unknown member", text('{"no_such_member":1}')),
    of("400 invalid_request", "the largest body, with an unknown member", padded(maxBytes)),
    of("400 invalid_json", "half a body", text('{"a":')),
    of("400 invalid_utf8", "broken UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])),
    of("413 payload_too_large", "one byte too many", padded(maxBytes + 1)),
    of("415 unsupported_media_type", "another type", text("{}"), { "content-type": "text/plain" }),
    of("415 unsupported_media_type", "compression", text("{}"), {
      ...JSON_TYPE,
      "content-encoding": "gzip",
    } as typeof JSON_TYPE),
  ];
}

/** The refusals that the operation's form leads to, whatever it does. */
export function refusalsOf({ id, path, object, answers }: DocumentedOperation): Refusal[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const params = (value: string) => Object.fromEntries(names.map((name) => [name, value]));
  const body: Refusal[] =
    object.requestBody === undefined ? [] : bodyRefusals(id, object.requestBody["x-max-bytes"]);
  const takesQuery = answers.includes("400 invalid_request") && object.requestBody === undefined;
  const query: Refusal[] = !takesQuery
    ? []
    : [
        {
          answer: "400 invalid_request",
          what: "an unknown parameter",
          request: { query: { "id[not]": "x" } },
        },
      ];
  const unnamed: Refusal[] =
    names.length === 0
      ? []
      : ["x".repeat(300), "a\u0000b"].map((value) => ({
          answer: "404 not_found",
          what: `a path that names nothing: ${JSON.stringify(value.slice(0, 5))}`,
          request: { params: params(value) },
        }));
  return [...body, ...query, ...unnamed];
}

/** The documented examples of the operation's parameters, which name nothing in an empty workspace. */
export function exampleParams({ object }: DocumentedOperation): Record<string, string> {
  const parameters: { name: string; in: string; example: string }[] = object.parameters ?? [];
  return Object.fromEntries(
    parameters.filter((one) => one.in === "path").map(({ name, example }) => [name, example]),
  );
}
