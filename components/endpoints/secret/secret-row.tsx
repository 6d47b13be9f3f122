"use client";
// Owns one live secret on screen: its hint, since when it signs, and how long it still does.

import { KeyRound } from "lucide-react";
import { useSyncExternalStore } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Progress } from "@/components/ui/progress";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { formatDuration } from "@/lib/client/format-duration";
import { useRetireSecret } from "@/lib/client/queries/endpoint-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import type { SecretDto } from "@/lib/contracts/endpoints";

const TICK_MS = 1_000;

/** Seconds since 1970, a number that changes once a second; zero on the server. */
function useSeconds(): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, TICK_MS);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / TICK_MS),
    () => 0,
  );
}

interface RetiringProps {
  endpointId: string;
  secret: SecretDto;
  expiresAt: string;
  /** When the overlap began: the birth of the secret that replaced it. */
  since: string;
}

function Retiring({ endpointId, secret, expiresAt, since }: RetiringProps) {
  const { place, can } = useViewer();
  const retire = useRetireSecret(place);
  const now = useSeconds();
  const end = Date.parse(expiresAt) / 1000;
  const start = Date.parse(since) / 1000;
  const whole = Math.max(1, end - start);
  // The clock here counts whole seconds and may differ from the server's: never more than the whole.
  const left = Math.min(whole, Math.max(0, end - now));
  return (
    <div className="grid gap-3 pl-8">
      <div className="grid max-w-md gap-1.5">
        <Progress
          label="Time until it stops signing"
          tone="warning"
          value={now === 0 ? 0 : left}
          max={whole}
        />
        <p className="text-muted text-sm">
          Stops signing in{" "}
          <span className="tabular font-medium text-ink">{now === 0 ? "…" : formatDuration(left)}</span> (
          <Timestamp value={expiresAt} mode="local" />)
        </p>
      </div>
      {can("endpoints:write") && (
        <ConfirmDialog
          trigger={
            <Button size="sm" className="justify-self-start">
              Retire now
            </Button>
          }
          title={
            <>
              Retire <code className="font-mono text-base">{secret.hint}</code> now?
            </>
          }
          description="It stops signing with the next attempt. A receiver that still checks only this secret refuses every request from then on."
          confirmLabel="Retire secret"
          destructive
          onConfirm={async () => {
            await retire.mutateAsync({ id: endpointId, secretId: secret.id });
            toast.success("Secret retired", { description: "Only the current one signs now." });
          }}
        />
      )}
    </div>
  );
}

interface SecretRowProps {
  endpointId: string;
  secret: SecretDto;
  /** The moment at which this secret was replaced; for a retiring one. */
  replacedAt: string;
}

export function SecretRow({ endpointId, secret, replacedAt }: SecretRowProps) {
  const isCurrent = secret.expires_at === null;
  return (
    <li className="grid gap-3 px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <KeyRound className="size-4 shrink-0 text-subtle" aria-hidden />
        <code className="font-mono text-ink text-sm">{secret.hint}</code>
        {isCurrent ? (
          <StatusPill tone="success">Current</StatusPill>
        ) : (
          <StatusPill tone="warning">Retiring</StatusPill>
        )}
        {secret.public_key !== null && (
          <span className="flex min-w-0 items-center gap-1 text-muted text-xs">
            public key
            <code className="min-w-0 truncate font-mono text-ink">{secret.public_key}</code>
            <CopyButton value={secret.public_key} label="Copy the public key" />
          </span>
        )}
        <span className="text-subtle text-xs sm:ml-auto">
          since <Timestamp value={secret.created_at} />
        </span>
      </div>
      {secret.expires_at !== null && (
        <Retiring endpointId={endpointId} secret={secret} expiresAt={secret.expires_at} since={replacedAt} />
      )}
    </li>
  );
}
