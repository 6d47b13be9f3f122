"use client";
// Gallery: everything a person presses, fills in or picks.

import { Copy, Plus, RotateCw, Search, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { LinkButton } from "@/components/ui/link-button";
import { NativeSelect } from "@/components/ui/native-select";
import { RadioCard, RadioGroup, RadioItem } from "@/components/ui/radio-group";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select, SelectGroup, SelectItem } from "@/components/ui/select";
import { Stepper } from "@/components/ui/stepper";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { Section, Specimen } from "./section";

export function ControlsSection() {
  const [span, setSpan] = useState<"24h" | "7d" | "30d">("24h");
  return (
    <Section title="Controls">
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen label="Button">
          <Button variant="primary" icon={<Plus />}>
            Add endpoint
          </Button>
          <Button>Send a test</Button>
          <Button variant="ghost">Cancel</Button>
          <Button variant="destructive">Delete</Button>
          <Button variant="destructive-ghost" icon={<Trash2 />}>
            Remove
          </Button>
          <LinkButton href="/_design" variant="link">
            Read more
          </LinkButton>
        </Specimen>
        <Specimen label="Disabled, loading, small, large, icon">
          <Button variant="primary" disabled>
            Replay
          </Button>
          <Button variant="primary" loading>
            Replay
          </Button>
          <Button size="sm" icon={<RotateCw />}>
            Retry now
          </Button>
          <Button size="lg" variant="primary">
            Sign in
          </Button>
          <IconButton label="Copy id">
            <Copy />
          </IconButton>
          <CopyButton value="dlv_1" label="Copy delivery id" />
          <CopyButton value="dlv_1" label="Copy as curl" variant="secondary">
            Copy as curl
          </CopyButton>
          <Kbd>⌘</Kbd>
          <Kbd>K</Kbd>
        </Specimen>
      </div>
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
        <Field label="URL" required hint="https only. We check that it resolves to a public address.">
          <Input mono defaultValue="https://billing.acme.example/hooks" />
        </Field>
        <Field
          label="URL"
          required
          error="10.0.0.8 is a private address. Ask the operator of this instance to allow it."
        >
          <Input mono defaultValue="https://10.0.0.8/hooks" />
        </Field>
        <Field label="Search" labelHidden>
          <Input leading={<Search />} trailing={<Kbd>/</Kbd>} placeholder="Search by id, subject or URL" />
        </Field>
        <Field label="Timeout" optional aside="1 to 30 s">
          <Input type="number" defaultValue={15} trailing={<span className="pr-1">s</span>} />
        </Field>
        <Field label="Retry policy">
          <Select defaultValue="standard">
            <SelectGroup label="Presets">
              <SelectItem value="standard" description="10 attempts over about 75 hours">
                Standard
              </SelectItem>
              <SelectItem value="short" description="5 attempts over 40 minutes">
                Short
              </SelectItem>
            </SelectGroup>
          </Select>
        </Field>
        <Field label="State">
          <NativeSelect defaultValue="failed">
            <option value="all">All states</option>
            <option value="failed">Failed</option>
          </NativeSelect>
        </Field>
        <Field label="Description" optional>
          <Textarea defaultValue="Invoices and refunds for the billing team." />
        </Field>
        <Field label="Key" hint="Keys are shown once.">
          <Input disabled mono defaultValue="sp_live_…9f2c" />
        </Field>
        <RadioGroup defaultValue="24h" aria-label="Overlap">
          <RadioCard
            value="now"
            label="Immediately"
            description="The old secret stops now. For a leaked secret."
          />
          <RadioCard
            value="24h"
            label="After 24 hours"
            description="Both sign until then. Receivers need no rush."
          />
        </RadioGroup>
        <div className="grid content-start gap-4">
          <Checkbox defaultChecked label="order.paid" description="An order has been paid in full." />
          <Checkbox checked="indeterminate" label="invoice.*" />
          <RadioGroup defaultValue="a" aria-label="Plain">
            <RadioItem value="a" label="All current types" />
            <RadioItem value="b" label="All types, future ones too" />
          </RadioGroup>
          <Switch defaultChecked label="Live updates" description="New deliveries appear by themselves." />
        </div>
        <Specimen label="Segmented control">
          <SegmentedControl
            label="Span"
            value={span}
            onValueChange={setSpan}
            options={[
              { value: "24h", label: "24 h" },
              { value: "7d", label: "7 d" },
              { value: "30d", label: "30 d" },
            ]}
          />
        </Specimen>
        <Specimen label="Stepper">
          <Stepper
            label="Steps"
            className="w-full"
            steps={[
              { label: "URL", href: "/_design#url", state: "done" },
              { label: "Events", href: "/_design#events", state: "current" },
              { label: "Filter", href: null, state: "upcoming" },
              { label: "Review", href: null, state: "upcoming" },
            ]}
          />
        </Specimen>
      </div>
    </Section>
  );
}
