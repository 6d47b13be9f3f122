"use client";
// Owns a profile's headers: names, and values that may be templates; and the header with the body's hash.

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { templateWords } from "@/lib/client/profiles/definition-words";
import { problemAt } from "@/lib/client/profiles/profile-draft";
import type { SectionProps } from "./section-props";
import { ValueMenu } from "./value-menu";

const MAX_HEADERS = 20;

/** Rows need keys that stay while others come and go: one number for each, in step with the headers. */
function useRowKeys(count: number) {
  const [keys, setKeys] = useState(() => Array.from({ length: count }, (_, index) => index));
  // Reset, or written as JSON meanwhile: other rows.
  const current = keys.length === count ? keys : Array.from({ length: count }, (_, index) => index);
  return {
    keys: current,
    add: () => setKeys([...current, Math.max(-1, ...current) + 1]),
    remove: (index: number) => setKeys(current.filter((_, at) => at !== index)),
  };
}

export function HeadersSection({ value, onChange, problems }: SectionProps) {
  const { headers } = value;
  const rows = useRowKeys(headers.length);
  const set = (index: number, change: { name?: string; value?: string }) =>
    onChange({
      ...value,
      headers: headers.map((header, at) => (at === index ? { ...header, ...change } : header)),
    });
  return (
    <Card>
      <CardHeader
        title="Headers"
        description="Sent with every request. A value with a question mark leaves its header out where there is none."
      />
      <CardBody className="grid grid-cols-1 gap-4">
        {headers.length > 0 && (
          <ul className="grid gap-3" aria-label="Headers">
            {headers.map((header, index) => {
              const wrong = [
                problemAt(problems, `headers.${index}.name`),
                problemAt(problems, `headers.${index}.value`),
              ].filter((message) => message !== undefined);
              const words = templateWords(header.value);
              return (
                <li
                  key={rows.keys[index]}
                  className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 sm:grid-cols-[14rem_minmax(0,1fr)_auto]"
                >
                  <Input
                    mono
                    spellCheck={false}
                    aria-label={`Name of header ${index + 1}`}
                    aria-invalid={problemAt(problems, `headers.${index}.name`) !== undefined || undefined}
                    placeholder="X-My-Header"
                    value={header.name}
                    onChange={(event) => set(index, { name: event.target.value })}
                  />
                  <div className="grid min-w-0 gap-1 max-sm:col-span-full max-sm:row-start-2">
                    <Input
                      mono
                      spellCheck={false}
                      aria-label={`Value of header ${index + 1}`}
                      aria-invalid={problemAt(problems, `headers.${index}.value`) !== undefined || undefined}
                      placeholder="{{event.type}}"
                      value={header.value}
                      trailing={
                        <ValueMenu
                          place="header"
                          look="icon"
                          label={`Insert a value into header ${index + 1}`}
                          onPick={(placeholder) => set(index, { value: header.value + placeholder })}
                        />
                      }
                      onChange={(event) => set(index, { value: event.target.value })}
                    />
                    {wrong.length > 0 ? (
                      <div role="alert" className="grid gap-0.5 text-danger-ink text-xs">
                        {wrong.map((message) => (
                          <p key={message} className="first-letter:uppercase">
                            {message}
                          </p>
                        ))}
                      </div>
                    ) : (
                      words !== null && <p className="text-subtle text-xs">{words}</p>
                    )}
                  </div>
                  <IconButton
                    label={`Remove ${header.name || `header ${index + 1}`}`}
                    onClick={() => {
                      rows.remove(index);
                      onChange({ ...value, headers: headers.filter((_, at) => at !== index) });
                    }}
                  >
                    <Trash2 />
                  </IconButton>
                </li>
              );
            })}
          </ul>
        )}
        <Button
          size="sm"
          icon={<Plus />}
          className="justify-self-start"
          disabled={headers.length >= MAX_HEADERS}
          onClick={() => {
            rows.add();
            onChange({ ...value, headers: [...headers, { name: "", value: "" }] });
          }}
        >
          Add header
        </Button>
        <HashFields value={value} onChange={onChange} problems={problems} />
      </CardBody>
    </Card>
  );
}

function HashFields({ value, onChange, problems }: SectionProps) {
  const { content_hash: hash } = value;
  const set = (change: Partial<NonNullable<typeof hash>>) =>
    hash !== null && onChange({ ...value, content_hash: { ...hash, ...change } });
  return (
    <div className="grid grid-cols-1 gap-3 border-t pt-4">
      <Checkbox
        label="Send a hash of the body"
        description="SHA-256 in a header of its own, so that receivers see damage before they look at the signature."
        checked={hash !== null}
        onCheckedChange={(isOn) =>
          onChange({
            ...value,
            content_hash:
              isOn === true ? { header: "X-Content-SHA256", format: "{hash}", encoding: "hex" } : null,
          })
        }
      />
      {hash !== null && (
        <div className="grid grid-cols-1 gap-3 pl-6.5 sm:grid-cols-3">
          <Field label="Header" error={problemAt(problems, "content_hash.header")}>
            <Input mono value={hash.header} onChange={(event) => set({ header: event.target.value })} />
          </Field>
          <Field label="Written as" error={problemAt(problems, "content_hash.format")}>
            <Input mono value={hash.format} onChange={(event) => set({ format: event.target.value })} />
          </Field>
          <Field label="Encoding">
            <NativeSelect
              value={hash.encoding}
              onChange={(event) => set({ encoding: event.target.value as "hex" | "base64" })}
            >
              <option value="hex">hex</option>
              <option value="base64">base64</option>
            </NativeSelect>
          </Field>
        </div>
      )}
    </div>
  );
}
