// Owns the headers of a profile as templates: what is typed, and what it becomes.

import { templateWords } from "@/lib/client/profiles/definition-words";
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
