// Owns what is written down about each kind of alert: enough to tell it later, even when the endpoint is gone.
// Never a whole URL: its path may be a secret.
import { z } from "zod";
import type { AlertKind } from "./kinds";

const instant = z.string();
/** The endpoint as it was called at that time. */
const endpoint = z.object({ name: z.string(), host: z.string() });
const count = z.number().int().nonnegative();

const SHAPES = {
  "endpoint.disabled": z.object({
    endpoint,
    reason: z.enum(["failing", "receiver_gone"]),
    failing_since: instant.nullable(),
    failed_attempts: count,
    last_error_class: z.string().nullable(),
  }),
  "endpoint.failing": z.object({
    endpoint,
    percent: z.number().int(),
    failing_since: instant,
    failing_hours: z.number(),
    after_hours: z.number().int(),
    disables_at: instant.nullable(),
    failed_attempts: count,
    failing_deliveries: count,
    last_error_class: z.string().nullable(),
  }),
  "endpoint.recovered": z.object({ endpoint, failing_since: instant, recovered_at: instant }),
  "delivery.exhausted": z.object({ endpoint, count }),
  "certificate.expiring": z.object({
    endpoint,
    whose: z.enum(["receiver", "client"]),
    expires_at: instant,
  }),
  "secret.rotated": z.object({
    endpoint,
    by: z.string(),
    secret_hint: z.string(),
    overlap_seconds: count,
  }),
  "egress.down": z.object({ since: instant, until: instant.nullable(), endpoints: count }),
} satisfies Record<AlertKind, z.ZodType>;

export type FactsOf<Kind extends AlertKind> = z.infer<(typeof SHAPES)[Kind]>;

/** A kind with its facts. */
export type AlertContent = { [Kind in AlertKind]: { kind: Kind; facts: FactsOf<Kind> } }[AlertKind];

/** Reads facts back as they were stored. Throws for what this version does not know. */
export function readContent(kind: string, facts: unknown): AlertContent {
  const shape = SHAPES[kind as AlertKind];
  if (shape === undefined) throw new Error(`there is no alert kind ${kind}`);
  return { kind, facts: shape.parse(facts) } as AlertContent;
}
