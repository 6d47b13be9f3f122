// What the contract test knows of one operation: a request that works, and those that lead to answers of its own.
import type { ApiKeyScope } from "@/lib/domain/access/permissions";
import { documentedOperation } from "./document";
import type { Scene } from "./scene";

export type ContractRequest = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** Sent as JSON; the documented example unless given. */
  body?: unknown;
  /** Parts of the documented example that name things, and what they are called in this scene. */
  swap?: Record<string, string>;
  headers?: Record<string, string>;
  /** Exactly the documented scopes unless given. */
  scopes?: readonly ApiKeyScope[];
  /** Sent instead of JSON. */
  bytes?: Uint8Array;
};

export type Prepare = (scene: Scene) => ContractRequest | Promise<ContractRequest>;

export type OperationCases = {
  /** Leads to the first documented success. */
  ready: Prepare;
  /** A valid request about what is not there, where the documented example would not be one. */
  lost?: Prepare;
  /** In place of `ready` where that needs no database once the key is known. */
  inTrouble?: Prepare;
  /** Documented answer → one or several ways to it. */
  also?: Record<string, Prepare | Record<string, Prepare>>;
};

export type Cases = Record<string, OperationCases>;

/** The documented example of the operation's body as JSON text. */
export function exampleText(operationId: string, swap: Record<string, string> = {}): string | null {
  const content = documentedOperation(operationId).object.requestBody?.content["application/json"];
  if (content === undefined) return null;
  return Object.entries(swap).reduce(
    (text, [from, to]) => text.replaceAll(JSON.stringify(from), JSON.stringify(to)),
    JSON.stringify(content.example),
  );
}

/** The scopes that every call of the operation needs. */
export function scopesOf(operationId: string): readonly ApiKeyScope[] {
  const [first] = documentedOperation(operationId).object.security;
  return first?.apiKey ?? [];
}
