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
  description: string;
  /** What the key must have; none for what anyone may read. `when` is null for always. */
  scopes: { scope: string; when: string | null }[];
  idempotent: boolean;
  params: ReferenceField[];
  query: ReferenceField[];
  body: { fields: ReferenceField[]; optional: boolean; maxSize: string } | null;
  /** A curl command. */
  request: string;
  answer: { status: number; description: string; example: string | null };
  /** Another status of success, with an answer of the same form. */
  also: { status: number; description: string } | null;
  /** What leads to each error here; null where its code says it. */
  errors: { status: number; code: string; text: string | null }[];
};

export type ApiReference = { groups: { name: string; operations: ReferenceOperation[] }[] };
