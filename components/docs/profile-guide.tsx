// Owns the page on profiles: what one is made of, the language of its templates, what is signed, and what a version means.
// Values and examples come from the code that fills them.
import { CodeBlock } from "@/components/ui/code-block";
import { prettyJson } from "@/lib/domain/json/pretty-print";
import { BUILT_IN_PROFILES } from "@/lib/domain/profile/built-in";
import { PROFILE_VALUES } from "@/lib/domain/profile/placeholder";
import { HMAC_CONTENT_SLOTS } from "@/lib/domain/profile/signature-scheme";
import { Code, DocsSection, FactTable, Paragraph, WithCode } from "./prose";

export const PROFILE_CHAPTERS = [
  { id: "profile", label: "What a profile is" },
  { id: "body", label: "The body" },
  { id: "values", label: "Values" },
  { id: "headers", label: "Headers" },
  { id: "signature", label: "The signature" },
  { id: "versions", label: "Versions" },
] as const;

const PARTS = [
  ["Body", "A JSON template: what stands around the event's data."],
  ["Headers", "Names and templates; content type; if wanted, a hash of the body."],
  [
    "Signature",
    "Standard Webhooks, an HMAC in a header, an HTTP signature, or none; what a secret looks like.",
  ],
  [
    "Rotation",
    "Whether two secrets may sign at the same time, and for how long unless somebody says otherwise.",
  ],
  ["Success", "Which statuses count: `2xx`, `204`, `200-204`. 410 and 429 have meanings of their own."],
  ["Timeout and retries", "For endpoints that set none of their own."],
  ["Disabling", "When an endpoint that keeps failing is disabled, and when its owners are warned."],
] as const;

function WhatItIs() {
  return (
    <DocsSection id="profile" title="What a profile is">
      <Paragraph>
        A profile is the contract between you and a receiver, written as data: everything about a request but
        the event itself. An endpoint without one has <Code>standard-webhooks</Code>, or what the settings of
        its environment say. Nothing here is code: whoever may edit endpoints can clone a profile, change it
        beside a live preview, and give it to an endpoint.
      </Paragraph>
      <FactTable
        label="Parts of a profile"
        head={["Part", "What it says"]}
        rows={PARTS.map(([part, about]) => ({
          key: part,
          cells: [part, <WithCode key="about" text={about} />],
        }))}
      />
      <Paragraph>These are built in, by their slug. They cannot be changed; their clones can.</Paragraph>
      <FactTable
        label="Built-in profiles"
        head={["Slug", "For"]}
        rows={BUILT_IN_PROFILES.map(({ slug, description }) => ({
          key: slug,
          cells: [<Code key="slug">{slug}</Code>, description],
        }))}
      />
    </DocsSection>
  );
}

export interface BodyExample {
  template: string;
  /** The event's data. */
  data: string;
  body: string;
}

const LANGUAGE = [
  ["{{event.type}}", "The value. Where there is none: null in the body, an empty text in a header."],
  ["{{event.subject?}}", "The member, or the header, is left out where there is none."],
  ['{{event.subject | default("none")}}', "Another text where there is none."],
  ["{{event.subject | default(event.tenant)}}", "Another value where there is none."],
] as const;

function Body({ example }: { example: BodyExample }) {
  return (
    <DocsSection id="body" title="The body">
      <Paragraph>
        The body is JSON. A text that is one value becomes that value: <Code>{'"{{event.data}}"'}</Code> is
        the data byte for byte as you sent it, never parsed and written again, so big numbers, order and
        spaces stay. With words around it, a value is put into the text. White space of the template is not
        sent.
      </Paragraph>
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-3">
        <CodeBlock title="Template" code={example.template} wrap copyLabel="Copy the template" />
        <CodeBlock title="Data of the event" code={example.data} wrap copyLabel="Copy the data" />
        <CodeBlock
          title="Body, indented to be read"
          code={prettyJson(example.body) ?? example.body}
          wrap
          copyLabel="Copy the body"
        />
      </div>
      <FactTable
        label="Ways to write a value"
        head={["Written", "What becomes of it"]}
        rows={LANGUAGE.map(([text, about]) => ({
          key: text,
          cells: [<Code key="text">{text}</Code>, about],
        }))}
      />
      <Paragraph>
        There are no conditions and no loops. To rename, split or remove members of the data itself, give the
        endpoint a field mapping.
      </Paragraph>
    </DocsSection>
  );
}

function Values() {
  const rows = [
    {
      value: "event.data",
      place: "body",
      about: "All of the data. event.data.order.id is a member of it, also in headers",
    },
    {
      value: "event.attributes.NAME",
      place: "body, headers",
      about: "An attribute that was sent with the event",
    },
    ...Object.entries(PROFILE_VALUES).map(([value, { about, place }]) => ({
      value,
      place: place === "header" ? "headers" : "body, headers",
      about,
    })),
  ];
  return (
    <DocsSection id="values" title="Values">
      <Paragraph>
        The body depends on the event alone: every attempt and every replay sends the same bytes. What differs
        between attempts can stand in headers only.
      </Paragraph>
      <FactTable
        label="Values"
        head={["Value", "In", "What it is"]}
        rows={rows.map(({ value, place, about }) => ({
          key: value,
          cells: [<Code key="value">{`{{${value}}}`}</Code>, place, `${about}.`],
        }))}
      />
    </DocsSection>
  );
}

function Headers() {
  return (
    <DocsSection id="headers" title="Headers">
      <Paragraph>
        A header's value is text with values in it, such as <Code>{"{{event.type}}"}</Code> or{" "}
        <Code>{"v1 {{attempt.number}}"}</Code>. Characters that a header cannot carry are percent-encoded, so
        that no event can split a request; <Code>decodeURIComponent</Code> gives the value back. A header of
        more than 4,096 bytes is left out. Credentials do not belong into a profile, because people read it:
        they are set for the endpoint, under Authentication, and stored encrypted.
      </Paragraph>
    </DocsSection>
  );
}

const SLOT_WORDS: Record<(typeof HMAC_CONTENT_SLOTS)[number], string> = {
  id: "The event's id; the same on every attempt and replay.",
  timestamp: "When this attempt started, in Unix seconds or milliseconds. It has to be sent in a header too.",
  body: "The body, byte for byte. It has to be part of what is signed.",
  method: "POST.",
  url: "The endpoint's whole URL.",
  path: "Path and query of the URL.",
};

function Signature() {
  return (
    <DocsSection id="signature" title="The signature">
      <Paragraph>
        Most receivers want an HMAC in a header. What is signed is written with single braces, such as{" "}
        <Code>{"{timestamp}.{body}"}</Code>; then come the hash, the encoding, how one signature is written (
        <Code>{"v1={signature}"}</Code>) and the header's whole value (
        <Code>{"t={timestamp},{signatures}"}</Code>). What stands between several signatures decides whether
        two secrets can sign while one is rotated.
      </Paragraph>
      <FactTable
        label="What can be signed"
        head={["Written", "What it is"]}
        rows={HMAC_CONTENT_SLOTS.map((slot) => ({
          key: slot,
          cells: [<Code key="slot">{`{${slot}}`}</Code>, SLOT_WORDS[slot]],
        }))}
      />
      <Paragraph>
        What contradicts itself is refused with its place and the reason: a signed time that is never sent, an
        overlap where a request carries one signature, an HTTP signature that leaves the body out. Code that
        verifies what you have made stands on the profile's page, in seven languages.
      </Paragraph>
    </DocsSection>
  );
}

function Versions() {
  return (
    <DocsSection id="versions" title="Versions">
      <Paragraph>
        Saving a change makes a new version; no version is ever changed. An endpoint sends the version that it
        was given until somebody moves it, and a delivery keeps the one that it was made with, on retries and
        on replays. Timeout, retries and disabling follow the profile until they are set for one endpoint.
        Through the API: <Code>PATCH /api/v1/profiles/…</Code> saves a version, <Code>POST …/apply</Code>{" "}
        moves the endpoints of an environment to the newest.
      </Paragraph>
    </DocsSection>
  );
}

export function ProfileGuide({ example }: { example: BodyExample }) {
  return (
    <>
      <WhatItIs />
      <Body example={example} />
      <Values />
      <Headers />
      <Signature />
      <Versions />
    </>
  );
}
