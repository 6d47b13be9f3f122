"use client";
// Owns a field mapping while it is written: ordered rules, and what they do to an event.

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { type MappingDraft, moveRule, newRule, readMappingDraft } from "@/lib/client/endpoints/mapping-draft";
import { mappingPaths } from "@/lib/client/endpoints/payload-paths";
import { MAX_RULES } from "@/lib/domain/transform/rules";
import { type Scope, useExamples } from "../filter/use-examples";
import { MappingPreview } from "./mapping-preview";
import { OP_WORDS } from "./mapping-words";
import { RuleFields } from "./rule-fields";

interface MappingEditorProps {
  value: MappingDraft;
  onChange: (draft: MappingDraft) => void;
  scope: Scope;
  /** What the server said when it was saved. */
  error?: string | undefined;
}

export function MappingEditor({ value, onChange, scope, error }: MappingEditorProps) {
  const pathsId = useId();
  const [eventId, setEventId] = useState<string | null>(null);
  const examples = useExamples(scope, eventId);
  const paths = useMemo(() => mappingPaths(examples.dataText), [examples.dataText]);
  const reading = useMemo(() => readMappingDraft(value), [value]);
  // Rules say what is wrong once they have been left, not while they are written for the first time.
  const [left, setLeft] = useState<ReadonlySet<number>>(() => new Set(value.map((rule) => rule.id)));
  const [moved, setMoved] = useState("");
  const list = useRef<HTMLOListElement>(null);

  function move(index: number, by: number) {
    const next = moveRule(value, index, by);
    if (next === value) return;
    onChange(next);
    setMoved(`Rule ${index + 1} is now rule ${index + by + 1} of ${value.length}.`);
    // The focus goes with the rule, so that pressing again moves it on.
    const place = index + by;
    const canGoOn = by < 0 ? place > 0 : place < value.length - 1;
    const wanted = by < 0 === canGoOn ? "up" : "down";
    requestAnimationFrame(() => {
      const item = list.current?.children[place];
      item?.querySelector<HTMLButtonElement>(`[data-move="${wanted}"]`)?.focus();
    });
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <datalist id={pathsId}>
        {paths.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      {value.length === 0 && (
        <p className="text-muted text-sm">No rule: data is sent byte for byte as it came.</p>
      )}
      <ol ref={list} className="divide-y divide-line">
        {value.map((rule, index) => (
          <li
            key={rule.id}
            className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 py-3 sm:grid-cols-[1.5rem_minmax(0,1fr)_auto]"
            onBlur={(event) => {
              if (!event.currentTarget.contains(event.relatedTarget)) setLeft(new Set([...left, rule.id]));
            }}
          >
            <span aria-hidden className="tabular pt-6 text-subtle text-xs">
              {index + 1}.
            </span>
            <fieldset className="min-w-0">
              <legend className="sr-only">
                Rule {index + 1}: {OP_WORDS[rule.op].name}
              </legend>
              <RuleFields
                rule={rule}
                pathsId={pathsId}
                problems={left.has(rule.id) ? (reading.problems.get(rule.id) ?? []) : []}
                onChange={(changed) => onChange(value.map((old) => (old.id === changed.id ? changed : old)))}
              />
            </fieldset>
            <div className="flex items-start gap-0.5 max-sm:col-start-2 max-sm:justify-self-end sm:pt-5">
              <IconButton
                size="sm"
                data-move="up"
                label={`Move rule ${index + 1} up`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <ArrowUp />
              </IconButton>
              <IconButton
                size="sm"
                data-move="down"
                label={`Move rule ${index + 1} down`}
                disabled={index === value.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown />
              </IconButton>
              <IconButton
                size="sm"
                label={`Remove rule ${index + 1}`}
                onClick={() => onChange(value.filter(({ id }) => id !== rule.id))}
              >
                <Trash2 />
              </IconButton>
            </div>
          </li>
        ))}
      </ol>
      <VisuallyHidden>
        <span aria-live="polite">{moved}</span>
      </VisuallyHidden>
      <Button
        size="sm"
        icon={<Plus />}
        className="justify-self-start"
        disabled={value.length >= MAX_RULES}
        onClick={() => onChange([...value, newRule(value)])}
      >
        Add rule
      </Button>
      {error !== undefined && <p className="text-danger-ink text-xs">{error}</p>}
      {reading.transform != null && (
        <MappingPreview
          rules={reading.transform}
          examples={examples}
          eventId={eventId}
          onEventChange={setEventId}
          renderSkipped={({ skipped }) =>
            skipped.length > 0 && (
              <ul aria-label="Rules that found nothing to do" className="grid gap-0.5 text-muted text-xs">
                {skipped.map((skip) => (
                  <li key={`${skip.rule} ${skip.reason}`} className="wrap-anywhere">
                    Rule {skip.rule + 1} left <code className="font-mono">{skip.path}</code> as it is:{" "}
                    {skip.message}
                  </li>
                ))}
              </ul>
            )
          }
        />
      )}
    </div>
  );
}
