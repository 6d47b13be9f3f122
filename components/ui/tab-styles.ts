// Owns the common look of tabs and link tabs.

export const tabListStyles = "scrollbar-thin flex gap-4 overflow-x-auto border-b [scrollbar-width:none]";

export const tabStyles = [
  "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 font-medium text-muted text-sm transition-colors",
  "hover:text-ink focus-visible:outline-offset-[-2px] disabled:opacity-50",
  "data-[state=active]:border-accent data-[state=active]:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink",
].join(" ");
