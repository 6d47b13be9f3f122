"use client";
// Owns the subjects that an endpoint is scoped to, as chips; several can be pasted at once, one a line.

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { externalName } from "@/lib/contracts/common";
import { MAX_SUBJECTS } from "@/lib/contracts/endpoints";

const subject = externalName(256);

interface SubjectsEditorProps {
  value: readonly string[];
  onChange: (subjects: string[]) => void;
  error?: string | undefined;
}

/** The subjects of a pasted or typed text: one a line. */
function subjectsOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function SubjectsEditor({ value, onChange, error }: SubjectsEditorProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  function add(names: readonly string[]) {
    const all = [...new Set([...value, ...names])];
    const wrong = names.find((name) => !subject.safeParse(name).success);
    if (wrong !== undefined)
      setProblem(`“${wrong.slice(0, 40)}” cannot be a subject: at most 256 characters.`);
    else if (all.length > MAX_SUBJECTS) setProblem(`At most ${MAX_SUBJECTS} subjects.`);
    else {
      onChange(all);
      setTyped("");
      setProblem(null);
    }
  }

  return (
    <div className="grid grid-cols-1 gap-2">
      <Field
        label="Subjects"
        optional
        error={problem ?? error}
        hint={
          value.length === 0
            ? "Only events about one of these, such as a wallet or an order. Without any: events about anything."
            : "Only events about one of these; events without a subject do not reach it."
        }
      >
        <Input
          mono
          value={typed}
          spellCheck={false}
          placeholder="0x52908400098527886E0F7030069857D2E4169EE7"
          onChange={(event) => setTyped(event.target.value)}
          onPaste={(event) => {
            const names = subjectsOf(event.clipboardData.getData("text"));
            if (names.length < 2) return;
            event.preventDefault();
            add(names);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || typed.trim() === "") return;
            event.preventDefault();
            add(subjectsOf(typed));
          }}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-1.5">
        {value.length > 0 && (
          <ul aria-label="Chosen subjects" className="contents">
            {value.map((name) => (
              <li key={name} className="min-w-0 max-w-full">
                <Badge mono tone="accent" className="h-6 max-w-full pr-0.5">
                  <span className="truncate">{name}</span>
                  <button
                    type="button"
                    aria-label={`Remove ${name}`}
                    className="grid size-5 place-items-center rounded-sm hover:bg-hover [&_svg]:size-3"
                    onClick={() => onChange(value.filter((other) => other !== name))}
                  >
                    <X />
                  </button>
                </Badge>
              </li>
            ))}
          </ul>
        )}
        <Button
          size="sm"
          icon={<Plus />}
          disabled={typed.trim() === ""}
          onClick={() => add(subjectsOf(typed))}
        >
          Add subject
        </Button>
      </div>
    </div>
  );
}
