"use client";
// Owns who is looking and from where, for components. For showing only: every handler checks again by itself.

import { createContext, type ReactNode, use, useMemo } from "react";
import { type Permission, type Role, roleAllows } from "@/lib/domain/access/permissions";
import type { Place } from "./api";

export type ViewerFacts = {
  user: { id: string; name: string; email: string };
  role: Role;
  workspace: { id: string; slug: string; name: string };
  environment: { id: string; kind: "live" | "sandbox" };
};

export type Viewer = ViewerFacts & {
  /** For `dashboardUrl` and query keys. */
  place: Place;
  /** `/{workspace}/{environment}` + path. */
  href: (path?: string) => string;
  can: (permission: Permission) => boolean;
  /** Why the viewer may not, as a sentence for a tooltip; undefined when they may. */
  whyNot: (permission: Permission) => string | undefined;
};

const Context = createContext<Viewer | null>(null);

const NEEDS: Partial<Record<Permission, string>> = {
  "api_keys:read": "an admin or owner",
  "api_keys:write": "an admin or owner",
  "audit:read": "an admin or owner",
};

export function ViewerProvider({ facts, children }: { facts: ViewerFacts; children: ReactNode }) {
  const viewer = useMemo((): Viewer => {
    const { role, workspace, environment } = facts;
    const can = (permission: Permission) => roleAllows(role, permission);
    return {
      ...facts,
      place: { workspace: workspace.slug, environment: environment.kind },
      href: (path = "") => `/${workspace.slug}/${environment.kind}${path}`,
      can,
      whyNot: (permission) =>
        can(permission)
          ? undefined
          : `Your role is ${role}. This needs ${NEEDS[permission] ?? "an operator, admin or owner"}.`,
    };
  }, [facts]);
  return <Context value={viewer}>{children}</Context>;
}

/** The viewer of the dashboard page around this component. Throws outside of the dashboard. */
export function useViewer(): Viewer {
  const viewer = use(Context);
  if (viewer === null) throw new Error("useViewer is for pages inside the dashboard");
  return viewer;
}
