"use client";
// Owns what the two pages of the catalogue share: title, the way to a new type, the tabs.

import { Plus } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { useViewer } from "@/lib/client/viewer-context";

const TABS = [
  { path: "/event-types", label: "Event types" },
  { path: "/event-types/packs", label: "Packs" },
];

export function CatalogueFrame({ children }: { children: ReactNode }) {
  const { href, can } = useViewer();
  const pathname = usePathname();
  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-4">
      <PageHeader
        title="Event types"
        description="What your events are called, what they mean, and an example of each. A catalogue describes and never refuses: events of other types are delivered as well. Both environments share it."
        actions={
          can("endpoints:write") && (
            <LinkButton href={href("/event-types/new")} variant="primary" icon={<Plus />}>
              New event type
            </LinkButton>
          )
        }
        tabs={
          <LinkTabs
            label="Catalogue"
            tabs={TABS.map(({ path, label }) => ({
              href: href(path),
              label,
              isCurrent: pathname === href(path),
            }))}
          />
        }
      />
      {children}
    </div>
  );
}
