// Gallery: data on screen.

import { Avatar } from "@/components/ui/avatar";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Pagination } from "@/components/ui/pagination";
import { Sparkline } from "@/components/ui/sparkline";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Timestamp } from "@/components/ui/timestamp";
import { Section } from "./section";

const COUNTS = [4, 9, 12, 8, 3, 0, 0, 2, 14, 22, 19, 25, 31, 28, 12, 9, 17, 21, 8, 4, 2, 6, 11, 13];
const RATES = [99, 99, 98, 99, 97, null, null, 91, 84, 96, 99, 99, 100, 99];
const BODY = `{
  "type": "order.paid",
  "data": { "id": "ord_81", "amount": 4200, "currency": "EUR" }
}`;

export function DataSection() {
  return (
    <Section title="Data">
      <Breadcrumb
        crumbs={[
          { label: "Endpoints", href: "/_design" },
          { label: "billing.acme.example", href: "/_design#e" },
          { label: "Secret" },
        ]}
      />
      <LinkTabs
        label="Endpoint"
        tabs={[
          { href: "/_design#overview", label: "Overview", isCurrent: true },
          { href: "/_design#deliveries", label: "Deliveries", isCurrent: false },
          { href: "/_design#settings", label: "Settings", isCurrent: false },
          { href: "/_design#secret", label: "Secret", isCurrent: false },
          { href: "/_design#activity", label: "Activity", isCurrent: false },
        ]}
      />
      <div className="grid gap-4 md:grid-cols-2">
        <Card>
          <CardHeader
            title="Health"
            description="Last 24 hours"
            actions={<Sparkline label="Deliveries per hour" values={COUNTS} />}
          />
          <CardBody className="grid gap-4">
            <div className="flex items-end justify-between">
              <div>
                <p className="tabular font-semibold text-2xl tracking-tight">98.7 %</p>
                <p className="text-muted text-sm">412 of 417 succeeded</p>
              </div>
              <Sparkline
                label="Success rate"
                values={RATES}
                kind="line"
                tone="success"
                min={80}
                max={100}
                className="h-10 w-40"
              />
            </div>
            <KeyValueList
              items={[
                { key: "Id", value: "ep_01ja8x7k3mfq6s9v2t4w5y6z7b", mono: true },
                { key: "Last success", value: <Timestamp value={Date.now() - 42_000} /> },
                { key: "Created", value: <Timestamp value="2026-11-02T08:14:00Z" mode="local" /> },
                {
                  key: "Secret",
                  mono: true,
                  value: (
                    <span className="inline-flex items-center gap-1">
                      whsec_…a1b2 <CopyButton value="x" label="Copy secret hint" className="-my-1" />
                    </span>
                  ),
                },
                {
                  key: "Owner",
                  value: (
                    <span className="inline-flex items-center gap-2">
                      <Avatar name="Ada Lovelace" /> Ada Lovelace
                    </span>
                  ),
                },
              ]}
            />
          </CardBody>
          <CardFooter>
            <Pagination
              previousHref={null}
              nextHref="/_design?page=2"
              summary="50 deliveries"
              className="w-full"
            />
          </CardFooter>
        </Card>
        <Tabs defaultValue="request" className="grid min-w-0 content-start gap-3">
          <TabsList aria-label="Attempt">
            <TabsTrigger value="request">Request</TabsTrigger>
            <TabsTrigger value="response">Response</TabsTrigger>
          </TabsList>
          <TabsContent value="request" className="grid min-w-0 gap-3">
            <CodeBlock title="Body, 92 bytes" code={BODY} />
            <CodeBlock
              code={`curl -X POST https://billing.acme.example/hooks -H 'webhook-id: evt_01ja8x7k3mfq6s9v2t4w5y6z7b'`}
              wrap
              copyLabel="Copy command"
            />
          </TabsContent>
          <TabsContent value="response">
            <CodeBlock title="503 Service Unavailable" code="upstream connect error" wrap />
          </TabsContent>
        </Tabs>
      </div>
    </Section>
  );
}
