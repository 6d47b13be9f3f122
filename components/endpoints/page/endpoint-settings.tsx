"use client";
// Owns the settings tab: one form, saved as a whole, sending only what differs.

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { isRefineValid } from "@/lib/client/endpoints/refine-draft";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { useUpdateEndpoint } from "@/lib/client/queries/endpoint-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { AuthSettings } from "../auth/auth-settings";
import { EventTypePicker } from "../form/event-type-picker";
import { headerProblems } from "../form/headers-editor";
import { NameFields } from "../form/name-fields";
import { UrlField } from "../form/url-field";
import { LimitFields, RetryField } from "../profile/follow-fields";
import { ProfileCard } from "../profile/profile-card";
import { useEndpointDefinition } from "../profile/use-endpoint-definition";
import { DangerZone } from "./danger-zone";
import { asksToKeepCredentials, KeepCredentialsDialog } from "./keep-credentials-dialog";
import { RefineCards } from "./refine-cards";
import { SavedHeaders } from "./saved-headers";
import { changeOf, formOf, type SettingsForm } from "./settings-form";
import { useEndpoint } from "./use-endpoint";

function Form({ endpoint }: { endpoint: EndpointDto }) {
  const { place } = useViewer();
  const update = useUpdateEndpoint(place);
  const definition = useEndpointDefinition(endpoint.profile).data;
  const [form, setForm] = useState(() => formOf(endpoint));
  const set = (change: Partial<SettingsForm>) => setForm((current) => ({ ...current, ...change }));
  const change = changeOf(form, endpoint);
  const isDirty = Object.keys(change).length > 0;
  const isValid =
    form.eventTypes.length > 0 &&
    isRefineValid(form.refine) &&
    (form.headers === null || headerProblems(form.headers).length === 0);
  const problems = update.error instanceof ProblemError ? update.error.errors : [];
  const errorAt = (path: string) => problems.find((problem) => problem.path.startsWith(path))?.message;

  const [isAsking, setIsAsking] = useState(false);

  function showSaved(saved: EndpointDto) {
    setForm(formOf(saved));
    toast.success("Settings saved", { description: "The next attempt uses them, also retries." });
  }

  function save() {
    update.mutate(
      { id: endpoint.id, input: change },
      { onSuccess: showSaved, onError: (error) => setIsAsking(asksToKeepCredentials(error)) },
    );
  }

  async function saveWithCredentials() {
    showSaved(await update.mutateAsync({ id: endpoint.id, input: { ...change, keep_credentials: true } }));
  }

  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty && isValid) save();
      }}
    >
      <Card>
        <CardHeader title="Address" />
        <CardBody className="grid grid-cols-1 gap-4">
          <UrlField
            value={form.url}
            savedValue={endpoint.url}
            onChange={(url) => set({ url })}
            error={errorAt("url")}
          />
          <NameFields
            description={form.description}
            tenant={form.tenant}
            onChange={set}
            errors={{ description: errorAt("description"), tenant: errorAt("tenant") }}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Events"
          description="Events that come in from now on; those already accepted are not changed."
        />
        <CardBody>
          <EventTypePicker
            value={form.eventTypes}
            onChange={(eventTypes) => set({ eventTypes })}
            error={form.eventTypes.length === 0 ? "Choose at least one event." : errorAt("event_types")}
          />
        </CardBody>
      </Card>
      <RefineCards
        callbackOf={endpoint.kind === "callback" ? (endpoint.subjects[0] ?? null) : null}
        value={form.refine}
        onChange={(refine) => set({ refine })}
        eventTypes={form.eventTypes}
        tenant={form.tenant}
        errorAt={errorAt}
        profileRule={definition === undefined ? undefined : (definition.auto_disable ?? false)}
      />
      <Card>
        <CardHeader
          title="Retries"
          description="Deliveries that are waiting take the new schedule at their next attempt."
        />
        <CardBody>
          <RetryField
            value={form.retryPolicy}
            profile={definition}
            onChange={(retryPolicy) => set({ retryPolicy })}
            error={errorAt("retry_policy")}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Request" />
        <CardBody className="grid grid-cols-1 gap-5">
          <LimitFields
            timeoutMs={form.timeoutMs}
            profile={definition}
            maxConcurrency={form.maxConcurrency}
            onChange={set}
          />
          <SavedHeaders endpoint={endpoint} rows={form.headers} onChange={(headers) => set({ headers })} />
        </CardBody>
      </Card>
      {update.isError && !isAsking && <Callout tone="danger">{errorText(update.error)}</Callout>}
      <KeepCredentialsDialog
        open={isAsking}
        onOpenChange={(open) => {
          setIsAsking(open);
          if (!open) update.reset();
        }}
        onConfirm={saveWithCredentials}
      />
      <div className="sticky -bottom-4 z-10 flex flex-wrap items-center gap-2 border-t bg-canvas py-3 max-sm:-mx-4 max-sm:px-4 sm:-bottom-6">
        <Button type="submit" variant="primary" disabled={!isDirty || !isValid} loading={update.isPending}>
          Save changes
        </Button>
        <Button disabled={!isDirty} onClick={() => setForm(formOf(endpoint))}>
          Discard
        </Button>
        <span className="text-subtle text-xs" aria-live="polite">
          {isDirty
            ? `Not saved: ${Object.keys(change).join(", ").replaceAll("_", " ")}`
            : "Everything is saved."}
        </span>
      </div>
    </form>
  );
}

export function EndpointSettings({ id }: { id: string }) {
  const { can, whyNot } = useViewer();
  const { data: endpoint } = useEndpoint(id);
  if (endpoint === undefined) return <Skeleton className="h-64 w-full" />;
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-4">
      {can("endpoints:write") ? (
        <>
          <ProfileCard endpoint={endpoint} />
          {/* A new form for each endpoint, not for each refresh: what is being typed stays. */}
          <Form key={endpoint.id} endpoint={endpoint} />
          <AuthSettings endpointId={endpoint.id} />
          <DangerZone endpoint={endpoint} />
        </>
      ) : (
        <Callout>{whyNot("endpoints:write")} What it is set to stands in the overview.</Callout>
      )}
    </div>
  );
}
