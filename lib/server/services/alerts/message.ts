// Owns the form of a message in each way it can go: a mail, a Slack message, the body of a webhook. Whatever came from
// outside is escaped for that form, and every link leads to this instance.

import type { AlertText } from "@/lib/domain/alerts/describe";
import { describeAlert, digestTitle, endpointLabel } from "@/lib/domain/alerts/describe";
import { type AlertContent, readContent } from "@/lib/domain/alerts/facts";
import { oneLine } from "@/lib/domain/text/visible-text";
import type { MailContent } from "../../mail/mail-content";
import type { PlacedAlert } from "../../repositories/alerts";

/** In one digest; further alerts are counted, and can be read in the dashboard. */
const MAX_ITEMS = 20;

type Told = { alert: PlacedAlert; content: AlertContent; text: AlertText };

function tell(alert: PlacedAlert): Told {
  const content = readContent(alert.kind, alert.facts);
  return { alert, content, text: describeAlert(content, alert.endpointId, alert.createdAt.getTime()) };
}

/** The page of the alert's environment; what is about the whole workspace is shown in live. */
function baseUrl(publicUrl: string, alert: PlacedAlert): string {
  return `${publicUrl}/${alert.workspace.slug}/${alert.environment?.kind ?? "live"}`;
}

function placeName(alert: PlacedAlert): string {
  const name = oneLine(alert.workspace.name, 60);
  return alert.environment === null ? name : `${name}, ${alert.environment.kind}`;
}

function headingOf(told: readonly Told[]): string {
  const [first, ...others] = told;
  if (first === undefined) return "";
  return others.length === 0
    ? first.text.title
    : digestTitle([first.content, ...others.map(({ content }) => content)]);
}

/** One mail about one or more alerts of a kind. `toMember`: the reader may turn it off by themselves. */
export function mailContent(
  publicUrl: string,
  alerts: readonly PlacedAlert[],
  toMember: boolean,
): MailContent | null {
  const told = alerts.map(tell);
  const [first] = told;
  if (first === undefined) return null;
  const base = baseUrl(publicUrl, first.alert);
  const rest = told.length - MAX_ITEMS;
  return {
    subject: `[${placeName(first.alert)}] ${headingOf(told)}`,
    heading: headingOf(told),
    place: placeName(first.alert),
    items: told.slice(0, MAX_ITEMS).map(({ alert, text }) => ({
      id: alert.id,
      title: text.title,
      text: text.text,
      details: text.details,
      action: { label: text.action.label, url: `${baseUrl(publicUrl, alert)}${text.action.path}` },
    })),
    more: rest > 0 ? { count: rest, url: `${base}/alerts` } : null,
    footer: toMember
      ? {
          text: "You get this because you are a member of the workspace.",
          label: "Choose which e-mails you get",
          url: `${base}/alerts/preferences`,
        }
      : {
          text: "This address is in an alert channel of the workspace.",
          label: "Change the channel",
          url: `${base}/alerts/channels`,
        },
  };
}

/** Slack's three control characters; in a plain_text field nothing else is read as markup. */
const slackText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const plain = (text: string, max: number) => ({
  type: "plain_text" as const,
  text: oneLine(text, max),
  emoji: false,
});

/** A Slack message (Block Kit): user text only in plain_text fields, one button for each alert. */
export function slackPayload(publicUrl: string, alerts: readonly PlacedAlert[]): string {
  const told = alerts.map(tell);
  const [first] = told;
  const shown = told.slice(0, MAX_ITEMS);
  const many = told.length > 1;
  const blocks: object[] = [{ type: "header", text: plain(headingOf(told), 150) }];
  for (const { alert, text } of shown) {
    const lines = [many ? text.title : text.text, ...text.details.map((d) => `${d.label}: ${d.value}`)];
    blocks.push({
      type: "section",
      text: plain(lines.join(" · "), 3_000),
      accessory: {
        type: "button",
        text: plain(text.action.label, 75),
        url: `${baseUrl(publicUrl, alert)}${text.action.path}`,
      },
    });
  }
  const rest = told.length - shown.length;
  if (rest > 0) blocks.push({ type: "section", text: plain(`And ${rest} more in the dashboard.`, 200) });
  if (first !== undefined)
    blocks.push({ type: "context", elements: [plain(`Signpost · ${placeName(first.alert)}`, 200)] });
  return JSON.stringify({ text: slackText(headingOf(told)), unfurl_links: false, blocks });
}

/** The body of a webhook about one alert, in the shape of Standard Webhooks. */
export function webhookPayload(publicUrl: string, alert: PlacedAlert): string {
  const { content, text } = tell(alert);
  const facts: Record<string, unknown> = { ...content.facts };
  const endpoint = facts.endpoint as { name: string; host: string } | undefined;
  return JSON.stringify({
    type: alert.kind,
    timestamp: alert.createdAt.toISOString(),
    data: {
      alert_id: alert.id,
      severity: alert.severity,
      title: text.title,
      text: text.text,
      url: `${baseUrl(publicUrl, alert)}${text.action.path}`,
      workspace: alert.workspace.slug,
      environment: alert.environment?.kind ?? null,
      ...facts,
      endpoint: endpoint === undefined ? null : { id: alert.endpointId, ...endpoint },
    },
  });
}

/** What the button "Send test alert" sends through a channel. */
export function testMessage(
  publicUrl: string,
  channel: { name: string },
  place: { slug: string; name: string; environment: "live" | "sandbox" },
  atMs: number,
) {
  const url = `${publicUrl}/${place.slug}/${place.environment}/alerts/channels`;
  const title = "This is a test alert";
  const text = `The channel ${endpointLabel({ name: channel.name, host: "" })} works. Nothing has happened.`;
  const mail: MailContent = {
    subject: `[${oneLine(place.name, 60)}] ${title}`,
    heading: title,
    place: oneLine(place.name, 60),
    items: [{ id: "test", title, text, details: [], action: { label: "Open the channels", url } }],
    more: null,
    footer: {
      text: "Somebody pressed “Send test alert”.",
      label: "Change the channel",
      url,
    },
  };
  const slack = JSON.stringify({
    text: slackText(title),
    unfurl_links: false,
    blocks: [
      { type: "header", text: plain(title, 150) },
      {
        type: "section",
        text: plain(text, 3_000),
        accessory: { type: "button", text: plain("Open the channels", 75), url },
      },
    ],
  });
  const webhook = JSON.stringify({
    type: "alert.test",
    timestamp: new Date(atMs).toISOString(),
    data: { title, text, url, workspace: place.slug, environment: place.environment },
  });
  return { title, mail, slack, webhook };
}
