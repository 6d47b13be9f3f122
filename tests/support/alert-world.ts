// A health world with a real mail server, for what people are told: real events, real SMTP, a clock that a test moves.
import { randomBytes } from "node:crypto";
import { createChannelInput, type UpdatePreferencesInput } from "@/lib/contracts/alerts";
import type { Actor, Role } from "@/lib/domain/access/permissions";
import { ALERT_KINDS, type AlertKind } from "@/lib/domain/alerts/kinds";
import { createMailer } from "@/lib/server/mail/mailer";
import { createChannel } from "@/lib/server/services/alerts/create-channel";
import { updatePreferences } from "@/lib/server/services/alerts/preferences";
import type { TestContextOptions } from "./context";
import { createHealthWorld, type HealthWorld } from "./health-world";
import { type ReceivedMail, startSmtp, type TestSmtp } from "./smtp";

export const PUBLIC_URL = "https://hooks.example.com";
const FROM = { name: "Signpost", address: "signpost@hooks.example.com" };

export type AlertWorld = HealthWorld & {
  smtp: TestSmtp;
  /** For another process over the same database. */
  encryptionKeys: readonly Buffer[];
  /** An alert channel of the workspace; anything left out as the API has it. */
  channel(input: object): ReturnType<typeof createChannel>;
  /** The person themselves, for what each decides alone. */
  memberActor(userId: string, role: Role): Actor;
  prefer(userId: string, role: Role, input: UpdatePreferencesInput): Promise<unknown>;
};

/** Every kind on, but for the changes. */
export function kindsOf(change: Partial<Record<AlertKind, boolean>> = {}, base = true) {
  return {
    ...(Object.fromEntries(ALERT_KINDS.map((kind) => [kind, base])) as Record<AlertKind, boolean>),
    ...change,
  };
}

const rawOf = (mail: ReceivedMail | undefined) => mail?.raw ?? "";

/** The mail's parts without the folding of quoted-printable; nothing of none. */
export function textOf(mail: ReceivedMail | undefined): string {
  const raw = rawOf(mail);
  const body = raw.slice(raw.indexOf("\r\n\r\n")).replace(/=\r\n/g, "");
  return body.replace(/(=[0-9A-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll("=", ""), "hex").toString("utf8"),
  );
}

/** The headers, unfolded. */
export function headersOf(mail: ReceivedMail | undefined): string {
  const raw = rawOf(mail);
  return raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
}

/** The subject as a reader sees it. */
export function subjectOf(mail: ReceivedMail | undefined): string {
  const value = /^Subject: (.*)$/im.exec(headersOf(mail))?.[1] ?? "";
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_, how, text) =>
      how.toUpperCase() === "B"
        ? Buffer.from(text, "base64").toString("utf8")
        : text
            .replaceAll("_", " ")
            .replace(/(=[0-9A-F]{2})+/gi, (run: string) =>
              Buffer.from(run.replaceAll("=", ""), "hex").toString("utf8"),
            ),
    );
}

/** Opens the world and its mail server; `close` ends both. */
export async function createAlertWorld(options: TestContextOptions = {}): Promise<AlertWorld> {
  const smtp = await startSmtp();
  const encryptionKeys = [randomBytes(32)];
  const world = await createHealthWorld({
    publicUrl: PUBLIC_URL,
    encryptionKeys,
    mailer: createMailer({ smtpUrl: new URL(smtp.url), from: FROM, fromIsGuessed: false }),
    ...options,
  });
  const memberActor = (userId: string, role: Role): Actor => ({
    ...world.owner(),
    userId,
    role,
    label: `${role}@example.com`,
  });
  return {
    ...world,
    smtp,
    encryptionKeys,
    memberActor,
    channel: (input) =>
      createChannel(world.ctx, world.actor, createChannelInput.parse({ name: "Ops", ...input })),
    prefer: (userId, role, input) => updatePreferences(world.ctx, memberActor(userId, role), input),
    async close() {
      await world.close();
      await smtp.close();
    },
  };
}
