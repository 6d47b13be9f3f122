// Owns table markup and density. Sorting, selection and loading belong to data-table.

import type { ComponentProps } from "react";
import { cn } from "./cn";

interface TableProps extends ComponentProps<"table"> {
  /** Row height: 32 px or 36 px. */
  density?: "compact" | "comfortable";
}

/** A full-width table; wrap it in something that scrolls when it may be wider than the screen. */
export function Table({ className, density = "comfortable", ...props }: TableProps) {
  return (
    <table
      data-density={density}
      className={cn("group/table w-full border-separate border-spacing-0 text-left text-sm", className)}
      {...props}
    />
  );
}

/** Column heads; `sticky` keeps them in view while the page scrolls. */
export function TableHead({ className, sticky, ...props }: ComponentProps<"thead"> & { sticky?: boolean }) {
  return <thead className={cn(sticky && "[&_th]:sticky [&_th]:top-0 [&_th]:z-10", className)} {...props} />;
}

/** One column head. */
export function TableHeader({ className, scope = "col", ...props }: ComponentProps<"th">) {
  return (
    <th
      scope={scope}
      className={cn(
        "h-8 whitespace-nowrap border-b bg-surface px-3 font-medium text-subtle text-xs first:pl-4 last:pr-4",
        className,
      )}
      {...props}
    />
  );
}

/** One row. */
export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("transition-colors [&:last-child>td]:border-b-0", className)} {...props} />;
}

/** One cell. */
export function TableCell({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      className={cn(
        "h-9 border-b px-3 py-1 align-middle first:pl-4 last:pr-4 group-data-[density=compact]/table:h-8 group-data-[density=compact]/table:py-0.5",
        className,
      )}
      {...props}
    />
  );
}
