// Owns authentication while it is typed: the draft as data, and the input or the problems that it makes. Pure.
import { type AuthKind, type EndpointAuthInput, endpointAuthInput } from "@/lib/contracts/endpoint-auth";

/** Every field of every kind as text; what a kind has no use for is not sent. */
export type AuthDraft = {
  kind: AuthKind;
  username: string;
  password: string;
  token: string;
  header: string;
  value: string;
  token_url: string;
  client_id: string;
  client_secret: string;
  scope: string;
  audience: string;
  client_auth: "basic" | "body";
};

export type AuthField = Exclude<keyof AuthDraft, "kind">;

export const EMPTY_DRAFT: AuthDraft = {
  kind: "bearer",
  username: "",
  password: "",
  token: "",
  header: "",
  value: "",
  token_url: "",
  client_id: "",
  client_secret: "",
  scope: "",
  audience: "",
  client_auth: "basic",
};

const FIELDS: Record<AuthKind, readonly AuthField[]> = {
  basic: ["username", "password"],
  bearer: ["token"],
  api_key: ["header", "value"],
  oauth2: ["token_url", "client_id", "client_secret", "scope", "audience", "client_auth"],
};

const OPTIONAL: ReadonlySet<AuthField> = new Set<AuthField>(["scope", "audience"]);
const MAY_BE_EMPTY: ReadonlySet<AuthField> = new Set<AuthField>(["password"]);

type Reading =
  | { outcome: "ready"; input: EndpointAuthInput }
  | { outcome: "incomplete"; problems: Partial<Record<AuthField, string>> };

/** The input that the draft stands for, or what is wrong with each field, by the schema that the server uses. */
export function readDraft(draft: AuthDraft): Reading {
  const problems: Partial<Record<AuthField, string>> = {};
  const given: Record<string, string> = { kind: draft.kind };
  for (const field of FIELDS[draft.kind]) {
    if (draft[field] !== "" || MAY_BE_EMPTY.has(field)) given[field] = draft[field];
    else if (!OPTIONAL.has(field)) problems[field] = "This is needed.";
  }
  const parsed = endpointAuthInput.safeParse(given);
  if (parsed.success) return { outcome: "ready", input: parsed.data };
  for (const issue of parsed.error.issues) {
    const field = issue.path[0] as AuthField;
    problems[field] ??= issue.message;
  }
  return { outcome: "incomplete", problems };
}
