// Owns the chapter on signatures: what is signed, what the headers say, and code that checks it.
import Link from "next/link";
import type { ReactNode } from "react";
import { Code, DocsSection, FactTable, Paragraph } from "./prose";

/** `children` is the verification code in several languages. */
export function Signatures({ children }: { children: ReactNode }) {
  return (
    <DocsSection id="signatures" title="Signatures">
      <Paragraph>
        Unless an endpoint has another profile, requests are signed as the Standard Webhooks specification
        says, so its libraries verify them. By hand: take the base64 after <Code>whsec_</Code> as the key, and
        compare the HMAC-SHA256 of <Code>{"{webhook-id}.{webhook-timestamp}.{body}"}</Code> over the raw body,
        before any JSON parser.
      </Paragraph>
      <FactTable
        label="Headers"
        head={["Header", "Meaning"]}
        rows={[
          {
            key: "id",
            cells: [
              <Code key="n">webhook-id</Code>,
              "Id of the event; the same on every attempt and replay.",
            ],
          },
          {
            key: "timestamp",
            cells: [
              <Code key="n">webhook-timestamp</Code>,
              "Unix seconds of this attempt. Refuse what is more than five minutes away.",
            ],
          },
          {
            key: "signature",
            cells: [
              <Code key="n">webhook-signature</Code>,
              "One or more, separated by spaces: v1, and base64. While a secret is rotated there are two; one match is enough.",
            ],
          },
        ]}
      />
      {children}
      <Paragraph>
        For every other profile the code stands with the endpoint, under Secret, and on the profile's page.{" "}
        <Link
          href="/docs/profiles"
          className="rounded-xs text-accent-ink underline underline-offset-4 hover:no-underline"
        >
          What a profile is and how to write one
        </Link>
        .
      </Paragraph>
    </DocsSection>
  );
}
