"use client";
// Owns what one rule of a mapping asks for: its operation, the fields it reads and writes, and how.

import { Plus } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import { readLoose } from "@/lib/client/endpoints/loose-value";
import {
  type DraftRule,
  MAPPING_OPS,
  type MappingOp,
  type RuleProblem,
  readsField,
  withOp,
  writesField,
} from "@/lib/client/endpoints/mapping-draft";
import { OP_WORDS } from "./mapping-words";
import { PathInput } from "./path-input";

const MAX_PARTS = 20;

interface RuleFieldsProps {
  rule: DraftRule;
  problems: readonly RuleProblem[];
  pathsId: string;
  onChange: (rule: DraftRule) => void;
}

interface PathListProps extends RuleFieldsProps {
  field: "from" | "to";
  isMany: boolean;
}

/** One input, or several of which at least two stay. */
function PathList({ rule, problems, pathsId, onChange, field, isMany }: PathListProps) {
  const label = OP_WORDS[rule.op][field];
  const values = rule[field];
  const set = (next: string[]) => onChange({ ...rule, [field]: next });
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-2">
      {values.map((value, index) => (
        <PathInput
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place.
          key={index}
          label={isMany ? `${label} ${index + 1}` : label}
          value={value}
          list={field === "from" ? pathsId : undefined}
          problem={problems.find((problem) => problem.field === field && problem.index === index)?.message}
          onChange={(text) => set(values.map((old, at) => (at === index ? text : old)))}
          onRemove={
            isMany && values.length > 2 ? () => set(values.filter((_, at) => at !== index)) : undefined
          }
        />
      ))}
      {isMany && (
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus />}
          className="justify-self-start"
          disabled={values.length >= MAX_PARTS}
          onClick={() => set([...values, ""])}
        >
          {field === "from" ? "Another field" : "Another part"}
        </Button>
      )}
    </div>
  );
}

export function RuleFields(props: RuleFieldsProps) {
  const { rule, problems, onChange } = props;
  const opId = useId();
  const set = (part: Partial<DraftRule>) => onChange({ ...rule, ...part });
  const problemOf = (field: RuleProblem["field"]) =>
    problems.find((problem) => problem.field === field)?.message;
  const hasParts = rule.op === "split" || rule.op === "join";
  const isConstant = rule.op === "set" || rule.op === "default";
  const whole = problemOf("");
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <div className="grid min-w-0 grid-cols-1 gap-2 sm:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid content-start gap-1">
          <Label htmlFor={opId} className="font-normal text-subtle text-xs">
            Operation
          </Label>
          <NativeSelect
            id={opId}
            value={rule.op}
            onChange={(event) => onChange(withOp(rule, event.target.value as MappingOp))}
          >
            {MAPPING_OPS.map((op) => (
              <option key={op} value={op}>
                {OP_WORDS[op].name}
              </option>
            ))}
          </NativeSelect>
        </div>
        {readsField(rule.op) && <PathList {...props} field="from" isMany={rule.op === "join"} />}
        {writesField(rule.op) && <PathList {...props} field="to" isMany={rule.op === "split"} />}
        {isConstant && (
          <PathInput
            label="Value"
            placeholder='gold, 12.50, true, {"a": 1}'
            value={rule.value}
            trailing={readLoose(rule.value).kind}
            problem={problemOf("value")}
            onChange={(value) => set({ value })}
          />
        )}
      </div>
      {hasParts && (
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <div className="w-40">
            <PathInput
              label={rule.op === "split" ? "Split at" : "Put between"}
              placeholder="a comma, a space…"
              value={rule.separator}
              trailing={/^ +$/.test(rule.separator) ? "space" : undefined}
              problem={problemOf("separator")}
              onChange={(separator) => set({ separator })}
            />
          </div>
          <Checkbox
            className="pb-1.5"
            label={rule.op === "split" ? "Keep the field that is split" : "Keep the fields that are joined"}
            checked={rule.keep}
            onCheckedChange={(keep) => set({ keep: keep === true })}
          />
        </div>
      )}
      {whole !== undefined && <p className="text-danger-ink text-xs">{whole}</p>}
    </div>
  );
}
