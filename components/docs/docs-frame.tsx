// Owns the frame of the documentation: a bar with the way back, contents at the left, the text.
import { ArrowLeft, Braces } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/wordmark";
import { LinkButton } from "@/components/ui/link-button";
import { DocsNav, type DocsNavGroup } from "./docs-nav";

export function DocsFrame({ groups, children }: { groups: readonly DocsNavGroup[]; children: ReactNode }) {
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-12 shrink-0 items-center gap-3 border-b bg-surface px-4 sm:px-6">
        <Link href="/" className="rounded-sm">
          <Wordmark />
        </Link>
        <span className="text-muted text-sm max-sm:hidden">Documentation</span>
        <div className="ml-auto flex items-center gap-2">
          <LinkButton
            href="/api/v1/openapi.json"
            prefetch={false}
            variant="ghost"
            size="sm"
            icon={<Braces />}
          >
            OpenAPI 3.1
          </LinkButton>
          <LinkButton href="/" size="sm" icon={<ArrowLeft />}>
            Dashboard
          </LinkButton>
        </div>
      </header>
      <div className="flex min-h-0 flex-1">
        <aside className="scrollbar-thin w-60 shrink-0 overflow-y-auto border-r bg-surface px-3 py-5 max-lg:hidden">
          <DocsNav groups={groups} />
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 overflow-y-auto outline-none">
          <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-14 px-4 py-8 sm:px-8 sm:py-10">
            <details className="rounded-lg border border-line bg-surface lg:hidden">
              <summary className="cursor-pointer px-3 py-2.5 font-medium text-ink text-sm">Contents</summary>
              <div className="border-t px-1 py-3">
                <DocsNav groups={groups} />
              </div>
            </details>
            {children}
          </div>
        </main>
      </div>
    </div>
  );
}
