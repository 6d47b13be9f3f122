// Owns the document: language, theme class, fonts, tooltips and toasts. Knows nobody's session.

import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, THEME_COOKIE, themeClass } from "@/components/theme/theme";
import { cn } from "@/components/ui/cn";
import { SkipLink } from "@/components/ui/skip-link";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { codeFont, interfaceFont } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Signpost", template: "%s · Signpost" },
  description: "Signed, retried, visible, replayable: webhook delivery you host yourself.",
  applicationName: "Signpost",
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f6" },
    { media: "(prefers-color-scheme: dark)", color: "#0b1214" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    // The theme switch edits this element's class in the browser, which React would otherwise report.
    <html
      lang="en"
      className={cn(interfaceFont.variable, codeFont.variable, themeClass(theme))}
      suppressHydrationWarning
    >
      <body className="min-h-dvh font-sans antialiased">
        <SkipLink />
        <TooltipProvider>{children}</TooltipProvider>
        <Toaster />
      </body>
    </html>
  );
}
