// Owns which statuses count as success, as data and as a question. Runs in the browser too.
import { z } from "zod";

const STATUS = /^[2-4]\d\d$/;
const CLASS = /^[2-4]xx$/;
const RANGE = /^([2-4]\d\d)-([2-4]\d\d)$/;
/** These tell the sender something else: the receiver wants no more, or wants less. */
const NEVER = [410, 429] as const;

type Range = readonly [from: number, to: number];

function rangeOf(rule: string): Range | null {
  if (CLASS.test(rule)) return [Number(rule[0]) * 100, Number(rule[0]) * 100 + 99];
  if (STATUS.test(rule)) return [Number(rule), Number(rule)];
  const range = RANGE.exec(rule);
  return range === null ? null : [Number(range[1]), Number(range[2])];
}

const statusRule = z
  .string()
  .max(7)
  .superRefine((rule, ctx) => {
    const refuse = (message: string) => ctx.addIssue({ code: "custom", message });
    const range = rangeOf(rule);
    if (range === null)
      return refuse("must be a class (2xx), a status (204) or a range (200-204), from 200 to 499");
    const [from, to] = range;
    if (from > to) return refuse(`the range ends before it begins; did you mean ${to}-${from}?`);
    const reserved = NEVER.find((status) => from <= status && status <= to);
    if (reserved !== undefined) {
      refuse(
        `includes ${reserved}, which has a meaning of its own and cannot be success; write the statuses around it`,
      );
    }
  });

export const successRuleSchema = z.strictObject({
  statuses: z.array(statusRule).min(1, "name at least one status").max(20),
});

export type SuccessRule = z.infer<typeof successRuleSchema>;

/** The question that an answer's status is put to. */
export function compileSuccess({ statuses }: SuccessRule): (status: number) => boolean {
  const ranges = statuses.flatMap((rule) => {
    const range = rangeOf(rule);
    return range === null ? [] : [range];
  });
  return (status) => ranges.some(([from, to]) => from <= status && status <= to);
}
