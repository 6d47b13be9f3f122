// Owns an example sent as an event to everybody who takes it, in the sandbox: as if the producer had posted it.
import type { PublishExampleInput } from "@/lib/contracts/event-types";
import type { AcceptedEventDto } from "@/lib/contracts/events";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { ingestEvent } from "../ingest-events";
import { requirePermission } from "../require-permission";
import { exampleOf } from "./example-of";

/**
 * Accepts the example (or the data given) as an event of this type, with the example's subject and attributes.
 * Throws `conflict` (in live, where it would be taken for something that happened), `invalid_request` (no example).
 */
export async function publishExample(
  ctx: ServiceContext,
  actor: Actor,
  type: string,
  input: PublishExampleInput,
): Promise<AcceptedEventDto> {
  requirePermission(actor, "events:write");
  const { environmentKind } = await ctx.ingest.snapshotFor(actor.environmentId);
  if (environmentKind !== "sandbox") {
    throw new AppError(
      "conflict",
      "Examples are published in the sandbox only: in live, receivers would take them for something that happened.",
    );
  }
  const example = await exampleOf(ctx, actor, type);
  const data = input.data_text ?? example?.data;
  if (data === undefined) {
    const message = `There is no example of ${type}. Give data_text, or add an example to the event type.`;
    throw new AppError("invalid_request", message, { errors: [{ path: "data_text", message }] });
  }
  const subject = input.subject === undefined ? example?.subject : input.subject;
  const fields = {
    type,
    ...(subject != null && { subject }),
    ...(example?.attributes != null && { attributes: example.attributes }),
  };
  // The bytes of the example stay as they are: they are put behind the fields, never parsed.
  const head = JSON.stringify(fields).slice(0, -1);
  const { answer } = await ingestEvent(ctx, actor, Buffer.from(`${head},"data":${data}\n}`), null);
  return answer;
}
