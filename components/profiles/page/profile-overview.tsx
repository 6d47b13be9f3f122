"use client";
// Owns the first tab: what the profile makes of an event, how it is signed, when it is retried, in readable words.

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RetryPreviewTable, retrySummary } from "@/components/endpoints/form/retry-preview-table";
import { VerificationCode } from "@/components/endpoints/secret/verification-code";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Skeleton } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { formatDuration } from "@/lib/client/format-duration";
import { failingWords, signatureTitle, successWords } from "@/lib/client/profiles/definition-words";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
import { schemeHeaders } from "@/lib/domain/profile/signature-scheme";
import { ExampleRequest } from "../preview/example-request";
import { BodyTemplate, RequestTable } from "../request-table";
import { SignatureExplained } from "../signature-explained";
import { useProfile } from "./use-profile";

function Facts({ profile }: { profile: ProfileDetailDto }) {
  const { href } = useViewer();
  const { definition } = profile;
  return (
    <KeyValueList
      items={[
        {
          key: "Slug",
          value: (
            <span className="inline-flex items-center gap-1 font-mono text-xs">
              {profile.slug} <CopyButton value={profile.slug} label="Copy slug" />
            </span>
          ),
        },
        ...(profile.id === null
          ? []
          : [
              {
                key: "Id",
                value: (
                  <span className="inline-flex items-center gap-1 font-mono text-xs">
                    {profile.id} <CopyButton value={profile.id} label="Copy profile id" />
                  </span>
                ),
              },
            ]),
        ...(profile.based_on === null
          ? []
          : [
              {
                key: "From",
                value: (
                  <Link
                    href={href(`/profiles/${profile.based_on}`)}
                    className="rounded-xs text-accent-ink underline-offset-4 hover:underline"
                  >
                    {profile.based_on}
                  </Link>
                ),
              },
            ]),
        { key: "Signature", value: signatureTitle(definition) },
        { key: "Success", value: successWords(definition.success) },
        { key: "Timeout", value: `${formatDuration(definition.timeout_ms / 1000)} for the whole attempt` },
        { key: "Retries", value: retrySummary(definition.retry_policy) },
        { key: "Disabled", value: failingWords(definition.auto_disable) },
        ...(profile.updated_at === null
          ? []
          : [{ key: "Changed", value: <Timestamp value={profile.updated_at} mode="local" /> }]),
      ]}
    />
  );
}

function Code({ profile }: { profile: ProfileDetailDto }) {
  const { place } = useViewer();
  const code = useQuery(profileQueries.verificationCode(place, profile.slug, profile.version, null));
  // Below everything else, and a help only: where it cannot be had, the page says the rest.
  if (code.data === undefined) return code.isError ? null : <Skeleton className="h-96 w-full" />;
  return <VerificationCode code={code.data} profileName={profile.name} />;
}

export function ProfileOverview({ slug }: { slug: string }) {
  const { data: profile } = useProfile(slug);
  if (profile === undefined) return <Skeleton className="h-64 w-full" />;
  const { definition } = profile;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="grid grid-cols-1 gap-4">
        <Card>
          <CardHeader
            title="What arrives"
            description="The exact request for an example, signed with a secret that is made for examples."
          />
          <CardBody>
            <ExampleRequest
              source={{ profile: profile.slug }}
              samples={profile.samples}
              marked={schemeHeaders(definition.signature)}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="How it is made"
            description="The body and the headers as templates; what is underlaid is filled in for each event."
          />
          <CardBody className="grid grid-cols-1 gap-3">
            <BodyTemplate envelope={definition.envelope} />
            <RequestTable definition={definition} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Signature" />
          <CardBody>
            <SignatureExplained definition={definition} />
          </CardBody>
        </Card>
        <Card>
          <CardBody className="pt-4">
            <Code profile={profile} />
          </CardBody>
        </Card>
      </div>
      <div className="grid grid-cols-1 gap-4">
        <Card>
          <CardHeader title="At a glance" />
          <CardBody>
            <Facts profile={profile} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Schedule"
            description="When each attempt is made if all before it fail. An endpoint can have its own."
          />
          <CardBody>
            <RetryPreviewTable policy={definition.retry_policy} />
          </CardBody>
        </Card>
      </div>
    </div>
  );
}
