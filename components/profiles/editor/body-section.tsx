"use client";
// Owns the body's template and the type that it is announced with.

import { WrapText } from "lucide-react";
import Link from "next/link";
import { useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeEditor } from "@/components/ui/code-editor";
import type { EditorHandle } from "@/components/ui/code-editor-types";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { jsonProblem } from "@/lib/client/profiles/json-places";
import { problemAt } from "@/lib/client/profiles/profile-draft";
import { prettyJson } from "@/lib/domain/json/pretty-print";
import type { SectionProps } from "./section-props";
import { ValueMenu } from "./value-menu";

const PLACEHOLDER = /\{\{[^{}"]*(?:"[^"]*"[^{}"]*)*\}\}/g;

export function BodySection({ value, onChange, problems }: SectionProps) {
  const editor = useRef<EditorHandle>(null);
  const { envelope } = value;
  const set = (next: string) => onChange({ ...value, envelope: next });
  const broken = useMemo(() => jsonProblem(envelope), [envelope]);
  const marks = useMemo(() => (broken === null ? [] : [broken]), [broken]);
  const pretty = prettyJson(envelope);
  return (
    <Card>
      <CardHeader
        title="Body"
        description={
          <>
            JSON whose texts may be values. A text that is one value becomes that value; white space is not
            sent.{" "}
            <Link
              href="/docs/profiles#values"
              target="_blank"
              className="rounded-xs text-accent-ink underline underline-offset-4 hover:no-underline"
            >
              All values
            </Link>
          </>
        }
        actions={
          <>
            <Button
              size="sm"
              variant="ghost"
              icon={<WrapText />}
              disabled={pretty === null || pretty === envelope}
              onClick={() => pretty !== null && set(pretty)}
            >
              Indent
            </Button>
            <ValueMenu
              place="envelope"
              look="button"
              label="Insert value"
              onPick={(placeholder) => editor.current?.insert(placeholder)}
            />
          </>
        }
      />
      <CardBody className="grid grid-cols-1 gap-4">
        <Field label="Template" labelHidden error={problemAt(problems, "envelope")}>
          <CodeEditor
            label="Template of the body"
            value={envelope}
            onChange={set}
            problems={marks}
            mark={PLACEHOLDER}
            handle={editor}
            className="h-64 resize-y"
          />
        </Field>
        <Field label="Content type" error={problemAt(problems, "content_type")}>
          <Input
            mono
            spellCheck={false}
            className="sm:max-w-80"
            value={value.content_type}
            onChange={(event) => onChange({ ...value, content_type: event.target.value })}
          />
        </Field>
      </CardBody>
    </Card>
  );
}
