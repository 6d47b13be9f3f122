// Owns what a mail consists of before it is HTML or text, and its text part.

export type MailItem = {
  id: string;
  title: string;
  text: string;
  details: readonly { label: string; value: string }[];
  /** Only ever an address of this instance. */
  action: { label: string; url: string };
};

export type MailContent = {
  subject: string;
  heading: string;
  /** Which workspace and environment: `Acme, live`. */
  place: string;
  items: readonly MailItem[];
  /** Alerts beyond those in `items`. */
  more: { count: number; url: string } | null;
  /** Why the reader gets it, and where to change that. */
  footer: { text: string; label: string; url: string };
};

const RULE = "-".repeat(60);

function itemText(item: MailItem, withTitle: boolean): string {
  const details = item.details.map(({ label, value }) => `${label}: ${value}`);
  return [
    ...(withTitle ? [item.title] : []),
    item.text,
    ...(details.length > 0 ? [details.join("\n")] : []),
    `${item.action.label}:\n${item.action.url}`,
  ].join("\n\n");
}

/** The text part: everything that the HTML part says, in the same order. */
export function mailText(content: MailContent): string {
  const many = content.items.length > 1;
  const more = content.more === null ? [] : [`And ${content.more.count} more:\n${content.more.url}`];
  return [
    content.heading,
    ...content.items.map((item) => (many ? `${RULE}\n\n${itemText(item, true)}` : itemText(item, false))),
    ...more,
    `${RULE}\n${content.place}\n${content.footer.text}\n${content.footer.label}: ${content.footer.url}\n`,
  ].join("\n\n");
}
