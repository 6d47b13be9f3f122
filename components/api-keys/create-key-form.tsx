"use client";
// Owns the questions of a new key and their validation by the same schema as the server's.

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { PRESET_SCOPES, SCOPE_TEXT, type ScopePreset } from "@/lib/client/api-keys/scope-presets";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { type CreateApiKeyInput, createApiKeyInput } from "@/lib/contracts/api-keys";
import { API_KEY_SCOPES, type ApiKeyScope } from "@/lib/domain/access/permissions";

const DAY_MS = 24 * 3_600_000;
const EXPIRIES = [
  { days: 0, label: "Never" },
  { days: 7, label: "In 7 days" },
  { days: 30, label: "In 30 days" },
  { days: 90, label: "In 90 days" },
  { days: 365, label: "In a year" },
] as const;

interface CreateKeyFormProps {
  isWorking: boolean;
  failure: Error | null;
  onSubmit: (input: CreateApiKeyInput) => void;
}

type Errors = { name?: string; scopes?: string };

function serverErrors(failure: Error | null): Errors {
  if (!(failure instanceof ProblemError)) return {};
  const of = (field: string) => failure.errors.find((error) => error.path.startsWith(field))?.message;
  return { name: of("name"), scopes: of("scopes") };
}

export function CreateKeyForm({ isWorking, failure, onSubmit }: CreateKeyFormProps) {
  const [name, setName] = useState("");
  const [preset, setPreset] = useState<ScopePreset>("send");
  const [chosen, setChosen] = useState<readonly ApiKeyScope[]>(PRESET_SCOPES.send);
  const [days, setDays] = useState(0);
  const [errors, setErrors] = useState<Errors>({});
  const shown = { ...serverErrors(failure), ...errors };
  const isFieldError = Object.values(shown).some(Boolean);

  function submit(event: FormEvent) {
    event.preventDefault();
    const parsed = createApiKeyInput.safeParse({
      name,
      scopes: preset === "custom" ? chosen : PRESET_SCOPES[preset],
      expires_at: days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString(),
    });
    if (parsed.success) {
      setErrors({});
      onSubmit(parsed.data);
      return;
    }
    const of = (field: string) => parsed.error.issues.find((issue) => issue.path[0] === field)?.message;
    setErrors({ name: of("name"), scopes: of("scopes") });
  }

  return (
    <form className="flex min-h-0 flex-col" onSubmit={submit} noValidate>
      <DialogBody>
        <Field
          label="Name"
          hint="Which program uses it. It appears in the audit trail."
          error={shown.name}
          required
        >
          <Input
            value={name}
            maxLength={80}
            autoComplete="off"
            placeholder="Billing backend"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="What it may do" error={shown.scopes}>
          <RadioGroup value={preset} onValueChange={(value) => setPreset(value as ScopePreset)}>
            <RadioCard
              value="send"
              label="Send events"
              description="All that a backend needs. It can read nothing back."
            />
            <RadioCard
              value="full"
              label="Full access"
              description="Events, endpoints and deliveries, reading and changing. Not keys and members."
            />
            <RadioCard value="custom" label="Choose scopes" description="Exactly the ones you tick." />
          </RadioGroup>
        </Field>
        {preset === "custom" && (
          <fieldset className="grid gap-3 rounded-md border border-line p-3 sm:grid-cols-2">
            <legend className="sr-only">Scopes</legend>
            {API_KEY_SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                checked={chosen.includes(scope)}
                onCheckedChange={(checked) =>
                  setChosen(checked === true ? [...chosen, scope] : chosen.filter((other) => other !== scope))
                }
                label={SCOPE_TEXT[scope].label}
                description={SCOPE_TEXT[scope].description}
              />
            ))}
          </fieldset>
        )}
        <Field
          label="Expires"
          hint="A key that expires limits what a leak can do. Two keys can overlap while you change them."
        >
          <NativeSelect value={String(days)} onChange={(event) => setDays(Number(event.target.value))}>
            {EXPIRIES.map((expiry) => (
              <option key={expiry.days} value={expiry.days}>
                {expiry.label}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {failure && !isFieldError && <Callout tone="danger">{errorText(failure)}</Callout>}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={isWorking}>
          Create key
        </Button>
      </DialogFooter>
    </form>
  );
}
