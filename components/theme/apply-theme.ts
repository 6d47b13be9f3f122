// Owns putting a chosen theme into effect in the browser. The Cookie Store API would be tidier, but plain http does not
// have it, and that is how many people first open a self-hosted app.

import { THEME_COOKIE, type Theme } from "./theme";

const YEAR_IN_SECONDS = 31_536_000;

/** Paints the theme at once and keeps it in the cookie that the server renders from. */
export function applyTheme(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.remove("light", "dark");
  if (theme !== "system") classList.add(theme);
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax${secure}`;
}
