"use client";
// Owns the signature: which kind, its parameters, what a new secret looks like, and how it is rotated.

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { SECRET_WORDS } from "@/lib/client/profiles/definition-words";
import { problemAt, withSignatureKind } from "@/lib/client/profiles/profile-draft";
import {
  carriesSeveral,
  SECRET_KINDS,
  type SecretKind,
  type SignatureScheme,
} from "@/lib/domain/profile/signature-scheme";
import { NumberField } from "../../endpoints/form/number-field";
import { HmacFields } from "./hmac-fields";
import { HttpSignatureFields } from "./http-signature-fields";
import type { SectionProps } from "./section-props";

const KINDS: { value: SignatureScheme["kind"]; label: string; description: string }[] = [
  {
    value: "standard",
    label: "Standard Webhooks",
    description: "Over id, time and body; ready-made libraries verify it. Ed25519 is possible.",
  },
  {
    value: "hmac",
    label: "HMAC in a header",
    description: "As GitHub, Stripe, Shopify, Slack and most others do; every part can be set.",
  },
  {
    value: "http_signature",
    label: "HTTP signature",
    description: "Over a list of headers, named in the signature (draft-cavage).",
  },
  { value: "none", label: "Not signed", description: "Receivers cannot tell requests from anybody else's." },
];

function SecretFields({ value, onChange, problems }: SectionProps) {
  const { signature, secret, rotation } = value;
  const several = carriesSeveral(signature);
  return (
    <div className="grid grid-cols-1 gap-4 border-t pt-4 sm:grid-cols-2">
      <Field
        label="New secrets look like"
        hint={secret.kind === "ed25519" ? "Receivers get the public half and cannot sign." : undefined}
        error={problemAt(problems, "secret.kind")}
      >
        <NativeSelect
          value={secret.kind}
          onChange={(event) => onChange({ ...value, secret: { kind: event.target.value as SecretKind } })}
        >
          {SECRET_KINDS.filter((kind) => kind !== "none" || secret.kind === "none").map((kind) => (
            <option key={kind} value={kind}>
              {SECRET_WORDS[kind]}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field
        label="When a secret is rotated"
        hint={several ? undefined : "A request carries one signature, so that two cannot overlap."}
        error={problemAt(problems, "rotation.overlap")}
      >
        <NativeSelect
          value={rotation.overlap}
          onChange={(event) =>
            onChange({
              ...value,
              rotation:
                event.target.value === "allowed"
                  ? { overlap: "allowed", default_overlap_seconds: 86_400 }
                  : { overlap: "never", default_overlap_seconds: 0 },
            })
          }
        >
          <option value="never">the old one ends at once</option>
          <option value="allowed" disabled={!several}>
            both may sign for a while
          </option>
        </NativeSelect>
      </Field>
      {rotation.overlap === "allowed" && (
        <NumberField
          label="Usual overlap"
          unit="h"
          hint="Unless the person who rotates says otherwise."
          min={0}
          max={168}
          step={0.25}
          value={rotation.default_overlap_seconds / 3600}
          onChange={(hours) =>
            onChange({
              ...value,
              rotation: { overlap: "allowed", default_overlap_seconds: Math.round(hours * 3600) },
            })
          }
        />
      )}
    </div>
  );
}

export function SignatureSection({ value, onChange, problems }: SectionProps) {
  const { signature } = value;
  return (
    <Card>
      <CardHeader title="Signature" />
      <CardBody className="grid grid-cols-1 gap-5">
        <RadioGroup
          aria-label="Kind of signature"
          value={signature.kind}
          onValueChange={(kind) => onChange(withSignatureKind(value, kind as SignatureScheme["kind"]))}
          className="grid gap-2 sm:grid-cols-2"
        >
          {KINDS.map((kind) => (
            <RadioCard key={kind.value} {...kind} />
          ))}
        </RadioGroup>
        {signature.kind === "standard" && (
          <Field label="Headers begin with" hint="Svix's libraries want their own." className="sm:max-w-80">
            <NativeSelect
              value={signature.prefix}
              onChange={(event) =>
                onChange({
                  ...value,
                  signature: { kind: "standard", prefix: event.target.value as "webhook" | "svix" },
                })
              }
            >
              <option value="webhook">webhook-</option>
              <option value="svix">svix-</option>
            </NativeSelect>
          </Field>
        )}
        {signature.kind === "hmac" && (
          <HmacFields
            value={signature}
            onChange={(next) => onChange({ ...value, signature: next })}
            problems={problems}
          />
        )}
        {signature.kind === "http_signature" && (
          <HttpSignatureFields
            value={signature}
            onChange={(next) => onChange({ ...value, signature: next })}
            problems={problems}
          />
        )}
        {signature.kind !== "none" && <SecretFields value={value} onChange={onChange} problems={problems} />}
      </CardBody>
    </Card>
  );
}
