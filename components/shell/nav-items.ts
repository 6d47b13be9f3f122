// Owns the list of places in the dashboard, once for sidebar, drawer and command palette.

import {
  Bell,
  BookOpen,
  FileSliders,
  Inbox,
  KeyRound,
  LayoutDashboard,
  ScrollText,
  Send,
  Settings2,
  Shapes,
  Target,
  Waypoints,
  Zap,
} from "lucide-react";
import type { ComponentType } from "react";
import type { Permission } from "@/lib/domain/access/permissions";

export type NavItem = {
  /** Below `/{workspace}/{environment}`; empty for the overview. */
  path: string;
  label: string;
  icon: ComponentType<{ className?: string }>;
  /** Hidden from roles without it. */
  permission?: Permission;
};

export const NAV_ITEMS: readonly NavItem[] = [
  { path: "", label: "Overview", icon: LayoutDashboard },
  { path: "/deliveries", label: "Deliveries", icon: Send },
  { path: "/events", label: "Events", icon: Zap },
  { path: "/endpoints", label: "Endpoints", icon: Waypoints },
  { path: "/event-types", label: "Event types", icon: Shapes },
  { path: "/subjects", label: "Subjects", icon: Target },
  { path: "/profiles", label: "Profiles", icon: FileSliders, permission: "profiles:read" },
  { path: "/inbox", label: "Inbox", icon: Inbox },
  { path: "/alerts", label: "Alerts", icon: Bell, permission: "alerts:read" },
  { path: "/api-keys", label: "API keys", icon: KeyRound, permission: "api_keys:read" },
  { path: "/audit", label: "Audit trail", icon: ScrollText, permission: "audit:read" },
  { path: "/settings", label: "Settings", icon: Settings2 },
];

export const DOCS_ITEM = { href: "/docs", label: "Documentation", icon: BookOpen } as const;

/** The part of an address below workspace and environment: `/acme/live/endpoints/ep_1` gives `/endpoints/ep_1`. */
export function pathWithin(pathname: string): string {
  const rest = pathname.split("/").slice(3).join("/");
  return rest === "" ? "" : `/${rest}`;
}

/** True when the address is this item's page or a page below it. */
export function isCurrent(item: NavItem, pathname: string): boolean {
  const path = pathWithin(pathname);
  return item.path === "" ? path === "" : path === item.path || path.startsWith(`${item.path}/`);
}
