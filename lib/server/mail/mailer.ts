// Owns the connection to the operator's mail server. The server's address comes from SMTP_URL alone: nothing that a
// person enters in the product chooses it, so it does not go through the outbound guard.
import type { Transporter } from "nodemailer";
import { oneLine } from "@/lib/domain/text/visible-text";
import { isLoopback, type MailSettings } from "../mail-settings";

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 20_000;

export type Mail = {
  /** Becomes the Message-ID: a mail that is sent twice after a crash is recognised as one. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where the reader turns such mails off. */
  preferencesUrl: string;
};

export type MailResult =
  | { outcome: "sent" }
  /** `permanent`: the server refused this mail or this reader, and will again. */
  | { outcome: "failed"; permanent: boolean; message: string };

export type Mailer = {
  /** As it stands in the From line. */
  from: string;
  /** One mail on one connection. Never throws. */
  send(mail: Mail): Promise<MailResult>;
  /** Connects, encrypts and signs in, and sends nothing; null when all of it works, else what does not. */
  check(): Promise<string | null>;
};

export type MailerOptions = {
  /** PEM certificates of authorities that are trusted besides the public ones. */
  caCertificates?: readonly string[];
};

function transportOptions({ smtpUrl }: MailSettings, { caCertificates }: MailerOptions) {
  const secure = smtpUrl.protocol === "smtps:";
  const password = decodeURIComponent(smtpUrl.password);
  const flag = (name: string) => smtpUrl.searchParams.get(name);
  const requireTLS =
    flag("requireTLS") === null
      ? password !== "" && !isLoopback(smtpUrl.hostname)
      : flag("requireTLS") === "true";
  return {
    host: smtpUrl.hostname.replace(/^\[|\]$/g, ""),
    port: Number(smtpUrl.port) || (secure ? 465 : 587),
    secure,
    // A password never crosses a network in clear because somebody in between hid the offer of STARTTLS.
    requireTLS,
    // Nodemailer lets it win over requireTLS.
    ignoreTLS: flag("ignoreTLS") === "true" && !requireTLS,
    ...(smtpUrl.username === ""
      ? {}
      : { auth: { user: decodeURIComponent(smtpUrl.username), pass: password } }),
    tls: {
      minVersion: "TLSv1.2" as const,
      rejectUnauthorized: flag("tls.rejectUnauthorized") !== "false",
      ...(caCertificates === undefined ? {} : { ca: [...caCertificates] }),
    },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

type SmtpError = { code?: unknown; responseCode?: unknown; response?: unknown; message?: unknown };

function failureOf(thrown: unknown): Extract<MailResult, { outcome: "failed" }> {
  const { code, responseCode, response, message } = (thrown ?? {}) as SmtpError;
  // What the server said, else what the connection did. Neither has the password in it.
  const words = typeof response === "string" && response !== "" ? response : String(message ?? thrown);
  // A refused sign-in is a wrong setting that somebody will correct; a refused reader or content is not.
  const permanent = typeof responseCode === "number" && responseCode >= 500 && code !== "EAUTH";
  return { outcome: "failed", permanent, message: oneLine(words, 300) };
}

/** The mailer for these settings; it connects for each mail and keeps nothing open. */
export function createMailer(settings: MailSettings, options: MailerOptions = {}): Mailer {
  const { from } = settings;
  let transport: Promise<Transporter> | null = null;
  // Loaded with the first mail: most processes send none.
  const open = () => {
    transport ??= import("nodemailer").then((nodemailer) =>
      nodemailer.createTransport(transportOptions(settings, options)),
    );
    return transport;
  };
  return {
    from: `${from.name} <${from.address}>`,
    async send(mail) {
      try {
        await (await open()).sendMail({
          from,
          to: mail.to,
          envelope: { from: from.address, to: [mail.to] },
          subject: oneLine(mail.subject, 200),
          text: mail.text,
          html: mail.html,
          messageId: `<${mail.id}@${from.address.split("@")[1]}>`,
          headers: {
            // RFC 3834: no holiday note answers to this.
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": `<${mail.preferencesUrl}>`,
          },
        });
        return { outcome: "sent" };
      } catch (error) {
        return failureOf(error);
      }
    },
    async check() {
      try {
        await (await open()).verify();
        return null;
      } catch (error) {
        return failureOf(error).message;
      }
    },
  };
}
