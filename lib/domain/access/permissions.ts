// Owns who may do what: roles of people, scopes of API keys, and the permissions both grant. Knows no request.

export const ROLES = ["owner", "admin", "operator", "viewer"] as const;
export type Role = (typeof ROLES)[number];

export const API_KEY_SCOPES = [
  "events:write",
  "events:read",
  "endpoints:read",
  "endpoints:write",
  "deliveries:read",
  "deliveries:write",
  "profiles:read",
  "profiles:write",
] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

export const PERMISSIONS = [
  ...API_KEY_SCOPES,
  "api_keys:read",
  "api_keys:write",
  "inbox:read",
  "inbox:write",
  "alerts:read",
  "alerts:write",
  "audit:read",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const VIEWER: readonly Permission[] = [
  "events:read",
  "endpoints:read",
  "deliveries:read",
  "profiles:read",
  "inbox:read",
  "alerts:read",
];
const OPERATOR: readonly Permission[] = [
  ...VIEWER,
  "events:write",
  "endpoints:write",
  "deliveries:write",
  "profiles:write",
  "inbox:write",
  "alerts:write",
];
const ADMIN: readonly Permission[] = PERMISSIONS;

const BY_ROLE: Record<Role, readonly Permission[]> = {
  owner: ADMIN,
  admin: ADMIN,
  operator: OPERATOR,
  viewer: VIEWER,
};

/** True when a member of this role may do it. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return BY_ROLE[role].includes(permission);
}

/** Who is calling, and where: everything below happens inside this one environment. */
export type Actor =
  | {
      kind: "user";
      userId: string;
      label: string;
      role: Role;
      workspaceId: string;
      environmentId: string;
      ip: string | null;
    }
  | {
      kind: "api_key";
      keyId: string;
      label: string;
      scopes: readonly ApiKeyScope[];
      workspaceId: string;
      environmentId: string;
      ip: string | null;
    }
  | { kind: "system"; label: string; workspaceId: string; environmentId: string; ip: null };

/** The person's or the key's id, for `created_by`; null for Signpost itself. */
export function actorIdOf(actor: Actor): string | null {
  if (actor.kind === "system") return null;
  return actor.kind === "user" ? actor.userId : actor.keyId;
}

/** True when the actor may do it. */
export function actorAllows(actor: Actor, permission: Permission): boolean {
  if (actor.kind === "user") return roleAllows(actor.role, permission);
  if (actor.kind === "api_key") return (actor.scopes as readonly string[]).includes(permission);
  return true;
}
