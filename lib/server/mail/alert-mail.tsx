// Owns the look of a mail: one column, the product's ink and paper, one button for each thing that happened. No pictures,
// no counters: a mail tells nobody that it was read.
import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Hr } from "@react-email/hr";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import type { MailContent, MailItem } from "./mail-content";

// The tokens of app/globals.css as plain colours: mail programs know neither variables nor oklch.
const COLOR = {
  canvas: "#faf9f6",
  surface: "#fefefd",
  line: "#e1e0dc",
  ink: "#141d20",
  muted: "#4a5559",
  subtle: "#616c70",
  accent: "#006679",
  onAccent: "#ffffff",
};
const FONT = "'Hanken Grotesk', -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

const DARK = `
@media (prefers-color-scheme: dark) {
  .canvas { background-color: #0b1316 !important; }
  .card { background-color: #121b1e !important; border-color: #252f33 !important; }
  .ink { color: #edf1f2 !important; }
  .muted, .subtle { color: #aab4b7 !important; }
  .line { border-color: #252f33 !important; }
  .button { background-color: #5cd3de !important; color: #04181c !important; }
  .link { color: #7fdce5 !important; }
}`;

const text = { fontFamily: FONT, fontSize: 14, lineHeight: "22px", margin: 0 } as const;

function Details({ details }: Pick<MailItem, "details">) {
  if (details.length === 0) return null;
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} border={0} style={{ marginTop: 12 }}>
      <tbody>
        {details.map(({ label, value }) => (
          <tr key={label}>
            <td
              className="subtle"
              style={{ ...text, color: COLOR.subtle, paddingRight: 16, verticalAlign: "top" }}
            >
              {label}
            </td>
            <td className="ink" style={{ ...text, color: COLOR.ink, overflowWrap: "anywhere" }}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Item({ item, withTitle }: { item: MailItem; withTitle: boolean }) {
  return (
    <Section style={{ marginTop: withTitle ? 20 : 8 }}>
      {withTitle && (
        <Heading
          as="h2"
          className="ink"
          style={{ ...text, color: COLOR.ink, fontSize: 15, fontWeight: 600, marginBottom: 4 }}
        >
          {item.title}
        </Heading>
      )}
      <Text className="muted" style={{ ...text, color: COLOR.muted }}>
        {item.text}
      </Text>
      <Details details={item.details} />
      <Button
        href={item.action.url}
        className="button"
        style={{
          ...text,
          marginTop: 16,
          backgroundColor: COLOR.accent,
          color: COLOR.onAccent,
          borderRadius: 6,
          padding: "8px 14px",
          fontWeight: 500,
        }}
      >
        {item.action.label}
      </Button>
    </Section>
  );
}

/** The HTML part of a mail. */
export function AlertMail({ content }: { content: MailContent }) {
  const many = content.items.length > 1;
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK}</style>
      </Head>
      <Preview>{content.items[0]?.text ?? content.heading}</Preview>
      <Body className="canvas" style={{ backgroundColor: COLOR.canvas, margin: 0, padding: "24px 12px" }}>
        <Container style={{ maxWidth: 560 }}>
          <Text className="muted" style={{ ...text, color: COLOR.muted, fontWeight: 600, marginBottom: 12 }}>
            Signpost <span style={{ fontWeight: 400 }}>· {content.place}</span>
          </Text>
          <Section
            className="card"
            style={{
              backgroundColor: COLOR.surface,
              border: `1px solid ${COLOR.line}`,
              borderRadius: 10,
              padding: 24,
            }}
          >
            <Heading
              as="h1"
              className="ink"
              style={{
                fontFamily: FONT,
                fontSize: 20,
                lineHeight: "28px",
                fontWeight: 600,
                color: COLOR.ink,
                margin: 0,
              }}
            >
              {content.heading}
            </Heading>
            {content.items.map((item) => (
              <div key={item.id}>
                {many && <Hr className="line" style={{ borderColor: COLOR.line, margin: "20px 0 0" }} />}
                <Item item={item} withTitle={many} />
              </div>
            ))}
            {content.more !== null && (
              <Text className="muted" style={{ ...text, color: COLOR.muted, marginTop: 20 }}>
                And {content.more.count} more:{" "}
                <Link className="link" href={content.more.url} style={{ color: COLOR.accent }}>
                  all alerts
                </Link>
              </Text>
            )}
          </Section>
          <Text
            className="subtle"
            style={{ ...text, color: COLOR.subtle, fontSize: 12, lineHeight: "18px", marginTop: 16 }}
          >
            {content.footer.text}{" "}
            <Link className="link" href={content.footer.url} style={{ color: COLOR.accent }}>
              {content.footer.label}
            </Link>
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
