"use client";
// Owns custom headers of a saved endpoint: names can be read, values only be replaced, all together.

import { Lock } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { type HeaderRow, HeadersEditor } from "../form/headers-editor";

interface SavedHeadersProps {
  endpoint: EndpointDto;
  rows: HeaderRow[] | null;
  onChange: (rows: HeaderRow[] | null) => void;
}

export function SavedHeaders({ endpoint, rows, onChange }: SavedHeadersProps) {
  const names = Object.keys(endpoint.headers);
  if (rows !== null) {
    return (
      <div className="grid grid-cols-1 gap-3">
        <HeadersEditor rows={rows} onChange={onChange} />
        {names.length > 0 && (
          <p className="text-muted text-xs">
            Saving replaces all headers; fill in every value.{" "}
            <Button variant="link" size="sm" onClick={() => onChange(null)}>
              Keep the saved ones
            </Button>
          </p>
        )}
      </div>
    );
  }
  if (names.length === 0) return <HeadersEditor rows={[]} onChange={onChange} />;
  return (
    <div className="grid gap-2">
      <p className="font-medium text-ink text-sm">Custom headers</p>
      <ul className="divide-y divide-line rounded-md border border-line">
        {names.map((name) => (
          <li key={name} className="flex items-center gap-3 px-3 py-1.5 font-mono text-xs">
            <span className="min-w-0 flex-1 text-ink wrap-anywhere">{name}</span>
            <span className="flex items-center gap-1.5 text-subtle">
              <Lock className="size-3" aria-hidden /> ••••••••
            </span>
          </li>
        ))}
      </ul>
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() => onChange(names.map((name, index) => ({ id: index + 1, name, value: "" })))}
      >
        Replace headers
      </Button>
    </div>
  );
}
