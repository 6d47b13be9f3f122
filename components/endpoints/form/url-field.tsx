"use client";
// Owns the address of an endpoint while it is typed: checked by the same guard that sends, a moment after the last key.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { errorText } from "@/lib/client/problem-error";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { inboxQueries } from "@/lib/client/queries/inbox";
import { useSettled } from "@/lib/client/use-settled";
import { useViewer } from "@/lib/client/viewer-context";
import { UrlChecks } from "./url-checks";

interface UrlFieldProps {
  value: string;
  onChange: (url: string) => void;
  /** What the server said when it was sent. */
  error?: string | undefined;
  /** Checks only once it differs from this, which is saved already. */
  savedValue?: string;
  autoFocus?: boolean;
}

/** The verdict on the address as it stands; undefined while it is typed or checked. */
export function useUrlCheck(value: string) {
  const { place } = useViewer();
  const settled = useSettled(value.trim());
  const check = useQuery(endpointQueries.urlCheck(place, settled));
  const isCurrent = settled === value.trim();
  return {
    check: isCurrent ? check.data : undefined,
    isChecking: value.trim() !== "" && (!isCurrent || check.isFetching),
    error: check.error,
  };
}

export function UrlField({ value, onChange, error, savedValue, autoFocus }: UrlFieldProps) {
  const { place, can } = useViewer();
  const client = useQueryClient();
  const [isFetching, setIsFetching] = useState(false);
  const verdict = useUrlCheck(value === savedValue ? "" : value);

  async function takeInbox() {
    setIsFetching(true);
    try {
      onChange((await client.fetchQuery(inboxQueries.detail(place))).url);
    } catch (cause) {
      toast.error("The Inbox could not be reached", { description: errorText(cause) });
    } finally {
      setIsFetching(false);
    }
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <Field
        label="Endpoint URL"
        error={error}
        required
        aside={
          can("inbox:read") && (
            <Button
              variant="link"
              size="sm"
              icon={<Inbox />}
              loading={isFetching}
              onClick={() => void takeInbox()}
            >
              Use my Inbox
            </Button>
          )
        }
      >
        <Input
          mono
          type="url"
          inputMode="url"
          autoComplete="url"
          spellCheck={false}
          placeholder="https://api.example.com/webhooks"
          value={value}
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      {value !== savedValue && <UrlChecks check={verdict.check} isChecking={verdict.isChecking} />}
    </div>
  );
}
