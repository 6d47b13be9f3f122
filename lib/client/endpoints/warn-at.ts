// Owns how the stages of warnings are written in a field: percents with commas between. Pure.

/** "50, 70, 90"; nothing for no stages. */
export function warnAtText(percents: readonly number[]): string {
  return percents.join(", ");
}

/**
 * The numbers of such a text. What is no whole number becomes NaN, which no schema takes; nothing typed is no stage, and
 * the comma before one that is still to be typed is no mistake.
 */
export function readWarnAt(text: string): number[] {
  const typed = text.trim().replace(/,$/, "");
  if (typed === "") return [];
  return typed.split(",").map((part) => {
    const digits = part.replace("%", "").trim();
    return /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN;
  });
}
