// A real mail server for tests: it speaks SMTP on a port of 127.0.0.1 and keeps what it was given, byte for byte.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { createAuthority } from "./receiver/certificates";

export type ReceivedMail = {
  from: string;
  to: string[];
  /** Headers and body as they came. */
  raw: string;
  /** The session was encrypted, and signed in as. */
  secure: boolean;
  user: string | null;
};

export type TestSmtp = {
  port: number;
  url: string;
  /** The authority that a client must trust; null without TLS. */
  caCertificate: string | null;
  mails: ReceivedMail[];
  /** Answers every recipient with this instead of taking the mail; null takes it. */
  refuseWith(refusal: { code: number; message: string } | null): void;
  close(): Promise<void>;
};

export type TestSmtpOptions = {
  tls?: "starttls" | "implicit";
  /** Who may sign in; without it nobody has to. */
  auth?: { user: string; password: string };
};

/** Starts a mail server; `close` ends it. */
export async function startSmtp({ tls, auth }: TestSmtpOptions = {}): Promise<TestSmtp> {
  const mails: ReceivedMail[] = [];
  let refusal: { code: number; message: string } | null = null;
  const authority = tls === undefined ? null : await createAuthority("mail authority");
  const leaf = authority === null ? {} : await authority.issue({ names: ["127.0.0.1", "localhost"] });
  const server = new SMTPServer({
    secure: tls === "implicit",
    ...leaf,
    disabledCommands: [...(tls === "starttls" ? [] : ["STARTTLS"]), ...(auth === undefined ? ["AUTH"] : [])],
    authOptional: auth === undefined,
    disableReverseLookup: true,
    onAuth(given, _session, done) {
      const right = given.username === auth?.user && given.password === auth?.password;
      done(right ? null : new Error("wrong user or password"), right ? { user: given.username } : undefined);
    },
    onRcptTo(_address, _session, done) {
      done(
        refusal === null ? null : Object.assign(new Error(refusal.message), { responseCode: refusal.code }),
      );
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
          secure: session.secure,
          user: typeof session.user === "string" ? session.user : null,
        });
        done();
      });
    },
  });
  // A client that gives up resets its connection; for a server that is an ordinary end.
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const credentials = auth === undefined ? "" : `${auth.user}:${encodeURIComponent(auth.password)}@`;
  return {
    port,
    url: `${tls === "implicit" ? "smtps" : "smtp"}://${credentials}127.0.0.1:${port}`,
    caCertificate: authority?.cert ?? null,
    mails,
    refuseWith: (next) => {
      refusal = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
