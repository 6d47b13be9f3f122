// Tries a field mapping on one event before anybody saves it. What it gives is what would be sent, byte for byte.
import type { z } from "zod";
import type { previewTransformInput, TransformPreviewDto } from "@/lib/contracts/trials";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { compileTransform, type Transform } from "@/lib/domain/transform/compile";
import { TransformError } from "@/lib/domain/transform/errors";
import { previewTransform as tryTransform } from "@/lib/domain/transform/preview";
import type { ServiceContext } from "../context";
import { getEvent } from "./get-event";
import { requirePermission } from "./require-permission";

type Input = z.output<typeof previewTransformInput>;

/**
 * Before and after with what each rule did. Throws `not_found` (no such event), `conflict` (its payload is cleared) and
 * `invalid_request` where a delivery would fail (too large, too deep, too many steps).
 */
export async function previewTransform(
  ctx: ServiceContext,
  actor: Actor,
  input: Input,
): Promise<TransformPreviewDto> {
  requirePermission(actor, "endpoints:read");
  requirePermission(actor, "events:read");
  const text = input.data_text ?? (await dataOf(ctx, actor, input.event_id ?? ""));
  const compiled = compileTransform(input.rules);
  // The schema has compiled the same rules already.
  if (!compiled.ok) throw new AppError("invalid_request", "The rules cannot be used.");
  const { isTruncated, ...preview } = run(compiled.transform, text);
  return { ...preview, changes_truncated: isTruncated };
}

function run(transform: Transform, text: string) {
  try {
    return tryTransform(transform, text);
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    throw new AppError("invalid_request", error.message, {
      errors: [{ path: "rules", message: error.message }],
      cause: error,
    });
  }
}

async function dataOf(ctx: ServiceContext, actor: Actor, id: string): Promise<string> {
  const { data } = await getEvent(ctx, actor, id);
  if (data === null) {
    throw new AppError("conflict", "Retention has cleared the payload of this event; choose a newer one.");
  }
  return data.toString("utf8");
}
