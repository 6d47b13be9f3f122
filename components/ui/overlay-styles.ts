// Owns the common look of everything that floats: menus, popovers, selects, the command palette.

export const overlayStyles =
  "z-50 animate-pop-in rounded-lg bg-raised text-ink text-sm shadow-overlay outline-none";

// Radix says disabled by an empty attribute, cmdk by "true" (and "false" on all others).
export const menuItemStyles = [
  "relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1.5 outline-none pointer-coarse:min-h-10",
  "data-highlighted:bg-ink/8 data-[selected=true]:bg-ink/8",
  "data-[disabled='']:pointer-events-none data-[disabled='']:opacity-50 data-[disabled=true]:pointer-events-none data-[disabled=true]:opacity-50",
  "[&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0",
].join(" ");

/** The veil behind dialogs and sheets. */
export const veilStyles = "fixed inset-0 z-50 animate-fade-in bg-overlay";
