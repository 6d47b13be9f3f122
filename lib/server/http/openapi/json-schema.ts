// Owns the way from zod schemas to JSON Schema 2020-12, the dialect of OpenAPI 3.1.
import { z } from "zod";

export type Json = Record<string, unknown>;

/** A zod schema as JSON Schema; `io` says whether it describes what is sent to us or what we answer. */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // The date-time pattern of zod is a page long and says what the format says.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
      // zod writes the safe integers as limits of every integer; they say nothing to a reader.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return json as Json;
}
