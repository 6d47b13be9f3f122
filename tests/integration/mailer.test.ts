// Mail over a real SMTP exchange: encryption, sign-in, refusals, and text that tries to become a header.
import { afterEach, describe, expect, it } from "vitest";
import { createMailer } from "@/lib/server/mail/mailer";
import { startSmtp, type TestSmtp, type TestSmtpOptions } from "../support/smtp";

const open: TestSmtp[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(options: TestSmtpOptions = {}, query = "") {
  const server = await startSmtp(options);
  open.push(server);
  const mailer = createMailer(
    {
      smtpUrl: new URL(server.url + query),
      from: { name: "Signpost", address: "signpost@example.com" },
      fromIsGuessed: false,
    },
    server.caCertificate === null ? {} : { caCertificates: [server.caCertificate] },
  );
  return { server, mailer };
}

const mail = (more: object = {}) => ({
  id: "ntf_1",
  to: "ada@example.com",
  subject: "An endpoint was disabled",
  text: "In words.",
  html: "<p>In words.</p>",
  preferencesUrl: "https://signpost.example.com/alerts",
  ...more,
});

describe("mail over SMTP", () => {
  it("arrives with both parts, a fixed Message-ID and a way to turn it off", async () => {
    const { server, mailer } = await start();
    expect(await mailer.send(mail())).toEqual({ outcome: "sent" });
    const [received] = server.mails;
    expect(received).toMatchObject({ to: ["ada@example.com"], from: "signpost@example.com" });
    expect(received?.raw).toMatch(/^Message-ID: <ntf_1@/im);
    expect(received?.raw).toContain("https://signpost.example.com/alerts");
    expect(received?.raw).toContain("text/plain");
    expect(received?.raw).toContain("text/html");
  });

  it("encrypts with STARTTLS and signs in", async () => {
    const { server, mailer } = await start({
      tls: "starttls",
      auth: { user: "ada", password: "p@ss/word" },
    });
    expect(await mailer.check()).toBeNull();
    expect(await mailer.send(mail())).toEqual({ outcome: "sent" });
    expect(server.mails[0]).toMatchObject({ secure: true, user: "ada" });
  });

  it("ignoreTLS does not win over requireTLS", async () => {
    const { server, mailer } = await start(
      { tls: "starttls", auth: { user: "ada", password: "secret" } },
      "?ignoreTLS=true&requireTLS=true",
    );
    expect(await mailer.send(mail())).toEqual({ outcome: "sent" });
    expect(server.mails[0]).toMatchObject({ secure: true, user: "ada" });
  });

  it("a server that nobody vouches for gets neither password nor mail", async () => {
    const server = await startSmtp({ tls: "implicit", auth: { user: "ada", password: "secret" } });
    open.push(server);
    const mailer = createMailer({
      smtpUrl: new URL(server.url),
      from: { name: "Signpost", address: "signpost@example.com" },
      fromIsGuessed: false,
    });
    expect(await mailer.send(mail())).toMatchObject({ outcome: "failed", permanent: false });
    expect(server.mails).toHaveLength(0);
  });

  it("tells a refusal for good from one for now", async () => {
    const { server, mailer } = await start();
    server.refuseWith({ code: 550, message: "no such user" });
    expect(await mailer.send(mail())).toMatchObject({ outcome: "failed", permanent: true });
    server.refuseWith({ code: 451, message: "try again later" });
    expect(await mailer.send(mail())).toMatchObject({ outcome: "failed", permanent: false });
  });

  it("a subject with line breaks stays a subject", async () => {
    const { server, mailer } = await start();
    await mailer.send(mail({ subject: "hello\r\nBcc: eve@example.com\r\n\r\nbody" }));
    expect(server.mails[0]?.to).toEqual(["ada@example.com"]);
    expect(server.mails[0]?.raw).not.toMatch(/^Bcc:/im);
  });
});
