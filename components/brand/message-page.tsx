// Owns full-page messages outside the shell: not found, broken, signed out. A signpost with one board.

import type { ReactNode } from "react";
import { Wordmark } from "./wordmark";

interface MessagePageProps {
  /** What the board says: "404", "Error". */
  code: string;
  title: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
  /** Something to quote when asking for help. */
  reference?: string;
}

/** One message in the middle of an otherwise empty page. */
export function MessagePage({ code, title, children, actions, reference }: MessagePageProps) {
  return (
    <main id="main" className="grid min-h-dvh grid-rows-[auto_1fr] px-5 sm:px-8">
      <div className="flex h-14 items-center">
        <Wordmark />
      </div>
      <div className="mx-auto grid w-full max-w-md content-center justify-items-start gap-6 pb-24">
        <Board>{code}</Board>
        <div className="grid gap-2">
          <h1 className="font-semibold text-ink text-xl tracking-tight">{title}</h1>
          <p className="text-pretty text-base text-muted">{children}</p>
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        {reference && (
          <p className="text-subtle text-xs">
            Reference <code className="select-all font-mono">{reference}</code>
          </p>
        )}
      </div>
    </main>
  );
}

/** The mark grown up: its board carries words. */
function Board({ children }: { children: ReactNode }) {
  return (
    <span className="flex items-start text-accent" aria-hidden>
      <span className="h-24 w-2 rounded-b-xs bg-current" />
      <span className="mt-2 flex h-12 items-center bg-current pr-3 pl-4 font-semibold text-lg">
        <span className="tabular text-on-accent tracking-tight">{children}</span>
      </span>
      <svg viewBox="0 0 40 48" fill="currentColor" className="mt-2 h-12 w-10" aria-hidden="true">
        <path d="M-1 0h3l18 24L2 48h-3zM10 0h8l18 24-18 24h-8l18-24z" />
      </svg>
    </span>
  );
}
