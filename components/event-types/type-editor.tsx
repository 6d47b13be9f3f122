"use client";
// Owns the form of an event type, new or known; what is typed is not lost by leaving.

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { UnsavedGuard } from "@/components/leave/unsaved-guard";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Textarea } from "@/components/ui/textarea";
import {
  createInputOf,
  draftOf,
  type TypeDraft,
  type TypeProblems,
  typeProblems,
  updateInputOf,
} from "@/lib/client/catalogue/type-draft";
import { typePath } from "@/lib/client/catalogue/type-views";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { useCreateEventType, useUpdateEventType } from "@/lib/client/queries/catalogue";
import { useViewer } from "@/lib/client/viewer-context";
import type { EventTypeDetailDto } from "@/lib/contracts/event-types";
import { ExampleFields } from "./example-fields";

/** What the server found wrong, at the field where it can be put right. */
function serverProblems(error: Error | null, draft: TypeDraft): TypeProblems {
  if (!(error instanceof ProblemError)) return {};
  if (error.code === "conflict") return { name: error.message };
  const at = (path: string) => error.errors.find((one) => one.path.startsWith(path))?.message;
  const example = at("example_text");
  return {
    name: at("name"),
    description: at("description"),
    ...(example !== undefined && { example: { from: 0, to: draft.example.length, message: example } }),
    subject: at("example_subject"),
    attributes: at("example_attributes"),
  };
}

interface TypeEditorProps {
  /** Null for a new one. */
  saved: EventTypeDetailDto | null;
  /** Of a new one, as another page suggests it. */
  name?: string;
}

export function TypeEditor({ saved, name }: TypeEditorProps) {
  const { place, href, can, whyNot } = useViewer();
  const router = useRouter();
  const start = draftOf(saved, name);
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const [leaveTo, setLeaveTo] = useState<string | null>(null);
  const create = useCreateEventType(place);
  const update = useUpdateEventType(place, saved?.id ?? "");
  const save = saved === null ? create : update;
  const found = typeProblems(draft);
  const isRefused = Object.values(found).some((problem) => problem !== undefined);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(start);
  const problems: TypeProblems = {
    ...serverProblems(save.error, draft),
    ...(isTried ? found : { example: found.example }),
  };
  // The guard is gone with this render, so that it does not ask about what has just been saved.
  useEffect(() => {
    if (leaveTo !== null) router.push(leaveTo);
  }, [leaveTo, router]);
  const change = (part: Partial<TypeDraft>) => {
    save.reset();
    setDraft((before) => ({ ...before, ...part }));
  };

  function submit() {
    setTried(true);
    if (isRefused || save.isPending) return;
    const done = (type: EventTypeDetailDto) => {
      toast.success(saved === null ? `${type.name} is in the catalogue.` : "Changes saved");
      setLeaveTo(href(typePath(type)));
    };
    if (saved === null) create.mutate(createInputOf(draft), { onSuccess: done });
    else update.mutate(updateInputOf(draft, saved), { onSuccess: done });
  }

  const title = saved === null ? "New event type" : `Edit ${saved.name}`;
  const back = saved === null ? href("/event-types") : href(typePath(saved));
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-6">
      <PageHeader
        title={title}
        breadcrumb={
          <Breadcrumb
            crumbs={[
              { label: "Event types", href: href("/event-types") },
              ...(saved === null ? [] : [{ label: saved.name, href: back }]),
              { label: saved === null ? "New" : "Edit" },
            ]}
          />
        }
      />
      {!can("endpoints:write") ? (
        <Callout actions={<LinkButton href={back}>Back</LinkButton>}>{whyNot("endpoints:write")}</Callout>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Card>
            <CardBody className="grid grid-cols-1 gap-5 pt-4">
              {saved === null && (
                <Field
                  label="Name"
                  required
                  error={problems.name}
                  hint="Dotted words, such as order.paid. It cannot be changed later: events and endpoints carry it."
                >
                  <Input
                    mono
                    autoCapitalize="none"
                    autoComplete="off"
                    spellCheck={false}
                    placeholder="order.paid"
                    value={draft.name}
                    onChange={(event) => change({ name: event.target.value.trim() })}
                  />
                </Field>
              )}
              <Field
                label="Description"
                optional
                error={problems.description}
                hint="One sentence for whoever chooses events: when it is sent."
              >
                <Textarea
                  rows={2}
                  value={draft.description}
                  onChange={(event) => change({ description: event.target.value })}
                />
              </Field>
              <ExampleFields draft={draft} problems={problems} onChange={change} />
              {save.error && <Callout tone="danger">{errorText(save.error)}</Callout>}
            </CardBody>
            <CardFooter className="justify-start">
              <Button
                type="submit"
                variant="primary"
                loading={save.isPending}
                disabled={saved !== null && !isDirty}
              >
                {saved === null ? "Add event type" : "Save changes"}
              </Button>
              <LinkButton href={back} variant="ghost">
                Cancel
              </LinkButton>
            </CardFooter>
          </Card>
        </form>
      )}
      {isDirty && leaveTo === null && <UnsavedGuard />}
    </div>
  );
}
