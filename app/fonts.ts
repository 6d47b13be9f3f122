// Owns the two typefaces, bundled from npm and preloaded: no request leaves for a font host.

import localFont from "next/font/local";

export const interfaceFont = localFont({
  src: "../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--font-interface",
  fallback: ["ui-sans-serif", "system-ui", "sans-serif"],
});

export const codeFont = localFont({
  src: "../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--font-code",
  fallback: ["ui-monospace", "SF Mono", "Menlo", "monospace"],
  adjustFontFallback: false,
});
