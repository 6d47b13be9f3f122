// Owns the columns of the message list.
import type { DataTableColumn } from "@/components/data-table/columns";
import { formatBytes } from "@/components/deliveries/format";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { eventTypeOf, verdictText } from "@/lib/client/inbox/verdict";
import type { InboxMessageDto } from "@/lib/contracts/inbox";

export const messageColumns: DataTableColumn<InboxMessageDto>[] = [
  {
    id: "what",
    header: "Message",
    card: "title",
    skeleton: "w-32",
    cell: (message) => (
      <code className="block truncate font-mono text-ink text-xs">
        {eventTypeOf(message) ?? `${message.method}, ${formatBytes(message.body_size)}`}
      </code>
    ),
  },
  {
    id: "verdict",
    header: "Signature",
    className: "w-28",
    card: "line",
    skeleton: "w-16",
    cell: (message) => {
      const { tone, label } = verdictText(message.verification);
      return (
        <StatusPill tone={tone} variant="plain">
          {label}
        </StatusPill>
      );
    },
  },
  {
    id: "answered",
    header: "Answered",
    className: "w-20",
    align: "end",
    card: "line",
    skeleton: "w-8",
    cell: (message) => <span className="tabular text-muted">{message.responded_status}</span>,
  },
  {
    id: "received",
    header: "Received",
    className: "w-24",
    align: "end",
    card: "meta",
    skeleton: "w-12",
    cell: (message) => (
      <Timestamp value={message.received_at} focusable={false} className="text-muted text-xs" />
    ),
  },
];
