"use client";
// Owns a PEM text: pasted, or read from a file that never leaves this page but by saving.

import { Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface PemFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (text: string) => void;
  error: string | undefined;
  hint?: string;
  optional?: boolean;
}

/** Larger files are no PEM texts; reading them would only freeze the page. */
const MAX_FILE_BYTES = 128 * 1024;

export function PemField({ label, placeholder, value, onChange, error, hint, optional }: PemFieldProps) {
  const file = useRef<HTMLInputElement>(null);

  async function read(chosen: File | undefined) {
    if (chosen === undefined) return;
    onChange(await chosen.slice(0, MAX_FILE_BYTES).text());
    // The same file can be chosen again after an edit.
    if (file.current) file.current.value = "";
  }

  return (
    <>
      <Field
        label={label}
        required={!optional}
        {...(optional ? { optional } : {})}
        error={error}
        hint={hint}
        aside={
          <Button
            variant="link"
            size="sm"
            icon={<Upload />}
            aria-label={`Choose file: ${label}`}
            onClick={() => file.current?.click()}
          >
            Choose file
          </Button>
        }
      >
        <Textarea
          mono
          rows={4}
          spellCheck={false}
          autoComplete="off"
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <input
        ref={file}
        type="file"
        hidden
        accept=".pem,.crt,.cer,.key,application/x-pem-file"
        aria-label={`File for: ${label}`}
        onChange={(event) => void read(event.target.files?.[0])}
      />
    </>
  );
}
