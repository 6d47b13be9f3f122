// Owns packs: what installing one would do, and doing it. Installing twice changes nothing.
import type { PackDto } from "@/lib/contracts/event-types";
import type { Actor } from "@/lib/domain/access/permissions";
import { type KnownType, planInstall } from "@/lib/domain/catalogue/install-plan";
import type { Pack } from "@/lib/domain/catalogue/pack";
import { findPack, PACKS } from "@/lib/domain/catalogue/packs";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { type Database, inTransaction, type Tx } from "@/lib/server/repositories/database";
import {
  type EventTypeRow,
  insertEventTypes,
  listEventTypesNamed,
  updateEventType,
} from "@/lib/server/repositories/event-types";
import { requirePermission } from "../require-permission";

type Plan = ReturnType<typeof planInstall>;

async function rowsOf(
  client: Database["prisma"] | Tx,
  workspaceId: string,
  packs: readonly Pack[],
): Promise<Map<string, EventTypeRow>> {
  const names = packs.flatMap((pack) => pack.types.map(({ name }) => name));
  const rows = await listEventTypesNamed(client, workspaceId, names);
  return new Map(rows.map((row) => [row.name, row]));
}

function planOf(pack: Pack, rows: ReadonlyMap<string, EventTypeRow>): Plan {
  const known = new Map<string, KnownType>(
    [...rows].map(([name, row]) => [
      name,
      { description: row.description, hasExample: row.example !== null, isArchived: row.archivedAt !== null },
    ]),
  );
  return planInstall(pack, known);
}

function toPackDto({ slug, name, description, profile }: Pack, plan: Plan): PackDto {
  return {
    slug,
    name,
    description,
    profile,
    types: plan.map(({ type, step }) => ({ name: type.name, description: type.description, step })),
  };
}

function requirePack(slug: string): Pack {
  const pack = findPack(slug);
  if (pack === null) throw new AppError("not_found", "There is no pack of this name.");
  return pack;
}

/** Every pack with what installing it would do in this workspace. */
export async function listPacks(ctx: ServiceContext, actor: Actor): Promise<PackDto[]> {
  requirePermission(actor, "endpoints:read");
  const rows = await rowsOf(ctx.db.prisma, actor.workspaceId, PACKS);
  return PACKS.map((pack) => toPackDto(pack, planOf(pack, rows)));
}

/** Installs the pack's types with their examples; the answer says what was done for each. Throws `not_found`. */
export async function installPack(ctx: ServiceContext, actor: Actor, slug: string): Promise<PackDto> {
  requirePermission(actor, "endpoints:write");
  const pack = requirePack(slug);
  const { workspaceId } = actor;
  return inTransaction(ctx.db, async (tx) => {
    // Two installations at once take turns, so that each says truly what it did.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('catalogue of ' || ${workspaceId}, 0))`;
    const rows = await rowsOf(tx, workspaceId, [pack]);
    const plan = planOf(pack, rows);
    await insertEventTypes(
      tx,
      plan
        .filter(({ step }) => step === "add")
        .map(({ type: { name, description, example } }) => ({
          id: ctx.newId("eventType"),
          workspaceId,
          name,
          description,
          example: example.data,
          exampleSubject: example.subject,
          exampleAttributes: example.attributes,
          pack: slug,
        })),
    );
    for (const { type, step } of plan) {
      const row = rows.get(type.name);
      if (row === undefined || step === "present") continue;
      await updateEventType(tx, row.id, {
        archivedAt: null,
        pack: row.pack ?? slug,
        ...(row.description === "" && { description: type.description }),
        ...(row.example === null && {
          example: type.example.data,
          exampleSubject: type.example.subject,
          exampleAttributes: type.example.attributes,
        }),
      });
    }
    const done = plan.filter(({ step }) => step !== "present");
    if (done.length > 0) {
      await recordAudit(tx, ctx, actor, {
        action: "event_type.pack_installed",
        targetKind: "event_type",
        targetId: slug,
        detail: { pack: pack.name, types: done.map(({ type }) => type.name) },
      });
    }
    return toPackDto(pack, plan);
  });
}
