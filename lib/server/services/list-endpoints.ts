// Owns the list of endpoints: newest first, page by page.
import type { Page } from "@/lib/contracts/common";
import type { EndpointDto, ListEndpointsQuery } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { idSchema } from "@/lib/domain/ids";
import { decodeCursor, encodeCursor } from "@/lib/domain/list-cursor";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { ServiceContext } from "@/lib/server/context";
import { listEndpointRows } from "@/lib/server/repositories/endpoints";
import { toEndpointDto } from "./endpoint/endpoint-dto";
import { requirePermission } from "./require-permission";

/** One page; the cursor is the last id of the previous page, so a page never depends on a row that was deleted. */
export async function listEndpoints(
  ctx: ServiceContext,
  actor: Actor,
  query: ListEndpointsQuery,
): Promise<Page<EndpointDto>> {
  requirePermission(actor, "endpoints:read");
  const beforeId = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  if (beforeId !== undefined && !idSchema("endpoint").safeParse(beforeId).success) {
    throw new AppError("invalid_request", "The cursor is not one that this list has given.", {
      errors: [{ path: "cursor", message: "use next_cursor of the previous page" }],
    });
  }
  const rows = await listEndpointRows(
    ctx.db.prisma,
    actor.environmentId,
    {
      state: query.state,
      tenant: query.tenant,
      list: query.kind,
      subject: query.subject,
      eventType: query.event_type,
      profile: query.profile === DEFAULT_PROFILE.slug ? null : query.profile,
      search: query.search,
      beforeId: beforeId ?? undefined,
    },
    query.limit + 1,
    new Date(ctx.now()),
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map(toEndpointDto),
    next_cursor: rows.length > query.limit && last ? encodeCursor(last.id) : null,
  };
}
