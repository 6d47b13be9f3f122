// Owns the wire shapes of the audit trail.
import { z } from "zod";
import { idSchema } from "@/lib/domain/ids";
import { type Instant, pageQuery } from "./common";

export const listAuditQuery = pageQuery.extend({
  cursor: idSchema("audit").optional(),
  /** Id of the object that the entries are about. */
  target: z.string().min(1).max(128).optional(),
  action: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, "must look like endpoint.created")
    .optional(),
});
export type ListAuditQuery = z.infer<typeof listAuditQuery>;

export type AuditEntryDto = {
  id: string;
  action: string;
  actor: { kind: "user" | "api_key" | "system" | "cli"; id: string | null; label: string };
  target: { kind: string; id: string };
  detail: Record<string, unknown> | null;
  ip: string | null;
  created_at: Instant;
};
