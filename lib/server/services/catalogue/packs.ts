// Owns packs: what installing or removing one would do, and doing it. Doing either twice changes nothing.
import type { PackDto } from "@/lib/contracts/event-types";
import type { Actor } from "@/lib/domain/access/permissions";
import { type KnownType, planInstall } from "@/lib/domain/catalogue/install-plan";
import type { Pack, PackType } from "@/lib/domain/catalogue/pack";
import { findPack, PACKS } from "@/lib/domain/catalogue/packs";
import { planRemovalStep, type RemovalStep } from "@/lib/domain/catalogue/removal-plan";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudit } from "@/lib/server/repositories/audit";
import { type Database, inTransaction, type Tx } from "@/lib/server/repositories/database";
import {
  deleteEventTypes,
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

type Rows = ReadonlyMap<string, EventTypeRow>;

const removalOf = ({ slug }: Pack, type: PackType, rows: Rows): RemovalStep =>
  planRemovalStep(slug, type, rows.get(type.name));

function toPackDto(pack: Pack, plan: Plan, rows: Rows): PackDto {
  const { slug, name, description, profile } = pack;
  return {
    slug,
    name,
    description,
    profile,
    types: plan.map(({ type, step }) => ({
      name: type.name,
      description: type.description,
      step,
      removal: removalOf(pack, type, rows),
      example_text: type.example.data,
      example_subject: type.example.subject,
      example_attributes: type.example.attributes === null ? null : { ...type.example.attributes },
    })),
  };
}

/** Changes of one workspace's catalogue take turns, so that each says truly what it did. */
const takeTurn = (tx: Tx, workspaceId: string) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('catalogue of ' || ${workspaceId}, 0))`;

function requirePack(slug: string): Pack {
  const pack = findPack(slug);
  if (pack === null) throw new AppError("not_found", "There is no pack of this name.");
  return pack;
}

/** Every pack with what installing and removing it would do in this workspace. */
export async function listPacks(ctx: ServiceContext, actor: Actor): Promise<PackDto[]> {
  requirePermission(actor, "endpoints:read");
  const rows = await rowsOf(ctx.db.prisma, actor.workspaceId, PACKS);
  return PACKS.map((pack) => toPackDto(pack, planOf(pack, rows), rows));
}

/** Installs the pack's types with their examples; the answer says what was done for each. Throws `not_found`. */
export async function installPack(ctx: ServiceContext, actor: Actor, slug: string): Promise<PackDto> {
  requirePermission(actor, "endpoints:write");
  const pack = requirePack(slug);
  const { workspaceId } = actor;
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx, workspaceId);
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
    return toPackDto(pack, plan, await rowsOf(tx, workspaceId, [pack]));
  });
}

/**
 * Takes the pack's types out of the catalogue again; an entry that somebody has changed stays, as the workspace's own.
 * Events and endpoints are not touched. The answer says what was done for each type. Throws `not_found`.
 */
export async function removePack(ctx: ServiceContext, actor: Actor, slug: string): Promise<PackDto> {
  requirePermission(actor, "endpoints:write");
  const pack = requirePack(slug);
  const { workspaceId } = actor;
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx, workspaceId);
    const rows = await rowsOf(tx, workspaceId, [pack]);
    const namesTo = (step: RemovalStep) =>
      pack.types.filter((type) => removalOf(pack, type, rows) === step).map(({ name }) => name);
    const [removed, kept] = [namesTo("remove"), namesTo("keep")];
    await deleteEventTypes(tx, workspaceId, removed);
    for (const name of kept) {
      const row = rows.get(name);
      if (row !== undefined) await updateEventType(tx, row.id, { pack: null });
    }
    if (removed.length + kept.length > 0) {
      await recordAudit(tx, ctx, actor, {
        action: "event_type.pack_removed",
        targetKind: "event_type",
        targetId: slug,
        detail: { pack: pack.name, removed, kept },
      });
    }
    const after = new Map([...rows].filter(([name]) => !removed.includes(name)));
    return toPackDto(pack, planOf(pack, after), rows);
  });
}
