"use client";
// Owns the questions of a channel, where it goes and what it carries, and their validation by the server's own schemas.

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { type ChannelDto, createChannelInput, updateChannelInput } from "@/lib/contracts/alerts";
import {
  ALERT_KINDS,
  type AlertKind,
  type ChannelVia,
  KIND_INFO,
  SEVERITIES,
  type Severity,
} from "@/lib/domain/alerts/kinds";
import { SEVERITY } from "./alert-words";

export type ChannelFormInput = {
  name: string;
  kinds: AlertKind[];
  environments: ("live" | "sandbox")[];
  min_severity: Severity;
  enabled: boolean;
  addresses?: string[];
  url?: string;
};

interface ChannelFormProps {
  /** Undefined for a new one. */
  channel: ChannelDto | undefined;
  isWorking: boolean;
  failure: Error | null;
  onSubmit: (via: ChannelVia, input: ChannelFormInput) => void;
}

const toggled = <T,>(list: readonly T[], item: T, on: boolean) =>
  on ? [...list, item] : list.filter((other) => other !== item);

export function ChannelForm({ channel, isWorking, failure, onSubmit }: ChannelFormProps) {
  const [via, setVia] = useState<ChannelVia>(channel?.via ?? "email");
  const [name, setName] = useState(channel?.name ?? "");
  const [addresses, setAddresses] = useState(channel?.addresses?.join("\n") ?? "");
  const [url, setUrl] = useState("");
  const [kinds, setKinds] = useState<AlertKind[]>(channel?.kinds ?? [...ALERT_KINDS]);
  const [environments, setEnvironments] = useState<("live" | "sandbox")[]>(channel?.environments ?? ["live"]);
  const [severity, setSeverity] = useState<Severity>(channel?.min_severity ?? "info");
  const [enabled, setEnabled] = useState(channel?.enabled ?? true);
  const [refused, setRefused] = useState<{ path: string; message: string }[]>([]);
  const errors = [...refused, ...(failure instanceof ProblemError ? failure.errors : [])];
  const errorOf = (field: string) => errors.find(({ path }) => path.startsWith(field))?.message;
  const known = ["name", "addresses", "url", "kinds", "environments"];
  const isFieldError = known.some((field) => errorOf(field) !== undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    const send = (input: ChannelFormInput) => {
      const schema = channel === undefined ? createChannelInput : updateChannelInput;
      const parsed = schema.safeParse(channel === undefined ? { via, ...input } : input);
      setRefused(parsed.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? []);
      if (parsed.success) onSubmit(via, input);
    };
    const common = { name, kinds, environments, min_severity: severity, enabled };
    if (via === "email") {
      const list = addresses.split(/[\s,;]+/).filter((address) => address !== "");
      send({ ...common, addresses: list });
    } else {
      // Left empty, the address of an existing channel stays: it cannot be read back.
      send(channel !== undefined && url === "" ? common : { ...common, url });
    }
  }

  return (
    <form className="flex min-h-0 flex-col" onSubmit={submit} noValidate>
      <DialogBody>
        {channel === undefined && (
          <Field label="How">
            <RadioGroup value={via} onValueChange={(value) => setVia(value as ChannelVia)}>
              <RadioCard value="email" label="E-mail" description="To addresses, members or not." />
              <RadioCard
                value="slack"
                label="Slack"
                description="To an incoming webhook of a Slack channel."
              />
              <RadioCard
                value="webhook"
                label="Webhook"
                description="To a program of yours, signed with Standard Webhooks."
              />
            </RadioGroup>
          </Field>
        )}
        <Field label="Name" error={errorOf("name")} required>
          <Input
            value={name}
            maxLength={80}
            autoComplete="off"
            placeholder="On call"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {via === "email" ? (
          <Field label="Addresses" hint="One a line, at most ten." error={errorOf("addresses")} required>
            <Textarea
              value={addresses}
              rows={3}
              autoComplete="off"
              placeholder="oncall@example.com"
              onChange={(event) => setAddresses(event.target.value)}
            />
          </Field>
        ) : (
          <Field
            label={via === "slack" ? "Incoming webhook URL" : "URL"}
            hint={channel ? `Leave it empty to keep the one at ${channel.hint}.` : "It cannot be read back."}
            error={errorOf("url")}
            required={channel === undefined}
          >
            <Input
              value={url}
              maxLength={2048}
              autoComplete="off"
              inputMode="url"
              className="font-mono"
              placeholder={
                via === "slack" ? "https://hooks.slack.com/services/…" : "https://example.com/alerts"
              }
              onChange={(event) => setUrl(event.target.value)}
            />
          </Field>
        )}
        <Field label="What it carries" error={errorOf("kinds")}>
          <fieldset className="grid gap-2 rounded-md border border-line p-3 sm:grid-cols-2">
            <legend className="sr-only">Kinds of alerts</legend>
            {ALERT_KINDS.map((kind) => (
              <Checkbox
                key={kind}
                checked={kinds.includes(kind)}
                onCheckedChange={(on) => setKinds(toggled(kinds, kind, on === true))}
                label={KIND_INFO[kind].label}
              />
            ))}
          </fieldset>
        </Field>
        <Field label="Of which environments" error={errorOf("environments")}>
          <fieldset className="flex flex-wrap gap-4">
            <legend className="sr-only">Environments</legend>
            {(["live", "sandbox"] as const).map((environment) => (
              <Checkbox
                key={environment}
                checked={environments.includes(environment)}
                onCheckedChange={(on) => setEnvironments(toggled(environments, environment, on === true))}
                label={environment === "live" ? "Live" : "Sandbox"}
              />
            ))}
          </fieldset>
        </Field>
        <Field label="From which severity on">
          <NativeSelect value={severity} onChange={(event) => setSeverity(event.target.value as Severity)}>
            {SEVERITIES.map((level) => (
              <option key={level} value={level}>
                {SEVERITY[level].label}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Checkbox
          checked={enabled}
          onCheckedChange={(on) => setEnabled(on === true)}
          label="On"
          description="Off, it gets nothing; what happens meanwhile is not told later."
        />
        {failure && !isFieldError && <Callout tone="danger">{errorText(failure)}</Callout>}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={isWorking}>
          {channel ? "Save channel" : "Create channel"}
        </Button>
      </DialogFooter>
    </form>
  );
}
