// Owns the columns of the audit trail.
import Link from "next/link";
import type { DataTableColumn } from "@/components/data-table/columns";
import { Badge } from "@/components/ui/badge";
import { Timestamp } from "@/components/ui/timestamp";
import { auditFacts, describeAction, targetPath } from "@/lib/client/audit/describe-entry";
import { visibleText } from "@/lib/client/visible-text";
import type { AuditEntryDto } from "@/lib/contracts/audit";

const ACTOR_KIND: Record<AuditEntryDto["actor"]["kind"], string | null> = {
  user: null,
  api_key: "API key",
  system: "Signpost",
  cli: "Command line",
};

function Target({ entry, href }: { entry: AuditEntryDto; href: (path: string) => string }) {
  const path = targetPath(entry.target);
  const id = <code className="font-mono text-xs wrap-anywhere">{visibleText(entry.target.id)}</code>;
  if (path === null) return <span className="text-muted">{id}</span>;
  return (
    <Link href={href(path)} className="text-accent-ink underline-offset-4 hover:underline">
      {id}
    </Link>
  );
}

export function auditColumns(href: (path: string) => string): DataTableColumn<AuditEntryDto>[] {
  return [
    {
      id: "at",
      header: "When",
      className: "w-28",
      card: "meta",
      skeleton: "w-16",
      cell: (entry) => <Timestamp value={entry.created_at} focusable={false} className="text-muted" />,
    },
    {
      id: "action",
      header: "What",
      className: "w-52",
      card: "title",
      skeleton: "w-32",
      cell: (entry) => <span className="font-medium text-ink">{describeAction(entry.action)}</span>,
    },
    {
      id: "actor",
      header: "Who",
      className: "w-56",
      card: "line",
      skeleton: "w-36",
      cell: (entry) => {
        const kind = ACTOR_KIND[entry.actor.kind];
        return (
          <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
            <span className="min-w-0 truncate text-ink">{visibleText(entry.actor.label)}</span>
            {kind && <Badge outline>{kind}</Badge>}
            {entry.ip && <code className="font-mono text-2xs text-subtle">{entry.ip}</code>}
          </span>
        );
      },
    },
    {
      id: "target",
      header: "On",
      className: "w-64",
      card: "body",
      skeleton: "w-40",
      cell: (entry) => <Target entry={entry} href={href} />,
    },
    {
      id: "detail",
      header: "Facts",
      card: "body",
      skeleton: "w-48",
      cell: (entry) => (
        <span className="flex flex-wrap gap-x-3 gap-y-0.5 py-1 text-xs">
          {auditFacts(entry).map((fact) => (
            <span key={fact.name} className="min-w-0 wrap-anywhere">
              <span className="text-subtle">{visibleText(fact.name)}</span>{" "}
              <span className="text-ink">{visibleText(fact.text)}</span>
            </span>
          ))}
        </span>
      ),
    },
  ];
}
