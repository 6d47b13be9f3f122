// Owns the words about health and alerts: when an endpoint is disabled, who is told, and what programs get. Numbers and
// names come from the rules themselves.
import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { ALERT_KINDS, isMailedByDefault, KIND_INFO } from "@/lib/domain/alerts/kinds";
import { MIN_SILENT_RECEIVERS } from "@/lib/domain/health/egress";
import { DEFAULT_AUTO_DISABLE } from "@/lib/domain/profile/definition-shape";
import { METADATA_DAYS } from "@/lib/domain/retention";
import { Code, DocsSection, FactTable, Paragraph } from "./prose";

export const ALERT_CHAPTERS = [
  { id: "health", label: "Health" },
  { id: "held", label: "What was held" },
  { id: "who-is-told", label: "Who is told" },
  { id: "quiet", label: "Digests" },
  { id: "mail", label: "E-mail" },
  { id: "alert-webhooks", label: "Slack and webhooks" },
] as const;

const link = "text-accent-ink underline-offset-4 hover:underline";

export function AlertGuide() {
  return (
    <>
      <Health />
      <Held />
      <WhoIsTold />
      <Quiet />
      <MailChapter />
      <AlertWebhooks />
    </>
  );
}

function Health() {
  const { after_hours, min_failures, warn_at_percent } = DEFAULT_AUTO_DISABLE;
  const hours = warn_at_percent.map((percent) => (after_hours * percent) / 100);
  return (
    <DocsSection id="health" title="Health">
      <Paragraph>
        An endpoint is failing from its first failed delivery until one succeeds. When that lasts for{" "}
        {after_hours} hours and at least {min_failures} deliveries fail, it is disabled. People are warned on
        the way, after {hours.slice(0, -1).join(", ")} and {hours.at(-1)} hours, and nobody is disabled
        without a warning before. Profiles and endpoints may have a rule of their own, or none.
      </Paragraph>
      <Paragraph>
        Only ordinary deliveries count: tests and single replays do not. Neither does what is not the
        receiver's fault: time in which no process of Signpost ran, faults of Signpost's own, and time in
        which nothing gets out at all, which is assumed when at least {MIN_SILENT_RECEIVERS} receivers that
        had just answered fall silent together. <Code>410 Gone</Code> is an answer of its own: it disables at
        once.
      </Paragraph>
      <Paragraph>
        The page of an endpoint shows how far its clock is and what comes next;{" "}
        <Code>GET /api/v1/endpoints/&#123;id&#125;/health</Code> says the same to programs.
      </Paragraph>
    </DocsSection>
  );
}

function Held() {
  return (
    <DocsSection id="held" title="What was held">
      <Paragraph>
        While an endpoint is paused or disabled, deliveries that match are held and counted; nothing is lost.
        Whoever enables it decides, in the dashboard or with <Code>held</Code> in{" "}
        <Code>POST /api/v1/endpoints/&#123;id&#125;/enable</Code>:
      </Paragraph>
      <FactTable
        label="Held deliveries"
        head={["Choice", "What happens"]}
        rows={[
          {
            key: "release",
            cells: [
              <Code key="c">release</Code>,
              "They are due now, as they were made, and go on with their retries where they were.",
            ],
          },
          {
            key: "replay",
            cells: [
              <Code key="c">replay</Code>,
              "Each is made anew, with the same event id, the whole retry schedule, and the profile and field mapping of now.",
            ],
          },
          {
            key: "drop",
            cells: [<Code key="c">drop</Code>, "They are cancelled. Their events stay in the log."],
          },
          { key: "keep", cells: [<Code key="c">keep</Code>, "They stay held, to be decided later."] },
        ]}
      />
    </DocsSection>
  );
}

function WhoIsTold() {
  return (
    <DocsSection id="who-is-told" title="Who is told">
      <Paragraph>
        Owners and admins get e-mails without asking. Everybody turns kinds on and off for themselves under
        Alerts, My e-mails; alerts about the sandbox come only when asked for. Channels carry alerts to
        addresses that are no members, to Slack, or to a program; each has its own kinds, environments and
        least severity.
      </Paragraph>
      <FactTable
        label="Kinds of alerts"
        head={["Kind", "What it tells", "E-mailed to owners and admins unasked"]}
        rows={ALERT_KINDS.map((kind) => ({
          key: kind,
          cells: [
            <Code key="kind">{kind}</Code>,
            KIND_INFO[kind].description,
            isMailedByDefault(kind, "owner") ? "Yes" : "No",
          ],
        }))}
      />
    </DocsSection>
  );
}

function Quiet() {
  const minutes = KIND_INFO["endpoint.failing"].windowMinutes;
  return (
    <DocsSection id="quiet" title="Digests">
      <Paragraph>
        A reader gets at most one message about a kind in {minutes} minutes, about deliveries that gave up in{" "}
        {KIND_INFO["delivery.exhausted"].windowMinutes}. What comes meanwhile is told together in the next
        one: 200 endpoints that fail in the same hour are one e-mail. Webhooks are no readers and get each
        alert by itself.
      </Paragraph>
    </DocsSection>
  );
}

function MailChapter() {
  return (
    <DocsSection id="mail" title="E-mail">
      <Paragraph>
        Whoever runs Signpost names the mail server in <Code>SMTP_URL</Code> and the sender in{" "}
        <Code>SIGNPOST_MAIL_FROM</Code>. A mail that could not be sent is tried again for a day. Without a
        mail server nothing is lost either: every e-mail is written all the same and can be read under Alerts,
        Mail, for {METADATA_DAYS} days; one that was kept or has failed can be sent later from there.
      </Paragraph>
    </DocsSection>
  );
}

function AlertWebhooks() {
  return (
    <DocsSection id="alert-webhooks" title="Slack and webhooks">
      <Paragraph>
        A Slack channel takes the address of one of its incoming webhooks. A webhook channel gets the alert as
        JSON, signed with the channel's own secret after{" "}
        <Link href="/docs#signatures" className={link}>
          Standard Webhooks
        </Link>
        , so the same code verifies it. Both go through the same guard as deliveries: private addresses are
        refused unless the operator allows them. Anything but <Code>2xx</Code> is tried again for a day;{" "}
        <Code>410</Code> is final. A repeated message keeps its <Code>webhook-id</Code>.
      </Paragraph>
      <CodeBlock
        title="What a webhook gets"
        copyLabel="Copy request"
        code={[
          "POST /alerts HTTP/1.1",
          "content-type: application/json",
          "webhook-id: ntf_01kahg5b1ee9tt5v3f2w0q8r4z",
          "webhook-timestamp: 1768469400",
          "webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
          "",
          JSON.stringify(
            {
              type: "endpoint.failing",
              timestamp: "2026-01-15T09:30:00.000Z",
              data: {
                alert_id: "alrt_01kahg5b1ee9tt5v3f2w0q8r4z",
                severity: "warning",
                title: "“Shop” has been failing for 60 h",
                url: "https://hooks.example.com/acme/live/endpoints/ep_01kahg5b1ee9tt5v3f2w0q8r4z",
                workspace: "acme",
                environment: "live",
                percent: 50,
                disables_at: "2026-01-17T21:30:00.000Z",
                endpoint: {
                  id: "ep_01kahg5b1ee9tt5v3f2w0q8r4z",
                  name: "Shop",
                  host: "shop.example.com",
                },
              },
            },
            null,
            2,
          ),
        ].join("\n")}
      />
    </DocsSection>
  );
}
