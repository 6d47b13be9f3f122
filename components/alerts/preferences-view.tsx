"use client";
// Owns what the person who looks gets by e-mail: each switch acts at once.

import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/list/load-failure";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { errorText } from "@/lib/client/problem-error";
import { alertQueries, useUpdatePreferences } from "@/lib/client/queries/alerts";
import { useViewer } from "@/lib/client/viewer-context";
import { ALERT_KINDS, KIND_INFO } from "@/lib/domain/alerts/kinds";

export function PreferencesView() {
  const { place } = useViewer();
  const preferences = useQuery(alertQueries.preferences(place));
  const update = useUpdatePreferences(place);
  const data = preferences.data;
  if (preferences.isError && data === undefined) {
    return (
      <Card>
        <LoadFailure
          title="Your preferences could not be loaded"
          error={preferences.error}
          onRetry={() => void preferences.refetch()}
        />
      </Card>
    );
  }
  if (data === undefined) return <Skeleton className="h-96 w-full max-w-2xl" />;
  // What was pressed is shown at once; the answer confirms it, a failure puts it back.
  const shown = update.isPending ? update.variables : data;
  const save = (change: Partial<typeof shown>) =>
    update.mutate({ kinds: shown.kinds, sandbox: shown.sandbox, ...change });
  return (
    <Card className="max-w-2xl">
      <CardHeader
        title="What you get by e-mail"
        description={`At ${data.email}. Several of a kind within a quarter of an hour come as one.`}
      />
      <CardBody className="grid gap-5">
        {update.error && <Callout tone="danger">{errorText(update.error)}</Callout>}
        {ALERT_KINDS.map((kind) => (
          <Switch
            key={kind}
            label={KIND_INFO[kind].label}
            description={KIND_INFO[kind].description}
            checked={shown.kinds[kind]}
            disabled={update.isPending}
            onCheckedChange={(on) => save({ kinds: { ...shown.kinds, [kind]: on } })}
          />
        ))}
        <hr className="border-line" />
        <Switch
          label="Sandbox too"
          description="Alerts about the sandbox's endpoints, beside those about live ones."
          checked={shown.sandbox}
          disabled={update.isPending}
          onCheckedChange={(sandbox) => save({ sandbox })}
        />
      </CardBody>
    </Card>
  );
}
