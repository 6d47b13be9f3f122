// Owns the typography of the documentation: sections with anchors, paragraphs, inline code, plain tables.
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface SectionProps {
  id: string;
  title: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A chapter; its heading links to itself. */
export function DocsSection({ id, title, children, className }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={cn("grid scroll-mt-6 grid-cols-1 gap-4", className)}
    >
      <h2 id={`${id}-title`} className="font-semibold text-ink text-xl tracking-tight">
        <a href={`#${id}`} className="underline-offset-4 hover:underline">
          {title}
        </a>
      </h2>
      {children}
    </section>
  );
}

export function Paragraph({ children, className }: { children: ReactNode; className?: string }) {
  return <p className={cn("max-w-prose text-pretty text-base text-muted", className)}>{children}</p>;
}

/** A word that a machine reads. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <code className="rounded-xs bg-sunken px-1 py-px font-mono text-[0.92em] text-ink wrap-anywhere">
      {children}
    </code>
  );
}

/** Text in which `backticks` mark code. */
export function WithCode({ text }: { text: string }) {
  let at = 0;
  return text.split("`").map((part, index) => {
    const key = at;
    at += part.length + 1;
    return index % 2 === 1 ? <Code key={key}>{part}</Code> : part;
  });
}

interface FactTableProps {
  label: string;
  head: readonly string[];
  rows: readonly { key: string; id?: string; cells: readonly ReactNode[] }[];
}

/** A small table of facts; on narrow screens it scrolls inside its frame. */
export function FactTable({ label, head, rows }: FactTableProps) {
  return (
    <div className="scrollbar-thin overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full border-separate border-spacing-0 text-left text-sm" aria-label={label}>
        <thead>
          <tr>
            {head.map((title) => (
              <th
                key={title}
                scope="col"
                className="border-b px-3 py-2 font-medium text-subtle text-xs first:pl-4"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.key}
              id={row.id}
              className="scroll-mt-6 target:bg-accent-soft [&:last-child>td]:border-b-0"
            >
              {row.cells.map((cell, index) => (
                <td
                  key={head[index]}
                  className="border-b px-3 py-2 align-top text-muted first:whitespace-nowrap first:pl-4 first:text-ink"
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
