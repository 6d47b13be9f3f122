"use client";
// Owns the parameters of an HMAC in a header.

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { type DraftProblem, problemAt } from "@/lib/client/profiles/profile-draft";
import {
  HMAC_CONTENT_SLOTS,
  HMAC_FORMAT_SLOTS,
  type HmacScheme,
  KEY_ENCODINGS,
  type KeyEncoding,
} from "@/lib/domain/profile/signature-scheme";

const KEY_LABELS: Record<KeyEncoding, string> = {
  utf8: "the whole secret as text",
  whsec: "base64 behind whsec_",
  hex: "the secret read as hex",
  base64: "the secret read as base64",
};

export function KeySelect({ value, onChange }: { value: KeyEncoding; onChange: (key: KeyEncoding) => void }) {
  return (
    <Field label="The key is">
      <NativeSelect value={value} onChange={(event) => onChange(event.target.value as KeyEncoding)}>
        {KEY_ENCODINGS.map((key) => (
          <option key={key} value={key}>
            {KEY_LABELS[key]}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}

export function HashSelect({
  value,
  onChange,
}: {
  value: HmacScheme["hash"];
  onChange: (hash: HmacScheme["hash"]) => void;
}) {
  return (
    <Field label="Hash">
      <NativeSelect value={value} onChange={(event) => onChange(event.target.value as HmacScheme["hash"])}>
        <option value="sha256">SHA-256</option>
        <option value="sha512">SHA-512</option>
        <option value="sha1">SHA-1, for old receivers only</option>
      </NativeSelect>
    </Field>
  );
}

export function EncodingSelect({
  value,
  onChange,
}: {
  value: "hex" | "base64";
  onChange: (encoding: "hex" | "base64") => void;
}) {
  return (
    <Field label="Written in">
      <NativeSelect value={value} onChange={(event) => onChange(event.target.value as "hex" | "base64")}>
        <option value="hex">hex</option>
        <option value="base64">base64</option>
      </NativeSelect>
    </Field>
  );
}

const slots = (names: readonly string[]) => names.map((name) => `{${name}}`).join(" ");

interface HmacFieldsProps {
  value: HmacScheme;
  onChange: (value: HmacScheme) => void;
  problems: readonly DraftProblem[];
}

export function HmacFields({ value, onChange, problems }: HmacFieldsProps) {
  const set = (change: Partial<HmacScheme>) => onChange({ ...value, ...change });
  const at = (name: string) => problemAt(problems, `signature.${name}`);
  const text = (name: "header" | "content" | "format" | "each") => ({
    mono: true,
    spellCheck: false,
    value: value[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label="Header" error={at("header")}>
        <Input {...text("header")} />
      </Field>
      <Field label="What is signed" hint={slots(HMAC_CONTENT_SLOTS)} error={at("content")}>
        <Input {...text("content")} />
      </Field>
      <HashSelect value={value.hash} onChange={(hash) => set({ hash })} />
      <EncodingSelect value={value.encoding} onChange={(encoding) => set({ encoding })} />
      <Field label="One signature" hint="Such as sha256={signature}" error={at("each")}>
        <Input {...text("each")} />
      </Field>
      <Field label="The header's value" hint={slots(HMAC_FORMAT_SLOTS)} error={at("format")}>
        <Input {...text("format")} />
      </Field>
      <KeySelect value={value.key} onChange={(key) => set({ key })} />
      <Field
        label="Between several signatures"
        optional
        hint="While two secrets sign. Empty: one signature only."
        error={at("separator")}
      >
        <Input
          mono
          maxLength={3}
          value={value.separator ?? ""}
          onChange={(event) => set({ separator: event.target.value === "" ? null : event.target.value })}
        />
      </Field>
      <Field
        label="Time is sent as"
        optional
        hint="A header with the time that is signed."
        error={at("timestamp_header")}
      >
        <Input
          mono
          spellCheck={false}
          placeholder="X-Timestamp"
          value={value.timestamp_header ?? ""}
          onChange={(event) =>
            set({ timestamp_header: event.target.value === "" ? null : event.target.value })
          }
        />
      </Field>
      <Field label="Time counts in">
        <NativeSelect
          value={value.timestamp_unit}
          onChange={(event) => set({ timestamp_unit: event.target.value as "s" | "ms" })}
        >
          <option value="s">Unix seconds</option>
          <option value="ms">Unix milliseconds</option>
        </NativeSelect>
      </Field>
      <Field
        label="The id is sent as"
        optional
        hint="A header with the id that is signed."
        error={at("id_header")}
      >
        <Input
          mono
          spellCheck={false}
          placeholder="X-Event-Id"
          value={value.id_header ?? ""}
          onChange={(event) => set({ id_header: event.target.value === "" ? null : event.target.value })}
        />
      </Field>
    </div>
  );
}
