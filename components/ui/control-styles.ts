// Owns the common look of text-like controls, so inputs, textareas and selects cannot drift apart.

export const controlStyles = [
  "w-full rounded-md border border-line-strong/70 bg-surface px-2.5 text-ink text-sm shadow-raised transition-colors",
  "hover:border-line-strong focus-visible:border-focus focus-visible:outline-offset-0",
  "aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-subtle disabled:shadow-none",
].join(" ");
