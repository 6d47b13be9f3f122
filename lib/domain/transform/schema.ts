// Owns the schema of a whole mapping: what it lets through always compiles.
import { z } from "zod";
import { compileTransform } from "./compile";
import { MAX_RULES, transformRuleSchema } from "./rules";

/** Ordered rules. Issues stand at the field they are about: `[2].to[1]`. */
export const transformSchema = z
  .array(transformRuleSchema)
  .max(MAX_RULES)
  .superRefine((rules, context) => {
    const compiled = compileTransform(rules);
    if (compiled.ok) return;
    for (const { rule, path, message } of compiled.problems) {
      const field = path.split(/[[\]]/).filter((part) => part !== "");
      context.addIssue({
        code: "custom",
        path: [rule, ...field.map((part) => (/^\d+$/.test(part) ? Number(part) : part))],
        message,
      });
    }
  });
