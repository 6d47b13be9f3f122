"use client";
// Owns trying an event type: its example to one endpoint as a test, or to everybody who takes it, in the sandbox.

import { useQuery } from "@tanstack/react-query";
import { Megaphone } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { TestDialog } from "@/components/endpoints/test/test-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { countOf } from "@/lib/client/count-of";
import { errorText } from "@/lib/client/problem-error";
import { catalogueQueries, usePublishExample } from "@/lib/client/queries/catalogue";
import { endpointChoices } from "@/lib/client/queries/endpoint-choices";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";

function Publish({ name }: { name: string }) {
  const { place, href } = useViewer();
  const publish = usePublishExample(place, name);
  return (
    <div className="grid grid-cols-1 gap-2 border-t pt-4" aria-live="polite">
      <p className="max-w-prose text-pretty text-muted text-sm">
        To everybody: the example becomes an event of the sandbox, as if your backend had posted it. Filters,
        subjects and retries apply.
      </p>
      <Button
        className="justify-self-start"
        icon={<Megaphone />}
        loading={publish.isPending}
        onClick={() => publish.mutate({})}
      >
        Publish the example in sandbox
      </Button>
      {publish.error && <Callout tone="danger">{errorText(publish.error)}</Callout>}
      {publish.data && (
        <Callout tone={publish.data.deliveries === 0 ? "info" : "success"}>
          {publish.data.deliveries === 0
            ? "Accepted, but nobody takes it. "
            : `On its way to ${countOf(publish.data.deliveries, "endpoint", "endpoints")}. `}
          <Link
            href={href(`/events/${encodeURIComponent(publish.data.id)}`)}
            className="rounded-xs text-accent-ink underline underline-offset-4"
          >
            Look at the event
          </Link>
        </Callout>
      )}
    </div>
  );
}

interface SendExampleProps {
  name: string;
  /** JSON text; null when there is none. */
  example: string | null;
}

export function SendExample({ name, example }: SendExampleProps) {
  const { place, environment, can } = useViewer();
  const [chosen, setChosen] = useState("");
  const [isOpen, setOpen] = useState(false);
  const choices = useQuery({ ...endpointChoices(place), enabled: can("endpoints:write") });
  const takers = useQuery({ ...catalogueQueries.subscribers(place, name), enabled: can("endpoints:write") });
  if (!can("endpoints:write")) return null;
  const takerIds = new Set(takers.data?.data.map(({ id }) => id));
  const sorted = (choices.data ?? []).toSorted(
    (a, b) => Number(takerIds.has(b.id)) - Number(takerIds.has(a.id)),
  );
  const endpoint = sorted.find(({ id }) => id === chosen) ?? sorted[0];
  // Only of those that take it is more known than the address.
  const tested =
    endpoint && (takers.data?.data.find(({ id }) => id === endpoint.id) ?? { ...endpoint, event_types: [] });
  return (
    <Card>
      <CardHeader
        title="Try it"
        description="A real request, signed and sent like every other. Tests never count against an endpoint."
      />
      <CardBody className="grid grid-cols-1 gap-4">
        {endpoint === undefined || tested === undefined ? (
          <p className="text-muted text-sm">
            {choices.isPending ? "Looking for endpoints…" : "There is no endpoint to send it to yet."}
          </p>
        ) : (
          <div className="flex flex-wrap items-end gap-2">
            <Field label="Endpoint" className="min-w-0 flex-1 basis-64">
              <NativeSelect value={endpoint.id} onChange={(event) => setChosen(event.target.value)}>
                {sorted.map(({ id, url, description }) => (
                  <option key={id} value={id}>
                    {visibleText(description === "" ? url : `${description} · ${url}`)}
                  </option>
                ))}
              </NativeSelect>
            </Field>
            <Button variant="primary" onClick={() => setOpen(true)}>
              Send to this endpoint
            </Button>
            <TestDialog endpoint={tested} type={name} open={isOpen} onOpenChange={setOpen} />
          </div>
        )}
        {environment.kind === "sandbox" && can("events:write") && example !== null && <Publish name={name} />}
      </CardBody>
    </Card>
  );
}
