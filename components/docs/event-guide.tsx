// Owns the page on event types, subjects, callbacks and fetching. Limits come from the rules themselves.
import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { pollRequest } from "@/lib/client/subjects/callback-words";
import { MAX_CALLBACKS_PER_ENVIRONMENT } from "@/lib/contracts/endpoints";
import { PACKS } from "@/lib/domain/catalogue/packs";
import { PAYLOAD_DAYS } from "@/lib/domain/retention";
import { Code, DocsSection, FactTable, Paragraph } from "./prose";

export const EVENT_CHAPTERS = [
  { id: "event-types", label: "Event types" },
  { id: "packs", label: "Packs" },
  { id: "trying", label: "Trying a type" },
  { id: "subjects", label: "Subjects" },
  { id: "callbacks", label: "Callbacks" },
  { id: "polling", label: "Fetching" },
] as const;

const KEY = '-H "Authorization: Bearer $SIGNPOST_KEY" -H "Content-Type: application/json"';
const linkStyles = "rounded-xs text-accent-ink underline underline-offset-4";

function EventTypes() {
  return (
    <DocsSection id="event-types" title="Event types">
      <Paragraph>
        A type is a name of dotted words, such as <Code>order.paid</Code>. The catalogue says what each of
        them means and shows an example. It describes and never refuses: an event of a type that nobody has
        described is accepted and delivered as well, and its type enters the catalogue by itself.
      </Paragraph>
      <FactTable
        label="What endpoints may subscribe to"
        head={["Subscription", "Takes"]}
        rows={[
          { key: "one", cells: [<Code key="c">order.paid</Code>, "Events of this type."] },
          {
            key: "group",
            cells: [<Code key="c">order.*</Code>, "Every type that begins with order., also later ones."],
          },
          { key: "all", cells: [<Code key="c">*</Code>, "Everything."] },
        ]}
      />
      <Paragraph>
        Archiving a type takes it out of what people are offered; deleting it forgets description and example.
        Neither stops its events. Live and sandbox share one catalogue.
      </Paragraph>
    </DocsSection>
  );
}

function Packs() {
  return (
    <DocsSection id="packs" title="Packs">
      <Paragraph>
        A pack has the types of one system, each with an example, and a{" "}
        <Link href="/docs/profiles" className={linkStyles}>
          profile
        </Link>{" "}
        that sends requests as that system's receivers expect them. Installing adds what is missing and leaves
        what people have written; removing takes out what came with it and nobody has changed.
      </Paragraph>
      <FactTable
        label="Packs"
        head={["Pack", "Profile", "Event types"]}
        rows={PACKS.map(({ slug, name, profile, types }) => ({
          key: slug,
          cells: [name, <Code key="profile">{profile}</Code>, types.map((type) => type.name).join(", ")],
        }))}
      />
    </DocsSection>
  );
}

function Trying({ publicUrl }: { publicUrl: string }) {
  return (
    <DocsSection id="trying" title="Trying a type">
      <Paragraph>
        A test sends a type's example to one endpoint, signed and logged like every event, in one attempt. It
        never counts against the endpoint, and no other endpoint gets it. From the dashboard the payload can
        be edited first. In the sandbox an example can also be published, which is as if your backend had
        posted it.
      </Paragraph>
      <CodeBlock
        title="Send an example"
        copyLabel="Copy the request"
        code={`curl -X POST ${publicUrl}/api/v1/webhooks/test \\\n  ${KEY} \\\n  -d '{"endpoint_id":"ep_…","event_type":"score.updated"}'`}
      />
    </DocsSection>
  );
}

function Subjects() {
  return (
    <DocsSection id="subjects" title="Subjects">
      <Paragraph>
        The subject of an event is what it is about, named by your own id: a wallet, a reference, an order.
        Send it as <Code>subject</Code>. Upper and lower case matter.
      </Paragraph>
      <FactTable
        label="What subjects do"
        head={["With", "What it does"]}
        rows={[
          {
            key: "scope",
            cells: ["subjects of an endpoint", "It takes only events about one of them; up to 100."],
          },
          {
            key: "wallet",
            cells: [
              <Code key="c">wallet</Code>,
              "In webhooks/subscribe: the subscription is about this subject only. Without it, about anything.",
            ],
          },
          {
            key: "callback",
            cells: ["A callback", "An address for one subject's events, with an end."],
          },
          { key: "poll", cells: ["Fetching", "One subject's events, asked for when it suits."] },
        ]}
      />
    </DocsSection>
  );
}

function Callbacks({ publicUrl }: { publicUrl: string }) {
  return (
    <DocsSection id="callbacks" title="Callbacks">
      <Paragraph>
        A subject has at most one callback. Setting it again replaces it, and takes back one that has ended;
        its secret stays. The secret stands in the answer that made it, and never again. One of a tenant that
        has not ended is not given to another tenant; what waits for other tenants ends when the tenant
        changes.
      </Paragraph>
      <CodeBlock
        title="Set a callback"
        copyLabel="Copy the request"
        code={`curl -X PUT ${publicUrl}/api/v1/subjects/MSCU1234567/callback \\\n  ${KEY} \\\n  -d '{"callback_url":"https://example.com/hooks/tracking","event_types":["reference.*"],"unsubscribe_on":["reference.completed"],"expires_in_seconds":7776000}'`}
      />
      <FactTable
        label="How a callback ends"
        head={["End", "What happens"]}
        rows={[
          {
            key: "final",
            cells: [
              <Code key="c">unsubscribe_on</Code>,
              "The first event of one of these types is the last that it takes. Of several at once exactly one is delivered.",
            ],
          },
          {
            key: "expiry",
            cells: [
              <>
                <Code>expires_at</Code>, <Code>expires_in_seconds</Code>
              </>,
              "From that moment on it takes nothing.",
            ],
          },
          {
            key: "delete",
            cells: [<Code key="c">DELETE</Code>, "Unsubscribed at once, by a call or in the dashboard."],
          },
        ]}
      />
      <Paragraph>
        What was accepted before the end still goes out, with its retries. An ended callback stays readable,
        with when and why it ended. At most {MAX_CALLBACKS_PER_ENVIRONMENT.toLocaleString("en-US")} callbacks
        of an environment may be open at a time.
      </Paragraph>
    </DocsSection>
  );
}

function Polling({ publicUrl }: { publicUrl: string }) {
  return (
    <DocsSection id="polling" title="Fetching">
      <Paragraph>
        Without an address to call, ask. The answer has a subject's events, oldest first, with{" "}
        <Code>data</Code> as the bytes that came in.
      </Paragraph>
      <CodeBlock
        title="Ask from the oldest event on"
        copyLabel="Copy the request"
        code={pollRequest(publicUrl, "MSCU1234567", null)}
      />
      <CodeBlock
        title="The answer"
        copyLabel="Copy the answer"
        code={`{"data":[{"id":"evt_…","type":"reference.updated","subject":"MSCU1234567",…,"data":{…}}],\n "next_cursor":"MTc2ODQ2OTQwMDAwMHxldnRf…","has_more":false}`}
      />
      <FactTable
        label="How to poll"
        head={["Member", "What to do with it"]}
        rows={[
          {
            key: "cursor",
            cells: [
              <Code key="c">next_cursor</Code>,
              "Keep it, also from an empty answer, and send it as cursor next time. It does not expire.",
            ],
          },
          {
            key: "more",
            cells: [<Code key="c">has_more</Code>, "True: ask again at once. False: ask again later."],
          },
        ]}
      />
      <Paragraph>
        A cursor never passes an event that is just being accepted, so none is skipped and none comes twice,
        however many producers send at once. For that the newest event may appear a moment later than in the
        log. Tests are left out. Events are kept as in the log; after {PAYLOAD_DAYS} days their{" "}
        <Code>data</Code> is <Code>null</Code>.
      </Paragraph>
    </DocsSection>
  );
}

export function EventGuide({ publicUrl }: { publicUrl: string }) {
  return (
    <>
      <EventTypes />
      <Packs />
      <Trying publicUrl={publicUrl} />
      <Subjects />
      <Callbacks publicUrl={publicUrl} />
      <Polling publicUrl={publicUrl} />
    </>
  );
}
