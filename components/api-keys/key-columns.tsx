// Owns the columns of the key list.
import type { DataTableColumn } from "@/components/data-table/columns";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import type { Tone } from "@/components/ui/tone";
import { type KeyState, keyState } from "@/lib/client/api-keys/key-state";
import { describeScopes } from "@/lib/client/api-keys/scope-presets";
import { visibleText } from "@/lib/client/visible-text";
import type { ApiKeyDto } from "@/lib/contracts/api-keys";

const STATE: Record<KeyState, { tone: Tone; label: string }> = {
  active: { tone: "success", label: "Active" },
  expires_soon: { tone: "warning", label: "Expires soon" },
  expired: { tone: "neutral", label: "Expired" },
  revoked: { tone: "neutral", label: "Revoked" },
};

const Never = () => <span className="text-subtle">Never</span>;

/** `onRevoke` is left out for people who may not. */
export function keyColumns(
  nowMs: number,
  onRevoke: ((key: ApiKeyDto) => void) | undefined,
): DataTableColumn<ApiKeyDto>[] {
  const columns: DataTableColumn<ApiKeyDto>[] = [
    {
      id: "name",
      header: "Name",
      card: "title",
      skeleton: "w-32",
      cell: (key) => <span className="block truncate font-medium text-ink">{visibleText(key.name)}</span>,
    },
    {
      id: "state",
      header: "State",
      className: "w-32",
      card: "meta",
      skeleton: "w-16",
      cell: (key) => {
        const { tone, label } = STATE[keyState(key, nowMs)];
        return (
          <StatusPill tone={tone} variant="plain">
            {label}
          </StatusPill>
        );
      },
    },
    {
      id: "hint",
      header: "Key",
      className: "w-36",
      card: "body",
      skeleton: "w-28",
      cell: (key) => <code className="font-mono text-muted text-xs">{key.hint}</code>,
    },
    {
      id: "scopes",
      header: "May",
      className: "w-72",
      card: "body",
      skeleton: "w-40",
      cell: (key) => (
        <span className="flex flex-wrap gap-1 py-1">
          {describeScopes(key.scopes).map((label) => (
            <Badge key={label} outline>
              {label}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      id: "used",
      header: "Last used",
      className: "w-28",
      card: "body",
      skeleton: "w-16",
      cell: (key) =>
        key.last_used_at ? <Timestamp value={key.last_used_at} focusable={false} /> : <Never />,
    },
    {
      id: "expires",
      header: "Expires",
      className: "w-28",
      card: "body",
      skeleton: "w-16",
      cell: (key) => (key.expires_at ? <Timestamp value={key.expires_at} focusable={false} /> : <Never />),
    },
    {
      id: "created",
      header: "Created",
      className: "w-28",
      card: "body",
      skeleton: "w-16",
      cell: (key) => <Timestamp value={key.created_at} focusable={false} />,
    },
  ];
  if (onRevoke === undefined) return columns;
  return [
    ...columns,
    {
      id: "actions",
      header: "Actions",
      headerHidden: true,
      className: "w-24",
      align: "end",
      card: "body",
      cell: (key) =>
        key.revoked_at === null && (
          <Button
            size="sm"
            variant="destructive-ghost"
            className="@max-2xl/data-table:-ml-2.5"
            aria-label={`Revoke ${visibleText(key.name)}`}
            onClick={() => onRevoke(key)}
          >
            Revoke
          </Button>
        ),
    },
  ];
}
