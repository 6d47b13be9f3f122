"use client";
// Owns JSON that people write: line numbers, colours, problems at their place. The editor is large, so it comes when it is
// shown for the first time; until then the text stands there to be read.

import { lazy, Suspense } from "react";
import { cn } from "./cn";
import type { CodeEditorProps } from "./code-editor-types";
import { useFieldControl } from "./field-context";

const CodeMirror = lazy(() => import("./code-mirror"));

/** An editor for JSON. */
export function CodeEditor({ className, ...props }: CodeEditorProps) {
  const field = useFieldControl();
  const isInvalid = field["aria-invalid"] === true || (props.problems?.length ?? 0) > 0;
  return (
    <div
      className={cn(
        "min-w-0 overflow-hidden rounded-md border border-line-strong/70 bg-surface shadow-raised transition-colors hover:border-line-strong",
        "focus-within:border-focus focus-within:outline-2 focus-within:outline-focus",
        isInvalid && "border-danger focus-within:outline-danger",
        className,
      )}
    >
      <Suspense
        fallback={
          <pre className="overflow-hidden px-10 py-2 font-mono text-ink text-xs leading-5">{props.value}</pre>
        }
      >
        <CodeMirror {...props} controlId={field.id} describedBy={field["aria-describedby"]} />
      </Suspense>
    </div>
  );
}
