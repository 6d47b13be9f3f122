"use client";
// Owns what a change of profile means, before it is made: for the receiver, for the endpoint's settings, and the request
// that will arrive.

import { ExampleRequest } from "@/components/profiles/preview/example-request";
import { Callout } from "@/components/ui/callout";
import { settingChanges, wireChanges } from "@/lib/client/profiles/profile-change";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { schemeHeaders } from "@/lib/domain/profile/signature-scheme";
import { retrySummary } from "../form/retry-preview-table";
import { ChangeList } from "./change-list";

interface ChangeConsequencesProps {
  endpoint: Pick<EndpointDto, "overrides">;
  /** What the endpoint sends by now. */
  before: ProfileDefinition;
  /** Its newest version is what the endpoint would get. */
  profile: ProfileDetailDto;
  /** It is what the endpoint has already. */
  isSame: boolean;
}

export function ChangeConsequences({ endpoint, before, profile, isSame }: ChangeConsequencesProps) {
  const { definition } = profile;
  const wire = wireChanges(before, definition);
  const settings = settingChanges(before, definition, endpoint.overrides, retrySummary);
  if (isSame) return <p className="text-muted text-sm">This is what the endpoint has already.</p>;
  return (
    <>
      {profile.description !== "" && (
        <p className="text-pretty text-muted text-sm">{visibleText(profile.description)}</p>
      )}
      {definition.signature.kind === "none" ? (
        <Callout tone="warning" title="Requests will not be signed">
          The receiver cannot tell them from anybody else's.
        </Callout>
      ) : wire.length > 0 ? (
        <Callout tone="warning" title="The receiver has to change with it">
          It sees what is listed below. Until it reads and verifies the new form, it may refuse what arrives;
          refused deliveries are retried as the schedule says.
        </Callout>
      ) : (
        <Callout>Requests look and are signed as before: the receiver need not change.</Callout>
      )}
      <ChangeList title="For the receiver" changes={wire} />
      <ChangeList title="For this endpoint" changes={settings} />
      {endpoint.overrides.length > 0 && (
        <p className="text-muted text-xs">What was set for this endpoint alone stays.</p>
      )}
      <details className="rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2 font-medium text-ink text-sm">What will arrive</summary>
        <div className="border-t p-3">
          <ExampleRequest
            key={`${profile.slug} ${profile.version}`}
            source={{ profile: profile.slug }}
            samples={profile.samples}
            marked={schemeHeaders(definition.signature)}
          />
        </div>
      </details>
    </>
  );
}
