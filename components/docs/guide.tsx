// Owns the chapters of the documentation that are told in words. Numbers come from the rules themselves.
import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { firstRequest } from "@/lib/client/api-keys/first-request";
import { SCOPE_TEXT } from "@/lib/client/api-keys/scope-presets";
import { API_KEY_SCOPES } from "@/lib/domain/access/permissions";
import { RETRY_PRESETS } from "@/lib/domain/retry/policy";
import { Code, DocsSection, FactTable, Paragraph } from "./prose";

export const GUIDE_CHAPTERS = [
  { id: "quick-start", label: "Quick start" },
  { id: "authentication", label: "Authentication" },
  { id: "sending", label: "Sending safely" },
  { id: "receiving", label: "Receiving" },
  { id: "signatures", label: "Signatures" },
  { id: "callers", label: "Who is calling" },
  { id: "retries", label: "Retries" },
] as const;

function duration(seconds: number): string {
  const units = [
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const;
  const [size, unit] = units.find(([unitSize]) => seconds >= unitSize && seconds % unitSize === 0) ?? [
    1,
    "s",
  ];
  return seconds === 0 ? "at once" : `${seconds / size} ${unit}`;
}

export function QuickStart({ publicUrl }: { publicUrl: string }) {
  return (
    <DocsSection id="quick-start" title="Quick start">
      <Paragraph>
        Signpost takes an event from your backend, signs it, and delivers it to every endpoint that wants it,
        again and again until it arrives. Three steps show all of it.
      </Paragraph>
      <ol className="grid gap-5 [counter-reset:step]">
        <Step title="Make a key">
          In the dashboard under API keys, with the scope <Code>events:write</Code>. It is shown once.
        </Step>
        <Step title="Create an endpoint">
          With the address of your receiver. Nothing to receive with yet? The dashboard's Inbox is a receiver
          that checks signatures and shows what arrives.
        </Step>
        <Step title="Send an event">
          <span className="mb-3 block">
            The answer <Code>202</Code> means that it is stored; delivery starts in the same moment.
          </span>
          <CodeBlock
            code={firstRequest(publicUrl, ["events:write"]).code}
            copyLabel="Copy request"
            title="Terminal"
          />
        </Step>
      </ol>
    </DocsSection>
  );
}

function Step({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <li className="grid max-w-3xl grid-cols-[1.75rem_minmax(0,1fr)] gap-3 [counter-increment:step]">
      <span
        aria-hidden
        className="grid size-7 place-items-center rounded-full border border-line bg-surface font-semibold text-accent-ink text-sm before:content-[counter(step)]"
      />
      <div className="grid gap-1 pt-0.5">
        <h3 className="font-semibold text-base text-ink">{title}</h3>
        <div className="min-w-0 text-base text-muted">{children}</div>
      </div>
    </li>
  );
}

export function Authentication() {
  return (
    <DocsSection id="authentication" title="Authentication">
      <Paragraph>
        Each call carries a key as <Code>Authorization: Bearer sp_live_…</Code>. A key belongs to one
        environment, which its prefix names: <Code>sp_live_</Code> or <Code>sp_test_</Code> for the sandbox.
        Nothing in a request can reach another one. A key in an address, a cookie or Basic credentials is
        refused; a revoked one stops working within seconds.
      </Paragraph>
      <FactTable
        label="Scopes"
        head={["Scope", "Allows"]}
        rows={API_KEY_SCOPES.map((scope) => ({
          key: scope,
          cells: [<Code key="scope">{scope}</Code>, SCOPE_TEXT[scope].description],
        }))}
      />
    </DocsSection>
  );
}

export function Sending() {
  return (
    <DocsSection id="sending" title="Sending safely">
      <Paragraph>
        A request may fail on its way back, after the event was stored. Send it again with the same{" "}
        <Code>id</Code>, or with the same <Code>Idempotency-Key</Code> header: for seven days the repetition
        gives the first answer and delivers nothing twice. The same id with other content is refused as{" "}
        <Code>event_id_conflict</Code>.
      </Paragraph>
      <Paragraph>
        Whatever you send as <Code>data</Code> is stored, signed and delivered byte for byte: numbers keep
        their digits and keys their order. On <Code>429</Code> and <Code>503</Code> wait for{" "}
        <Code>Retry-After</Code> seconds.
      </Paragraph>
      <Paragraph>
        What events are called, what they are about, callbacks for single subjects and fetching instead of
        receiving:{" "}
        <Link href="/docs/events" className="text-accent-ink underline-offset-4 hover:underline">
          Event types and subjects
        </Link>
        .
      </Paragraph>
      <FactTable
        label="Limits"
        head={["What", "Limit"]}
        rows={[
          { key: "event", cells: ["One event", "256 KiB, nested at most 128 levels"] },
          { key: "batch", cells: ["One batch", "1,000 events, 5 MiB"] },
          { key: "page", cells: ["One page of a list", "250 rows"] },
          {
            key: "rate",
            cells: [
              "Reading and managing",
              "200 requests a second for each key; sending events is not counted",
            ],
          },
        ]}
      />
    </DocsSection>
  );
}

export function Receiving() {
  return (
    <DocsSection id="receiving" title="Receiving">
      <Paragraph>
        A delivery is a <Code>POST</Code> with a JSON body. Answer any <Code>2xx</Code> within the endpoint's
        timeout (15 seconds unless set otherwise) and do the work afterwards. Deliveries may come twice and
        out of order: dedupe by <Code>webhook-id</Code>, order by <Code>timestamp</Code>.
      </Paragraph>
      <CodeBlock
        title="What arrives"
        copyLabel="Copy request"
        code={[
          "POST /webhooks HTTP/1.1",
          "content-type: application/json",
          "webhook-id: evt_01kahg5b1ee9tt5v3f2w0q8r4z",
          "webhook-timestamp: 1768469400",
          "webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
          "",
          '{"type":"order.paid","timestamp":"2026-01-15T09:30:00.000Z","data":{"order_id":"ord_1001","amount":4200}}',
        ].join("\n")}
      />
      <FactTable
        label="Answers"
        head={["Your answer", "What it means"]}
        rows={[
          { key: "2xx", cells: [<Code key="c">2xx</Code>, "Delivered."] },
          { key: "410", cells: [<Code key="c">410</Code>, "Final. The endpoint is disabled and says why."] },
          {
            key: "429",
            cells: [
              <Code key="c">429, 503</Code>,
              "Failed, tried again; Retry-After is honoured up to 24 hours.",
            ],
          },
          {
            key: "other",
            cells: ["Anything else", "Failed, tried again. Redirects too: they are never followed."],
          },
        ]}
      />
    </DocsSection>
  );
}

export function Retries() {
  const presets = Object.entries(RETRY_PRESETS);
  return (
    <DocsSection id="retries" title="Retries">
      <Paragraph>
        Each endpoint has a schedule: a preset, your own list of delays, or a formula. Every attempt has a
        fresh timestamp and signature; id and body never change. When a schedule ends the delivery is{" "}
        <Code>failed</Code>, and anyone may replay it.
      </Paragraph>
      <Paragraph>
        An endpoint where nothing succeeds any more is disabled in the end, and people are warned before:{" "}
        <Link href="/docs/alerts" className="text-accent-ink underline-offset-4 hover:underline">
          Health and alerts
        </Link>
        .
      </Paragraph>
      <FactTable
        label="Retry presets"
        head={["Preset", "Delays before each attempt"]}
        rows={presets.map(([name, preset]) => ({
          key: name,
          cells: [<Code key="name">{name}</Code>, preset.delays.map(duration).join(", ")],
        }))}
      />
    </DocsSection>
  );
}
