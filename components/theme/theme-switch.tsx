"use client";
// Owns choosing a theme: paints it at once, keeps it in a cookie so the server renders it next time.

import { Monitor, Moon, Sun } from "lucide-react";
import { type ReactNode, useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { applyTheme } from "./apply-theme";
import type { Theme } from "./theme";

const OPTIONS = [
  { value: "light", label: <Option icon={<Sun />} name="Light" /> },
  { value: "dark", label: <Option icon={<Moon />} name="Dark" /> },
  { value: "system", label: <Option icon={<Monitor />} name="System" /> },
] as const;

function Option({ icon, name }: { icon: ReactNode; name: string }) {
  return (
    <>
      {icon}
      <VisuallyHidden>{name}</VisuallyHidden>
    </>
  );
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
