"use client";
// Owns the editor of a profile: forms or JSON at the left, the exact request at the right, problems at their fields, and
// nothing that is lost by leaving.

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { UnsavedGuard } from "@/components/leave/unsaved-guard";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { CodeEditor } from "@/components/ui/code-editor";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Textarea } from "@/components/ui/textarea";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { useSettled } from "@/lib/client/use-settled";
import type { SampleEventDto } from "@/lib/contracts/profiles";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { schemeHeaders } from "@/lib/domain/profile/signature-scheme";
import { LiveRequest } from "../preview/example-request";
import { ExampleSelect } from "../preview/example-select";
import { TestPanel } from "../preview/test-panel";
import { useExample } from "../preview/use-example";
import { DefinitionForm } from "./definition-form";
import { ProblemList } from "./problem-list";
import { type Editor, type SavedProfile, useEditor } from "./use-editor";

const PLACEHOLDER = /\{\{[^{}]*\}\}/g;

/** The last definition that could be saved, a moment after the last edit; what is previewed. */
function usePreviewed(
  editor: Editor,
  saved: SavedProfile,
): { definition: ProfileDefinition; isStale: boolean } {
  const [valid, setValid] = useState(saved.definition);
  if (editor.valid !== null && editor.valid !== valid) setValid(editor.valid);
  const definition = useSettled(valid);
  return { definition, isStale: editor.valid !== definition };
}

function PreviewColumn({
  editor,
  saved,
  samples,
}: {
  editor: Editor;
  saved: SavedProfile;
  samples: readonly SampleEventDto[];
}) {
  const { definition, isStale } = usePreviewed(editor, saved);
  const example = useExample(samples);
  return (
    <Card>
      <CardHeader
        title="The exact request"
        description={
          editor.valid === null
            ? "As it was before the last edit: put right what is wrong to see it anew."
            : "For the example, as it stands now. What an edit changes lights up."
        }
      />
      <CardBody className="grid grid-cols-1 gap-4">
        <ExampleSelect example={example} samples={samples} />
        <LiveRequest
          source={{ definition }}
          example={example}
          marked={schemeHeaders(definition.signature)}
          isStale={isStale}
        />
        <div className="border-t pt-4">
          <TestPanel
            source={editor.valid === null ? null : { definition: editor.valid }}
            event={example.event}
          />
        </div>
      </CardBody>
    </Card>
  );
}

interface ProfileEditorProps {
  /** What is edited, as it is saved or as a new one begins. */
  saved: SavedProfile;
  samples: readonly SampleEventDto[];
  header: ReactNode;
  /** True for a profile that does not exist yet: it can be saved as it is. */
  isNew: boolean;
  isWorking: boolean;
  failure: Error | null;
  onSave: (draft: SavedProfile & { isDefinitionDirty: boolean }) => void;
  /** Where to go once it is saved; null until then. */
  leaveTo: string | null;
  /** Dialogs of saving. */
  children?: ReactNode;
}

export function ProfileEditor({
  saved,
  samples,
  header,
  isNew,
  isWorking,
  failure,
  onSave,
  leaveTo,
  children,
}: ProfileEditorProps) {
  const router = useRouter();
  const editor = useEditor(saved, failure);
  const [side, setSide] = useState<"edit" | "request">("edit");
  const { problems, valid, isDirty, mode } = editor;
  const nameError = editor.name.trim() === "" ? "Give the profile a name." : undefined;
  const serverAt = (path: string) =>
    failure instanceof ProblemError
      ? failure.errors.find((error) => error.path === path)?.message
      : undefined;
  const canSave = valid !== null && nameError === undefined && (isDirty || isNew);

  // The guard is gone by the time this runs: nothing asks on the way out.
  useEffect(() => {
    if (leaveTo !== null) router.push(leaveTo);
  }, [leaveTo, router]);

  return (
    <form
      noValidate
      className="mx-auto grid w-full max-w-[96rem] grid-cols-1 gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!canSave || valid === null || isWorking) return;
        onSave({
          name: editor.name.trim(),
          description: editor.description.trim(),
          definition: valid,
          isDefinitionDirty: editor.isDefinitionDirty,
        });
      }}
    >
      {header}
      <SegmentedControl
        label="What is shown"
        value={side}
        onValueChange={setSide}
        options={[
          { value: "edit", label: "Edit" },
          { value: "request", label: "Request" },
        ]}
        className="justify-self-start lg:hidden"
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <div className={cn("grid min-w-0 grid-cols-1 gap-4", side === "request" && "max-lg:hidden")}>
          <Card>
            <CardBody className="grid grid-cols-1 gap-4 pt-4">
              <Field label="Name" error={nameError ?? serverAt("name")} required>
                <Input
                  value={editor.name}
                  maxLength={80}
                  autoComplete="off"
                  onChange={(event) => editor.set({ name: event.target.value })}
                />
              </Field>
              <Field label="Description" optional error={serverAt("description")}>
                <Textarea
                  rows={2}
                  maxLength={500}
                  value={editor.description}
                  onChange={(event) => editor.set({ description: event.target.value })}
                />
              </Field>
            </CardBody>
          </Card>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <SegmentedControl
              label="How it is edited"
              value={mode}
              onValueChange={(next) => {
                if (next === "json" || editor.canBeForm) editor.setMode(next);
              }}
              options={[
                { value: "form", label: "Form" },
                { value: "json", label: "JSON" },
              ]}
            />
            {mode === "json" && !editor.canBeForm && (
              <span className="text-subtle text-xs">
                The form can show it once its parts have the right types.
              </span>
            )}
          </div>
          {mode === "json" ? (
            <CodeEditor
              label="The definition as JSON"
              value={editor.text}
              onChange={editor.setText}
              problems={editor.marks}
              mark={PLACEHOLDER}
              className="h-[40rem] max-h-[75vh] resize-y"
            />
          ) : (
            <DefinitionForm
              value={editor.definition as ProfileDefinition}
              onChange={editor.setDefinition}
              problems={problems}
            />
          )}
          {editor.brokenJson !== null ? (
            <Callout tone="warning" title="This is not JSON yet">
              {editor.brokenJson.message}
            </Callout>
          ) : (
            problems.length > 0 && <ProblemList problems={problems} />
          )}
        </div>
        <div
          className={cn(
            "scrollbar-thin min-w-0 lg:sticky lg:top-0 lg:max-h-[calc(100dvh-8rem)] lg:overflow-y-auto",
            side === "edit" && "max-lg:hidden",
          )}
        >
          <PreviewColumn editor={editor} saved={saved} samples={samples} />
        </div>
      </div>
      {failure !== null && isNew && <Callout tone="danger">{errorText(failure)}</Callout>}
      <div className="sticky -bottom-4 z-10 flex flex-wrap items-center gap-2 border-t bg-canvas py-3 max-sm:-mx-4 max-sm:px-4 sm:-bottom-6">
        <Button type="submit" variant="primary" disabled={!canSave} loading={isWorking}>
          {isNew ? "Create profile" : "Save changes"}
        </Button>
        {!isNew && (
          <Button disabled={!isDirty} onClick={editor.reset}>
            Discard
          </Button>
        )}
        <span className="text-subtle text-xs" aria-live="polite">
          {valid === null || nameError !== undefined
            ? "Something has to be put right first."
            : isDirty || isNew
              ? "Not saved."
              : "Everything is saved."}
        </span>
      </div>
      {isDirty && leaveTo === null && <UnsavedGuard />}
      {children}
    </form>
  );
}
