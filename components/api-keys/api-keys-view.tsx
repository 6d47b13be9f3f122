"use client";
// Owns the page of API keys: which exist, what each may do, making one, ending one.

import { useInfiniteQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { toast } from "sonner";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { LoadFailure } from "@/components/list/load-failure";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { keyState } from "@/lib/client/api-keys/key-state";
import { apiKeyQueries, useRevokeApiKey } from "@/lib/client/queries/api-keys";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { ApiKeyDto } from "@/lib/contracts/api-keys";
import { CreateKeyDialog } from "./create-key-dialog";
import { keyColumns } from "./key-columns";

const SHOW = ["usable", "all"] as const;
const OPTIONS = [
  { value: "usable" as const, label: "Usable" },
  { value: "all" as const, label: "All" },
];

export function ApiKeysView({ publicUrl }: { publicUrl: string }) {
  const { place, can, whyNot } = useViewer();
  const mayRead = can("api_keys:read");
  const [show, setShow] = useQueryState("show", parseAsStringLiteral(SHOW).withDefault("usable"));
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKeyDto | null>(null);
  const keys = useInfiniteQuery({ ...apiKeyQueries.list(place), enabled: mayRead });
  const revoke = useRevokeApiKey(place);
  const all = useMemo(() => keys.data?.pages.flatMap((page) => page.data), [keys.data]);
  const nowMs = Date.now();
  const isUsable = (key: ApiKeyDto) => ["active", "expires_soon"].includes(keyState(key, nowMs));
  const rows = show === "all" ? all : all?.filter(isUsable);
  const mayWrite = can("api_keys:write");
  const create = (
    <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      Create key
    </Button>
  );

  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-6">
      <PageHeader
        title="API keys"
        description="What programs sign in with. A key belongs to this environment and shows itself once."
        actions={mayWrite && create}
      />
      {!mayRead ? (
        <Callout title="Not for your role">{whyNot("api_keys:read")}</Callout>
      ) : keys.isError && all === undefined ? (
        <Card>
          <LoadFailure
            title="The keys could not be loaded"
            error={keys.error}
            onRetry={() => void keys.refetch()}
          >
            Existing keys keep working.
          </LoadFailure>
        </Card>
      ) : (
        <div className="grid grid-cols-1 gap-3">
          {all !== undefined && all.length > 0 && (
            <SegmentedControl
              label="Which keys"
              value={show}
              onValueChange={(value) => void setShow(value)}
              options={OPTIONS}
              className="justify-self-start"
            />
          )}
          <Card className="overflow-hidden">
            <DataTable
              label="API keys"
              columns={keyColumns(nowMs, mayWrite ? setRevoking : undefined)}
              rows={rows}
              getRowId={(key) => key.id}
              skeletonRows={3}
              empty={
                all?.length === 0 ? (
                  <NothingYet title="No API keys yet" icon={<KeyRound />} action={mayWrite && create}>
                    Your backend needs one to send events here. It takes a name and a minute.
                  </NothingYet>
                ) : (
                  <NoMatches
                    what="keys"
                    action={
                      <Button size="sm" onClick={() => void setShow("all")}>
                        Show all
                      </Button>
                    }
                  >
                    All of them are revoked or expired.
                  </NoMatches>
                )
              }
            />
            <LoadMore query={keys} label="Show older keys" />
          </Card>
        </div>
      )}
      <CreateKeyDialog open={isCreating} onOpenChange={setCreating} publicUrl={publicUrl} />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke “${visibleText(revoking?.name ?? "")}”?`}
        description={
          <>
            Every program that uses <code className="font-mono text-xs">{revoking?.hint}</code> is refused
            within seconds, with 401. Events that were accepted are still delivered. This cannot be undone.
          </>
        }
        confirmLabel="Revoke key"
        destructive
        onConfirm={async () => {
          if (revoking === null) return;
          await revoke.mutateAsync(revoking.id);
          toast(`Key “${visibleText(revoking.name)}” is revoked.`);
        }}
      />
    </div>
  );
}
