// Owns the settings of e-mail: their variables, and what they mean together. Opens nothing.
import { z } from "zod";
import { normaliseEmail } from "@/lib/domain/access/email";

function fail(ctx: z.RefinementCtx, message: string): never {
  ctx.addIssue({ code: "custom", message });
  return z.NEVER;
}

/** What may follow the `?`; `mailer.ts` says what each does. */
const SMTP_FLAGS = ["requireTLS", "ignoreTLS", "tls.rejectUnauthorized"];

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for a mail server on this machine: what goes to it crosses no network. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

const smtpUrl = z.string().transform((value, ctx) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const right = url !== undefined && ["smtp:", "smtps:"].includes(url.protocol) && url.hostname !== "";
  if (!right) return fail(ctx, "must look like smtp://user:password@mail.example.com:587");
  const unknown = [...url.searchParams.keys()].find((name) => !SMTP_FLAGS.includes(name));
  if (unknown !== undefined) return fail(ctx, `knows ${SMTP_FLAGS.join(", ")} after the ?, and nothing else`);
  if (url.pathname !== "" && url.pathname !== "/") return fail(ctx, "must not have a path");
  // Contradictions: nodemailer would heed ignoreTLS, and send in clear what is to be encrypted.
  if (url.protocol === "smtp:" && url.searchParams.get("ignoreTLS") === "true") {
    if (url.searchParams.get("requireTLS") === "true") return fail(ctx, "has both requireTLS and ignoreTLS");
    if (url.password !== "" && !isLoopback(url.hostname))
      return fail(ctx, "has a password, which ignoreTLS=true would send unencrypted: take one of them out");
  }
  try {
    decodeURIComponent(url.username);
    decodeURIComponent(url.password);
  } catch {
    return fail(ctx, "has a user or password that is not percent-encoded");
  }
  return url;
});

export type MailAddress = { name: string; address: string };

// No quotes and no brackets: what would have to be escaped in a header is not taken.
const NAMED = /^([^<>"\\\p{Cc}]{1,80}?)\s*<([^<>]+)>$/u;

const sender = z.string().transform((value, ctx): MailAddress => {
  const named = NAMED.exec(value.trim());
  const address = normaliseEmail(named?.[2] ?? value);
  if (address === null) return fail(ctx, "must be an address, such as Signpost <alerts@example.com>");
  return { name: named?.[1]?.trim() ?? "Signpost", address };
});

/** The variables, for the schema of the environment. */
export const mailVariables = {
  SMTP_URL: smtpUrl.optional(),
  SIGNPOST_MAIL_FROM: sender.optional(),
};

/** How e-mail leaves this instance. */
export type MailSettings = {
  /** With credentials: never log it. */
  smtpUrl: URL;
  from: MailAddress;
  /** SIGNPOST_MAIL_FROM is missing: the address was made of the public address. */
  fromIsGuessed: boolean;
};

/** Null without SMTP_URL: mails are then kept, for reading in the dashboard. */
export function mailSettings(
  values: { SMTP_URL?: URL | undefined; SIGNPOST_MAIL_FROM?: MailAddress | undefined },
  publicUrl: string,
): MailSettings | null {
  if (values.SMTP_URL === undefined) return null;
  const guessed = { name: "Signpost", address: `signpost@${new URL(publicUrl).hostname}` };
  return {
    smtpUrl: values.SMTP_URL,
    from: values.SIGNPOST_MAIL_FROM ?? guessed,
    fromIsGuessed: values.SIGNPOST_MAIL_FROM === undefined,
  };
}
