"use client";
// Owns choosing the status that senders get: the ones that show each behaviour, or any number.

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { errorText } from "@/lib/client/problem-error";
import { useUpdateInbox } from "@/lib/client/queries/inbox";
import { useViewer } from "@/lib/client/viewer-context";
import { type InboxDto, updateInboxInput } from "@/lib/contracts/inbox";

const ANSWERS = [
  { status: 200, label: "200 OK", description: "The delivery succeeds" },
  { status: 204, label: "204 No Content", description: "Succeeds too, without a body" },
  { status: 302, label: "302 Found", description: "Fails: redirects are not followed" },
  { status: 400, label: "400 Bad Request", description: "Fails and is retried" },
  { status: 410, label: "410 Gone", description: "Final: the endpoint is disabled" },
  { status: 429, label: "429 Too Many Requests", description: "Fails and is retried" },
  { status: 500, label: "500 Internal Server Error", description: "Fails and is retried" },
  { status: 503, label: "503 Service Unavailable", description: "Fails and is retried" },
] as const;

const CUSTOM = "custom";

export function AnswerControl({ inbox }: { inbox: InboxDto }) {
  const { place, can, whyNot } = useViewer();
  const update = useUpdateInbox(place);
  const [isCustom, setCustom] = useState(false);
  const [draft, setDraft] = useState(String(inbox.respond_status));
  const [problem, setProblem] = useState<string | null>(null);
  const isKnown = ANSWERS.some((answer) => answer.status === inbox.respond_status);
  const save = (status: number) => update.mutate({ respond_status: status });

  function saveDraft() {
    const parsed = updateInboxInput.safeParse({ respond_status: Number(draft) });
    setProblem(parsed.success ? null : "A whole number from 200 to 599");
    if (!parsed.success) return;
    save(parsed.data.respond_status);
    setCustom(false);
  }

  const error = problem ?? (update.isError ? errorText(update.error) : null);
  if (isCustom) {
    return (
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          saveDraft();
        }}
      >
        <Field label="Answer with" error={error} className="w-28">
          <Input
            value={draft}
            inputMode="numeric"
            maxLength={3}
            autoFocus
            onChange={(event) => setDraft(event.target.value)}
          />
        </Field>
        <Button type="submit">Set</Button>
        <Button variant="ghost" onClick={() => setCustom(false)}>
          Cancel
        </Button>
      </form>
    );
  }
  return (
    <Field
      label="Answer with"
      error={error}
      hint={can("inbox:write") ? undefined : whyNot("inbox:write")}
      className="w-52"
    >
      <Select
        value={isKnown ? String(inbox.respond_status) : CUSTOM}
        disabled={!can("inbox:write") || update.isPending}
        onValueChange={(value) => {
          if (value !== CUSTOM) return save(Number(value));
          setDraft(String(inbox.respond_status));
          setCustom(true);
        }}
      >
        {ANSWERS.map((answer) => (
          <SelectItem key={answer.status} value={String(answer.status)} description={answer.description}>
            {answer.label}
          </SelectItem>
        ))}
        <SelectItem value={CUSTOM} description="Any status from 200 to 599">
          {isKnown ? "Another status…" : `${inbox.respond_status}`}
        </SelectItem>
      </Select>
    </Field>
  );
}
