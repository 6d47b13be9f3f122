"use client";
// Owns what all pages about alerts share: the title, the tabs, and the word about a missing mail server.

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { useViewer } from "@/lib/client/viewer-context";
import { NoMailServer } from "./no-mail-server";

const TABS = [
  { path: "", label: "Alerts" },
  { path: "/channels", label: "Channels" },
  { path: "/preferences", label: "My e-mails" },
  { path: "/mail", label: "Mail" },
] as const;

interface AlertsFrameProps {
  hasMailServer: boolean;
  children: ReactNode;
}

export function AlertsFrame({ hasMailServer, children }: AlertsFrameProps) {
  const { href } = useViewer();
  const pathname = usePathname();
  const base = href("/alerts");
  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-6">
      <PageHeader
        title="Alerts"
        description={
          <>
            What people are told about endpoints, deliveries, secrets and certificates, and how.{" "}
            <Link
              href="/docs/alerts"
              className="rounded-xs text-accent-ink underline underline-offset-4 hover:no-underline"
            >
              How alerts work
            </Link>
          </>
        }
        tabs={
          <LinkTabs
            label="Alerts"
            tabs={TABS.map(({ path, label }) => ({
              href: base + path,
              label,
              isCurrent: pathname === base + path,
            }))}
          />
        }
      />
      {!hasMailServer && <NoMailServer isAtMails={pathname === `${base}/mail`} />}
      {children}
    </div>
  );
}
