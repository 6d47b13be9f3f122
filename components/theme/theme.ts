// Owns the theme's cookie: its name, its values, and which class each puts on <html>.

export const THEME_COOKIE = "signpost-theme";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Reads a cookie's value; anything unknown means the system's choice. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}

/** The class on <html>; none leaves the choice to `prefers-color-scheme`. */
export function themeClass(theme: Theme): string {
  return theme === "system" ? "" : theme;
}
