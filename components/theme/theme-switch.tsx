"use client";
// Owns choosing a theme: paints it at once, keeps it in a cookie so the server renders it next time.

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { THEME_COOKIE, type Theme } from "./theme";

const YEAR_IN_SECONDS = 31_536_000;

const OPTIONS = [
  { value: "light", label: <Option icon={<Sun />} name="Light" /> },
  { value: "dark", label: <Option icon={<Moon />} name="Dark" /> },
  { value: "system", label: <Option icon={<Monitor />} name="System" /> },
] as const;

function Option({ icon, name }: { icon: React.ReactNode; name: string }) {
  return (
    <>
      {icon}
      <VisuallyHidden>{name}</VisuallyHidden>
    </>
  );
}

/** Puts a theme on the page and in the cookie. */
export function applyTheme(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.remove("light", "dark");
  if (theme !== "system") classList.add(theme);
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome's advice is the Cookie Store API, which plain http and Firefox do not have.
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax${secure}`;
}

/** Light, dark or the system's; `initial` comes from the cookie, read on the server. */
export function ThemeSwitch({ initial, className }: { initial: Theme; className?: string }) {
  const [theme, setTheme] = useState(initial);
  return (
    <SegmentedControl
      label="Theme"
      value={theme}
      onValueChange={(next) => {
        setTheme(next);
        applyTheme(next);
      }}
      options={[...OPTIONS]}
      className={className}
    />
  );
}
