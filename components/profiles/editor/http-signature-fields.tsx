"use client";
// Owns the parameters of an HTTP signature: which headers it covers, how it is named and when it ends.

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type DraftProblem, problemAt, problemBelow } from "@/lib/client/profiles/profile-draft";
import { EXPIRES, type HttpSignatureScheme } from "@/lib/domain/profile/signature-scheme";
import { NumberField } from "../../endpoints/form/number-field";
import { EncodingSelect, HashSelect, KeySelect } from "./hmac-fields";

interface HttpSignatureFieldsProps {
  value: HttpSignatureScheme;
  onChange: (value: HttpSignatureScheme) => void;
  problems: readonly DraftProblem[];
}

const DEFAULT_EXPIRY = 300;

export function HttpSignatureFields({ value, onChange, problems }: HttpSignatureFieldsProps) {
  const set = (change: Partial<HttpSignatureScheme>) => onChange({ ...value, ...change });
  const { expires_seconds: expires } = value;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field
        label="Header"
        hint="In Authorization it begins with “Signature ”, as the draft has it."
        error={problemAt(problems, "signature.header")}
      >
        <Input
          mono
          spellCheck={false}
          value={value.header}
          onChange={(event) => set({ header: event.target.value })}
        />
      </Field>
      <Field
        label="keyId"
        hint="Names the secret to the receiver; a template."
        error={problemAt(problems, "signature.key_id")}
      >
        <Input
          mono
          spellCheck={false}
          value={value.key_id}
          onChange={(event) => set({ key_id: event.target.value })}
        />
      </Field>
      <Field
        label="What is signed"
        hint="In order, with spaces between: (request-target), (expires), and headers that every request has. The body's hash has to be among them."
        error={problemBelow(problems, "signature.headers")}
        className="sm:col-span-2"
      >
        <Input
          mono
          spellCheck={false}
          value={value.headers.join(" ")}
          onChange={(event) => set({ headers: event.target.value.toLowerCase().split(" ") })}
          onBlur={() => set({ headers: value.headers.filter((name) => name !== "") })}
        />
      </Field>
      <HashSelect value={value.hash} onChange={(hash) => set({ hash })} />
      <EncodingSelect value={value.encoding} onChange={(encoding) => set({ encoding })} />
      <KeySelect value={value.key} onChange={(key) => set({ key })} />
      <div className="grid grid-cols-1 content-start gap-3">
        <Checkbox
          label="It ends"
          description={`Adds ${EXPIRES} to what is signed.`}
          checked={expires !== null}
          onCheckedChange={(isOn) => {
            const others = value.headers.filter((name) => name !== EXPIRES);
            set(
              isOn === true
                ? { expires_seconds: DEFAULT_EXPIRY, headers: [...others, EXPIRES] }
                : { expires_seconds: null, headers: others },
            );
          }}
        />
        {expires !== null && (
          <NumberField
            label="After"
            unit="s"
            min={10}
            max={86_400}
            value={expires}
            onChange={(seconds) => set({ expires_seconds: seconds })}
          />
        )}
        {problemAt(problems, "signature.expires_seconds") && (
          <p role="alert" className="text-danger-ink text-xs first-letter:uppercase">
            {problemAt(problems, "signature.expires_seconds")}
          </p>
        )}
      </div>
    </div>
  );
}
