// Owns the way from a mail's content to its two parts. The templates are loaded with the first mail: most processes
// write none.
import { type MailContent, mailText } from "./mail-content";

export type RenderedMail = { subject: string; text: string; html: string };

/** Both parts of a mail; the text part says all that the HTML part says. */
export async function renderMail(content: MailContent): Promise<RenderedMail> {
  const [{ render }, { AlertMail }, { createElement }] = await Promise.all([
    import("@react-email/render"),
    import("./alert-mail"),
    import("react"),
  ]);
  const html = await render(createElement(AlertMail, { content }));
  return { subject: content.subject, text: mailText(content), html };
}
