// Owns the closed list of semantic tones and their classes. Does not know what a product means by them.

/** What a colour says: never decoration. `accent` marks a choice, the others a condition. */
export type Tone = "success" | "progress" | "danger" | "paused" | "warning" | "neutral" | "accent";

/** Dark text on the tone's soft ground. */
export const softTone: Record<Tone, string> = {
  success: "bg-success-soft text-success-ink",
  progress: "bg-progress-soft text-progress-ink",
  danger: "bg-danger-soft text-danger-ink",
  paused: "bg-paused-soft text-paused-ink",
  warning: "bg-warning-soft text-warning-ink",
  neutral: "bg-neutral-soft text-neutral-ink",
  accent: "bg-accent-soft text-accent-ink",
};

/** Text or icon in the tone, on a plain ground. */
export const inkTone: Record<Tone, string> = {
  success: "text-success-ink",
  progress: "text-progress-ink",
  danger: "text-danger-ink",
  paused: "text-paused-ink",
  warning: "text-warning-ink",
  neutral: "text-neutral-ink",
  accent: "text-accent-ink",
};

/** Solid mark (dot, bar, line). */
export const solidTone: Record<Tone, string> = {
  success: "bg-success text-success",
  progress: "bg-progress text-progress",
  danger: "bg-danger text-danger",
  paused: "bg-paused text-paused",
  warning: "bg-warning text-warning",
  neutral: "bg-neutral text-neutral",
  accent: "bg-accent text-accent",
};
