"use client";
// Owns the page of settings: what this environment is and where, its limits, how long things are kept, the theme.

import { BookOpen, ScrollText } from "lucide-react";
import type { ReactNode } from "react";
import type { Theme } from "@/components/theme/theme";
import { ThemeSwitch } from "@/components/theme/theme-switch";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { useViewer } from "@/lib/client/viewer-context";
import {
  MAX_BATCH_BODY_BYTES,
  MAX_BATCH_EVENTS,
  MAX_EVENT_BODY_BYTES,
  MAX_JSON_DEPTH,
} from "@/lib/contracts/events";
import { MAX_INBOX_MESSAGES } from "@/lib/contracts/inbox";
import { IDEMPOTENCY_DAYS, METADATA_DAYS, PAYLOAD_DAYS } from "@/lib/domain/retention";
import { DefaultProfileCard } from "./default-profile-card";

export type InstanceFacts = {
  publicUrl: string;
  version: string;
};

interface SettingsViewProps {
  instance: InstanceFacts;
  theme: Theme;
}

const KIB = 1024;

/** A value that people carry elsewhere. */
function Copied({ value, label }: { value: string; label: string }) {
  return (
    <span className="-my-1 inline-flex max-w-full items-center gap-1">
      <span className="min-w-0 select-all wrap-anywhere">{value}</span>
      <CopyButton value={value} label={label} className="shrink-0" />
    </span>
  );
}

function Facts({ title, description, items }: { title: string; description?: ReactNode; items: Fact[] }) {
  return (
    <Card>
      <CardHeader title={title} description={description} />
      <CardBody>
        <KeyValueList items={items} />
      </CardBody>
    </Card>
  );
}

type Fact = { key: string; value: ReactNode; mono?: boolean };

export function SettingsView({ instance, theme }: SettingsViewProps) {
  const { workspace, environment, role, can, href } = useViewer();
  const { publicUrl } = instance;
  return (
    <div className="mx-auto grid w-full max-w-4xl grid-cols-1 gap-6">
      <PageHeader
        title="Settings"
        description="What this environment is, and the rules that hold in it."
        actions={
          <>
            {can("audit:read") && (
              <LinkButton href={href("/audit")} icon={<ScrollText />}>
                Audit trail
              </LinkButton>
            )}
            <LinkButton href="/docs" icon={<BookOpen />}>
              Documentation
            </LinkButton>
          </>
        }
      />
      <Facts
        title="Environment"
        description="Keys, endpoints and events of one environment never reach the other."
        items={[
          { key: "Environment", value: environment.kind === "live" ? "Live" : "Sandbox" },
          {
            key: "Environment id",
            value: <Copied value={environment.id} label="Copy environment id" />,
            mono: true,
          },
          { key: "Workspace", value: workspace.name },
          {
            key: "Workspace id",
            value: <Copied value={workspace.id} label="Copy workspace id" />,
            mono: true,
          },
          { key: "Your role", value: <span className="capitalize">{role}</span> },
        ]}
      />
      <DefaultProfileCard />
      <Facts
        title="Addresses"
        items={[
          {
            key: "Public address",
            value: <Copied value={publicUrl} label="Copy public address" />,
            mono: true,
          },
          {
            key: "API",
            value: <Copied value={`${publicUrl}/api/v1`} label="Copy API address" />,
            mono: true,
          },
          {
            key: "OpenAPI",
            value: <Copied value={`${publicUrl}/api/v1/openapi.json`} label="Copy OpenAPI address" />,
            mono: true,
          },
        ]}
      />
      <Facts
        title="Limits"
        items={[
          {
            key: "Event",
            value: `${MAX_EVENT_BODY_BYTES / KIB} KiB, nested at most ${MAX_JSON_DEPTH} levels`,
          },
          {
            key: "Batch",
            value: `${MAX_BATCH_EVENTS.toLocaleString("en")} events, ${MAX_BATCH_BODY_BYTES / KIB / KIB} MiB`,
          },
          { key: "Stored answer", value: "The first 64 KiB of a receiver's answer, with its true size" },
          { key: "Inbox", value: `The newest ${MAX_INBOX_MESSAGES} messages` },
        ]}
      />
      <Facts
        title="Retention"
        description="What is older is cleared by itself."
        items={[
          { key: "Payloads", value: `${PAYLOAD_DAYS} days. Later a delivery can be seen, but not replayed.` },
          { key: "Deliveries", value: `${METADATA_DAYS} days, with their attempts` },
          {
            key: "Idempotency",
            value: `${IDEMPOTENCY_DAYS} days, in which a repeated request is recognised`,
          },
        ]}
      />
      <Facts title="Instance" items={[{ key: "Signpost", value: `Version ${instance.version}` }]} />
      <Card>
        <CardHeader
          title="Theme"
          description="For this browser. The system decides until you choose."
          actions={<ThemeSwitch initial={theme} />}
        />
      </Card>
    </div>
  );
}
