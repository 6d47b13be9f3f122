// Owns the shape of the API reference as people read it: the OpenAPI document without its syntax.

export type ReferenceField = {
  name: string;
  /** "string", "integer", "array of string", "one of 3 shapes". */
  type: string;
  required: boolean;
  /** Words and limits: "at most 256 characters". */
  text: string;
};

export type ReferenceOperation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  scope: string | null;
  idempotent: boolean;
  params: ReferenceField[];
  query: ReferenceField[];
  body: { fields: ReferenceField[]; optional: boolean } | null;
  /** A curl command. */
  request: string;
  answer: { status: number; description: string; example: string | null };
  errors: { status: number; code: string }[];
};

export type ApiReference = { groups: { name: string; operations: ReferenceOperation[] }[] };
