// Owns what a member gets by e-mail: their own choice for each kind, else what their role gets. Only differences from the
// role are stored, so that somebody who becomes an admin gets what admins get.
import type { PreferencesDto, UpdatePreferencesInput } from "@/lib/contracts/alerts";
import type { Actor, Role } from "@/lib/domain/access/permissions";
import { ALERT_KINDS, type AlertKind, isMailedByDefault } from "@/lib/domain/alerts/kinds";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "../../context";
import { type Choices, findPreference, writePreference } from "../../repositories/alert-channels";
import { requirePermission } from "../require-permission";

type Member = Extract<Actor, { kind: "user" }>;

function requireMember(actor: Actor): Member {
  requirePermission(actor, "alerts:read");
  if (actor.kind !== "user") throw new AppError("forbidden", "Only people have e-mail preferences.");
  return actor;
}

const forEachKind = (decide: (kind: AlertKind) => boolean) =>
  Object.fromEntries(ALERT_KINDS.map((kind) => [kind, decide(kind)])) as Record<AlertKind, boolean>;

function toDto(
  email: string,
  role: Role,
  { choices, sandbox }: { choices: Choices; sandbox: boolean },
): PreferencesDto {
  const defaults = forEachKind((kind) => isMailedByDefault(kind, role));
  return { email, kinds: forEachKind((kind) => choices[kind] ?? defaults[kind]), defaults, sandbox };
}

/** What the person who asks gets. A member's label is their address. */
export async function getPreferences(ctx: ServiceContext, actor: Actor): Promise<PreferencesDto> {
  const { label, role, workspaceId, userId } = requireMember(actor);
  return toDto(label, role, await findPreference(ctx.db.prisma, workspaceId, userId));
}

/** Sets what the person who asks gets. Everybody decides for themselves, viewers too. */
export async function updatePreferences(
  ctx: ServiceContext,
  actor: Actor,
  input: UpdatePreferencesInput,
): Promise<PreferencesDto> {
  const { label, role, workspaceId, userId } = requireMember(actor);
  const choices: Choices = Object.fromEntries(
    ALERT_KINDS.filter((kind) => input.kinds[kind] !== isMailedByDefault(kind, role)).map((kind) => [
      kind,
      input.kinds[kind],
    ]),
  );
  const preference = { workspaceId, userId, choices, sandbox: input.sandbox };
  await writePreference(ctx.db.prisma, preference, new Date(ctx.now()));
  return toDto(label, role, preference);
}
