// Owns the pages before the dashboard: a calm form on one side, the signpost on the other (wide screens only).

import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/wordmark";
import { SignpostScene } from "./signpost-scene";

interface AuthFrameProps {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** A quiet line under the form. */
  footer?: ReactNode;
}

/** One form with a title. */
export function AuthFrame({ title, description, children, footer }: AuthFrameProps) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,5fr)_7fr]">
      <main id="main" tabIndex={-1} className="flex flex-col bg-surface px-5 outline-none sm:px-10">
        <div className="flex h-16 shrink-0 items-center">
          <Wordmark className="text-lg" />
        </div>
        <div className="mx-auto grid w-full max-w-sm flex-1 content-center gap-7 py-8">
          <header className="grid gap-1.5">
            <h1 className="font-semibold text-2xl text-ink tracking-tight">{title}</h1>
            {description && <p className="text-pretty text-base text-muted">{description}</p>}
          </header>
          {children}
        </div>
        {footer && <p className="mx-auto w-full max-w-sm pb-8 text-subtle text-xs">{footer}</p>}
      </main>
      <aside className="relative overflow-hidden border-l bg-sunken max-lg:hidden" aria-hidden>
        <SignpostScene />
      </aside>
    </div>
  );
}
