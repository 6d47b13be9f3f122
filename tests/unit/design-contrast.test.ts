// Proves the numbers docs/design.md promises: every text pair is AA in both themes, and every colour exists in sRGB.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Theme = "light" | "dark";
type Rgb = readonly [number, number, number];

const TEXT = 4.5;
const NON_TEXT = 3;

const css = readFileSync("app/globals.css", "utf8");
const tokens = new Map<string, Record<Theme, string>>();
for (const [, name, light, dark] of css.matchAll(
  /--color-([a-z-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g,
)) {
  if (name && light && dark) tokens.set(name, { light, dark });
}

/** OKLCH to linear sRGB, by Björn Ottosson's published matrices. */
function linearRgb(oklch: string): Rgb {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(" ").map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function colour(name: string, theme: Theme): Rgb {
  const token = tokens.get(name);
  if (!token) throw new Error(`app/globals.css has no --color-${name}`);
  return linearRgb(token[theme]);
}

/** Contrast ratio as WCAG 2.2 defines it (1 to 21). */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = (rgb: Rgb) => {
    const [r, g, b] = rgb.map((channel) => Math.min(1, Math.max(0, channel))) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "surface", "raised", "sunken", "hover"];
const TONES = ["success", "progress", "danger", "paused", "warning", "neutral"];

const textPairs: [string, string][] = [
  ...["ink", "muted", "subtle", "accent-ink"].flatMap((text) =>
    GROUNDS.map((on): [string, string] => [text, on]),
  ),
  ...TONES.flatMap((tone) =>
    ["canvas", "surface", "raised", "hover", `${tone}-soft`].map((on): [string, string] => [
      `${tone}-ink`,
      on,
    ]),
  ),
  ...["ink", "muted"].flatMap((text) =>
    [...TONES.map((tone) => `${tone}-soft`), "accent-soft", "sandbox-soft"].map((on): [string, string] => [
      text,
      on,
    ]),
  ),
  ["accent-ink", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-destructive", "destructive"],
  ["on-destructive", "destructive-hover"],
  ["on-sandbox", "sandbox"],
  ["sandbox-ink", "sandbox-soft"],
  ["sandbox-ink", "surface"],
  ["sandbox-ink", "canvas"],
];

const nonTextPairs: [string, string][] = [
  ...TONES.flatMap((tone) => ["canvas", "surface", `${tone}-soft`].map((on): [string, string] => [tone, on])),
  ...["focus", "accent", "line-strong"].flatMap((mark) =>
    ["canvas", "surface"].map((on): [string, string] => [mark, on]),
  ),
];

describe.each<Theme>(["light", "dark"])("colour tokens, %s theme", (theme) => {
  it.each(textPairs)("text %s on %s is at least 4.5:1", (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(TEXT);
  });

  it.each(nonTextPairs)("mark %s on %s is at least 3:1", (mark, ground) => {
    expect(contrast(colour(mark, theme), colour(ground, theme))).toBeGreaterThanOrEqual(NON_TEXT);
  });

  it.each([...tokens.keys()])("%s can be shown on an sRGB screen", (name) => {
    for (const channel of colour(name, theme)) {
      expect(channel).toBeGreaterThan(-0.005);
      expect(channel).toBeLessThan(1.005);
    }
  });
});
