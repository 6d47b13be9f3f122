// Puts the gallery's sections on one page.

import { cookies } from "next/headers";
import Link from "next/link";
import { Wordmark } from "@/components/brand/wordmark";
import { parseTheme, THEME_COOKIE } from "@/components/theme/theme";
import { ThemeSwitch } from "@/components/theme/theme-switch";
import { PageHeader } from "@/components/ui/page-header";
import { ControlsSection } from "./controls-section";
import { DataSection } from "./data-section";
import { FeedbackSection } from "./feedback-section";
import { FoundationsSection } from "./foundations-section";
import { OverlaysSection } from "./overlays-section";

export async function Gallery() {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <div className="mx-auto grid max-w-6xl grid-cols-1 gap-8 px-4 py-6 sm:px-6">
      <header className="flex items-center justify-between">
        <Wordmark />
        <ThemeSwitch initial={theme} />
      </header>
      <main id="main" className="grid min-w-0 grid-cols-1 gap-10">
        <PageHeader
          title="Design"
          description={
            <>
              Every primitive in every state. A composed page:{" "}
              <Link href="/_design?view=list&selected=dlv_3" className="text-accent-ink underline">
                list with detail
              </Link>
              .
            </>
          }
        />
        <FoundationsSection />
        <ControlsSection />
        <FeedbackSection />
        <DataSection />
        <OverlaysSection />
      </main>
    </div>
  );
}
