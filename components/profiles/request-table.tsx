// Owns the headers of a profile as templates: what is typed, and what it becomes.

import { CopyButton } from "@/components/ui/copy-button";
import { templateWords } from "@/lib/client/profiles/definition-words";
import { prettyJson } from "@/lib/domain/json/pretty-print";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";

const PLACEHOLDER = /(\{\{[^}]*\}\})/;

/** A template with its placeholders underlaid. */
export function Template({ text }: { text: string }) {
  return text
    .split(PLACEHOLDER)
    .map((part, index) => ({ part, key: `${index}` }))
    .map(({ part, key }) =>
      PLACEHOLDER.test(part) ? (
        <span key={key} className="rounded-xs bg-accent-soft px-0.5 text-accent-ink">
          {part}
        </span>
      ) : (
        part
      ),
    );
}

/** The body's template, indented to be read; white space of a template is not sent. */
export function BodyTemplate({ envelope }: { envelope: string }) {
  return (
    <figure className="rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between border-b py-1 pr-1.5 pl-3 text-subtle text-xs">
        Body <CopyButton value={envelope} label="Copy the body's template" />
      </figcaption>
      <pre className="whitespace-pre-wrap px-3 py-2.5 font-mono text-ink text-xs leading-5 wrap-anywhere">
        <Template text={prettyJson(envelope) ?? envelope} />
      </pre>
    </figure>
  );
}

export function RequestTable({ definition }: { definition: ProfileDefinition }) {
  const rows = [
    { name: "Content-Type", value: definition.content_type },
    { name: "User-Agent", value: "Signpost/1.0" },
    ...definition.headers,
  ];
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-sunken">
      {rows.map(({ name, value }) => {
        const words = templateWords(value);
        return (
          <li
            key={name}
            className="grid grid-cols-1 gap-x-4 gap-y-0.5 px-3 py-2 text-xs sm:grid-cols-[14rem_minmax(0,1fr)]"
          >
            <code className="font-mono text-subtle wrap-anywhere">{name}</code>
            <span className="grid gap-0.5">
              <code className="font-mono text-ink leading-5 wrap-anywhere">
                <Template text={value} />
              </code>
              {words !== null && <span className="text-muted">{words}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
