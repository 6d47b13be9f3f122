// The page on profiles: readable without signing in, because whoever writes a receiver needs it too.
import type { Metadata } from "next";
import { DocsFrame } from "@/components/docs/docs-frame";
import { PROFILE_CHAPTERS, ProfileGuide } from "@/components/docs/profile-guide";
import { STANDARD_WEBHOOKS } from "@/lib/domain/profile/built-in/standard-webhooks";
import { compileProfile } from "@/lib/domain/profile/compile";
import { sampleEvent } from "@/lib/domain/profile/preview";

export const metadata: Metadata = { title: "Profiles" };
// The theme is a cookie, read by the layout.
export const dynamic = "force-dynamic";

const TEMPLATE = `{
  "event": "{{event.type}}",
  "sent_by": "Northwind, {{environment}}",
  "customer": "{{event.subject?}}",
  "payload": "{{event.data}}"
}`;
const DATA = '{"order":12345678901234567890,"total":12.50}';

export default function ProfilesPage() {
  const { definition, samples } = STANDARD_WEBHOOKS;
  const event = sampleEvent({ ...samples[0], subject: "cus_77", data: DATA }, "live");
  const body = compileProfile({ ...definition, envelope: TEMPLATE })
    .render(event)
    .toString("utf8");
  return (
    <DocsFrame groups={[{ title: "Profiles", items: PROFILE_CHAPTERS }]}>
      <h1 className="font-semibold text-2xl text-ink tracking-tight">Profiles</h1>
      <ProfileGuide example={{ template: TEMPLATE, data: DATA, body }} />
    </DocsFrame>
  );
}
