// The OpenAPI document by itself: a valid one, complete, without a schema that lets more through than there is.
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, describe, expect, it } from "vitest";
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import { ERROR_CODES } from "@/lib/domain/errors";
import { buildOpenApi } from "@/lib/server/http/openapi/document";
import { setRuntime } from "@/lib/server/runtime";
import { loadApiRoutes } from "@/tests/support/api-routes";
import {
  documentedOperations,
  openApi,
  PUBLIC_URL,
  pointerOf,
  schemaProblems,
} from "@/tests/support/contract/document";

// biome-ignore lint/suspicious/noExplicitAny: a JSON document, read by its paths
type Json = any;

afterAll(() => setRuntime(null));

const schemas = pointerOf("components", "schemas");
const inOrder = documentedOperations.map((operation) => [operation.id, operation] as const);

/** Calls `visit` with every object of a schema that describes a value, and where it stands. */
function eachSchema(schema: Json, at: string, visit: (schema: Json, at: string) => void): void {
  if (typeof schema !== "object" || schema === null) return;
  visit(schema, at);
  for (const name of ["items", "additionalProperties", "not"])
    eachSchema(schema[name], `${at}/${name}`, visit);
  for (const name of ["anyOf", "oneOf", "allOf", "prefixItems"]) {
    for (const [index, one] of (schema[name] ?? []).entries())
      eachSchema(one, `${at}/${name}/${index}`, visit);
  }
  for (const [name, one] of Object.entries(schema.properties ?? {})) eachSchema(one, `${at}.${name}`, visit);
}

function problemsOfAll(test: (schema: Json, at: string) => boolean): string[] {
  const found: string[] = [];
  for (const [name, schema] of Object.entries(openApi.components.schemas)) {
    eachSchema(schema, name, (one, at) => {
      if (test(one, at)) found.push(at);
    });
  }
  return found;
}

describe("the document", () => {
  it("is valid OpenAPI 3.1 by its published schema", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(openApi));
    expect({ valid, errors, version: validator.version }).toEqual({
      valid: true,
      errors: undefined,
      version: "3.1",
    });
  });

  it("is what is served, to anyone, cacheable", async () => {
    setRuntime({ publicUrl: PUBLIC_URL } as Parameters<typeof setRuntime>[0]);
    const route = (await loadApiRoutes()).find(({ path }) => path === "/api/v1/openapi.json");
    const params = Promise.resolve({});
    const response = await route?.handlers.GET?.(new Request(`${PUBLIC_URL}/api/v1/openapi.json`), {
      params,
    });
    expect(await response?.json()).toEqual(openApi);
    expect(response?.headers.get("cache-control")).toBe("public, max-age=300");
    expect(buildOpenApi("https://other.example.com").servers[0]?.url).toBe("https://other.example.com");
  });

  it("has references that lead somewhere, and nothing that nobody refers to", () => {
    const text = JSON.stringify(openApi);
    const used = new Set([...text.matchAll(/"#\/components\/([^"]+)"/g)].map(([, path]) => path));
    const defined = ["schemas", "headers"].flatMap((kind) =>
      Object.keys(openApi.components[kind]).map((name) => `${kind}/${name}`),
    );
    expect([...used].sort()).toEqual(defined.sort());
  });

  it("has every error code of the service, each explained", () => {
    const told = documentedOperations.flatMap(({ answers }) => answers.map((answer) => answer.split(" ")[1]));
    const common = Object.values<Json>(openApi.components.responses).flatMap(
      ({ content }) => content["application/problem+json"].schema.properties.code.enum,
    );
    expect(ERROR_CODES.filter((code) => !told.includes(code) && !common.includes(code))).toEqual([]);
  });

  it("lets no object have members that are not named", () => {
    const open = problemsOfAll(
      (schema) => schema.type === "object" && schema.additionalProperties === undefined,
    );
    expect(open).toEqual([]);
  });

  it("leaves open only what may be any JSON", () => {
    const any = problemsOfAll((schema) => Object.keys(schema).every((key) => key === "description"));
    const named = [".data", ".value", "OpenApiDocument/additionalProperties"];
    expect(any.filter((at) => !named.some((name) => at.endsWith(name)))).toEqual([]);
  });

  it("has requests whose members are explained", () => {
    const bodies = documentedOperations.flatMap(({ object }) => {
      const ref = object.requestBody?.content["application/json"].schema.$ref;
      return ref === undefined ? [] : [ref.split("/").at(-1)];
    });
    const silent = problemsOfAll((schema, at) => {
      const isMember = /^\w+\.[^./]+$/.test(at) && bodies.includes(at.split(".")[0]);
      return isMember && schema.description === undefined && schema.const === undefined;
    });
    expect(silent).toEqual([]);
  });
});

describe.each(inOrder)("%s", (id, { object, path, method }) => {
  it("is explained, with its scopes", () => {
    expect(object.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(object.description).toMatch(/\.$/);
    expect(object.tags).toHaveLength(1);
    expect(openApi.tags.map(({ name }: Json) => name)).toContain(object.tags[0]);
    const scopes = object.security.flatMap((one: Json) => one.apiKey);
    expect(scopes.filter((scope: Json) => !API_KEY_SCOPES.includes(scope))).toEqual([]);
    expect(documentedOperations.filter((other) => other.id === id)).toHaveLength(1);
  });

  it("has parameters that are explained and typed, those of its path in order", () => {
    const parameters: Json[] = object.parameters ?? [];
    const silent = parameters.filter(({ description, schema }) => !description || !schema.type);
    expect(silent.map(({ name }) => name)).toEqual([]);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const ofPath = parameters.filter((one) => one.in === "path");
    expect(ofPath.map(({ name }) => name)).toEqual(inPath);
    for (const [index, { name, example }] of parameters.entries()) {
      if (example === undefined) continue;
      const at = pointerOf("paths", path, method.toLowerCase(), "parameters", String(index), "schema");
      expect([name, ...schemaProblems(at, name === "version" ? Number(example) : example)]).toEqual([name]);
    }
  });

  it("has a valid example of its request", () => {
    const content = object.requestBody?.content["application/json"];
    if (content === undefined) return;
    expect(schemaProblems(`${schemas}/${content.schema.$ref.split("/").at(-1)}`, content.example)).toEqual(
      [],
    );
    expect(object.requestBody.description).toMatch(/at most \d+ [KM]iB/);
  });

  it("has valid examples of its answers, and says what leads to each", () => {
    for (const [status, response] of Object.entries<Json>(object.responses)) {
      expect(response.description).not.toBe("");
      for (const [type, content] of Object.entries<Json>(response.content ?? {})) {
        const at = pointerOf(
          "paths",
          path,
          method.toLowerCase(),
          "responses",
          status,
          "content",
          type,
          "schema",
        );
        const examples = content.examples ?? { only: { value: content.example } };
        for (const [name, { value }] of Object.entries<Json>(examples)) {
          expect([status, name, ...schemaProblems(at, value)]).toEqual([status, name]);
        }
        if (content.examples === undefined) continue;
        expect(Object.keys(content.examples)).toEqual(content.schema.properties.code.enum);
      }
    }
    // What a conflict is, and what cannot be found without being named, differs from call to call.
    expect(object.responses[409]?.description ?? "").not.toContain("The state of the resource");
  });
});

it("the webhook that receivers offer has a valid example", () => {
  const { content } = openApi.webhooks.delivery.post.requestBody;
  const at = pointerOf(
    "webhooks",
    "delivery",
    "post",
    "requestBody",
    "content",
    "application/json",
    "schema",
  );
  expect(schemaProblems(at, content["application/json"].example)).toEqual([]);
});
